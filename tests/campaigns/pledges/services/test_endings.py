"""What ends an agreement is dated, reasoned and public; the old text stays."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.pledges.exceptions import AgreementGoneError, TwoPeopleError
from campaigns.pledges.models import PublicNote, VoidProposal
from campaigns.pledges.services.endings import (
    decide_void,
    propose_void,
    refuse_agreement,
    withdraw_agreement,
)
from campaigns.pledges.services.notes import write_note
from messaging.models import OutboxMessage
from tests.factories.accounts import UserFactory
from tests.factories.pledge_countersigning import (
    Standing,
    concluded_agreement,
    contact_of,
    respondent_of,
    steps_of,
    waiting_agreement,
)

pytestmark = pytest.mark.django_db
REASON = "열두 가지 요구 중 두 가지만 수용하셨습니다."


@pytest.fixture
def representative(db):
    return UserFactory(role="연대회의 대표")


@pytest.fixture
def waiting(election):
    return waiting_agreement(respondent_of(election))


@pytest.fixture
def in_force(election, representative):
    return concluded_agreement(respondent_of(election), representative)


def standing_now(agreement):
    agreement.respondent.refresh_from_db()
    return agreement.respondent.standing


def test_a_refusal_is_public_with_its_reason(waiting, representative, election):
    contact_of(waiting.respondent)
    ended = refuse_agreement(waiting, REASON, user=representative)

    note = PublicNote.objects.get()
    assert (ended.state, standing_now(ended)) == ("refused", Standing.ANSWERED)
    assert (note.kind, note.reason, note.agreement, note.made_by) == (
        "refusal",
        REASON,
        ended,
        representative,
    )
    assert steps_of(election) == ["refused", "note_published"]
    assert OutboxMessage.objects.get().purpose == "pledges.note_published"


def test_what_is_in_force_is_not_refused(in_force, representative):
    with pytest.raises(AgreementGoneError):
        refuse_agreement(in_force, REASON, user=representative)


@pytest.mark.sqlite_smoke
def test_a_withdrawal_has_its_day_and_the_text_stays(in_force, election, user):
    text = in_force.text
    day = date(2026, 5, 20)
    ended = withdraw_agreement(in_force, "공천 정책이 달라졌습니다.", user=user, withdrawn_on=day)

    ended.refresh_from_db()
    note = PublicNote.objects.get()
    assert (ended.state, standing_now(ended)) == ("withdrawn", Standing.WITHDRAWN)
    assert ended.text == text
    assert (note.noted_on, note.made_by) == (day, user)
    assert ended.respondent.standing_on == day
    assert steps_of(election)[-3:] == ["withdrawn", "note_published", "standing"]


def test_the_candidate_withdraws_by_themselves(in_force):
    withdraw_agreement(in_force, "생각이 바뀌었습니다.")

    assert PublicNote.objects.get().made_by is None


def test_what_was_only_signed_can_be_withdrawn_and_they_have_still_answered(waiting):
    ended = withdraw_agreement(waiting, "다시 쓰겠습니다.")

    assert standing_now(ended) == Standing.ANSWERED


def test_a_withdrawal_comes_once(in_force):
    withdraw_agreement(in_force, "첫 번째")
    with pytest.raises(AgreementGoneError):
        withdraw_agreement(in_force, "두 번째")


def test_void_needs_two_people_and_a_note(in_force, election, user):
    proposal = propose_void(in_force, "wrong_person", "다른 사람이 서명했습니다.", user=user)
    with pytest.raises(TwoPeopleError):
        decide_void(proposal, accepted=True, user=user)

    decide_void(proposal, accepted=True, user=UserFactory())

    in_force.refresh_from_db()
    assert (in_force.state, standing_now(in_force)) == ("void", Standing.ANSWERED)
    assert PublicNote.objects.get().kind == "void"
    assert "void" in steps_of(election)


def test_a_proposal_can_be_taken_back_or_left_and_decided_once(in_force, user):
    proposal = propose_void(in_force, "error", "확인이 필요합니다.", user=user)
    with pytest.raises(AgreementGoneError):
        propose_void(in_force, "error", "또", user=user)

    decide_void(proposal, accepted=False, user=user)

    in_force.refresh_from_db()
    assert in_force.state == "countersigned"
    with pytest.raises(AgreementGoneError):
        decide_void(proposal, accepted=True, user=UserFactory())


def test_a_waiting_agreement_can_be_void_too(waiting, user):
    proposal = propose_void(waiting, "candidacy", "등록무효입니다.", user=user)
    decide_void(proposal, accepted=True, user=UserFactory())

    assert standing_now(waiting) == Standing.ANSWERED


def test_whose_candidacy_ended_keeps_that_label(in_force, user):
    in_force.respondent.standing = Standing.LEFT
    in_force.respondent.save()
    proposal = propose_void(in_force, "candidacy", "등록무효입니다.", user=user)
    decide_void(proposal, accepted=True, user=UserFactory())

    assert standing_now(in_force) == Standing.LEFT


def test_the_database_wants_two_people(in_force, user):
    proposal = propose_void(in_force, "error", "확인", user=user)
    decided = {"decided_by": user, "decided_at": timezone.now(), "is_accepted": True}

    with pytest.raises(IntegrityError), transaction.atomic():
        VoidProposal.objects.filter(pk=proposal.pk).update(**decided)


@pytest.mark.sqlite_smoke
def test_a_note_is_never_changed_a_correction_is_another(in_force, user):
    note = write_note(in_force.respondent, "correction", "3번 답은 수용입니다.", actor=str(user.pk))

    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        PublicNote.objects.filter(pk=note.pk).update(reason="다르게")
    write_note(in_force.respondent, "correction", "앞의 정정을 고칩니다.", actor=str(user.pk))
    assert PublicNote.objects.count() == 2
