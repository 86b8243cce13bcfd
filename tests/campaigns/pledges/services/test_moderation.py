"""One respondent's answers: a comment held back with notice, answers opened again for all to see."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.pledges.exceptions import AgreementGoneError, ResponseBusyError, TwoPeopleError
from campaigns.pledges.models import Delegation, DemandAnswer, Invitation, PublicNote
from campaigns.pledges.services.delegations import check_delegation
from campaigns.pledges.services.demands import current_versions, demands_asked
from campaigns.pledges.services.moderation import hold_comment, release_comment, reopen_answers
from messaging.models import OutboxMessage
from tests.factories.accounts import UserFactory
from tests.factories.pledge_countersigning import (
    concluded_agreement,
    contact_of,
    respondent_of,
    response_of,
    steps_of,
    waiting_agreement,
)
from tests.factories.pledge_demands import demand_set

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1)


@pytest.fixture
def answer(election, user):
    demand_set(election, user=user)
    respondent = respondent_of(election)
    demand = demands_asked(current_versions(respondent))[0]
    return DemandAnswer.objects.create(
        response=response_of(respondent),
        demand=demand,
        choice="accept_partly",
        comment="다른 후보는 거짓말쟁이입니다.",
        answered_at=timezone.now(),
    )


def delegation_of(election, *, proof="document"):
    invitation = Invitation.objects.create(
        respondent=respondent_of(election), role="delegate", channel="mail", made_at=timezone.now()
    )
    return Delegation.objects.create(
        invitation=invitation,
        name="라온",
        title="정책팀장",
        proof=proof,
        document_sha256="a" * 64,
    )


def test_a_held_comment_keeps_its_answer_and_its_author_is_told(answer, user, election):
    contact_of(answer.response.respondent)
    hold_comment(answer, "다른 사람을 비방합니다.", user=user)
    hold_comment(answer, "다른 사람을 비방합니다.", user=user)

    answer.refresh_from_db()
    assert (answer.choice, answer.held_reason) == ("accept_partly", "다른 사람을 비방합니다.")
    assert OutboxMessage.objects.get().purpose == "pledges.comment_held"
    assert steps_of(election)[-1:] == ["comment_held"]


def test_a_comment_can_be_public_again(answer, user, election):
    hold_comment(answer, "확인 중입니다.", user=user)
    release_comment(answer, user=user)
    release_comment(answer, user=user)

    answer.refresh_from_db()
    assert answer.held_reason == ""
    assert steps_of(election)[-2:] == ["comment_held", "comment_released"]


def test_opening_again_is_public_and_leaves_the_agreement_in_force(election, user):
    representative = UserFactory(role="연대회의 대표")
    agreement = concluded_agreement(respondent_of(election), representative)
    until = timezone.now() + TOMORROW

    row = reopen_answers(agreement.response, "변경 협약을 요청하셨습니다.", until=until, user=user)

    agreement.refresh_from_db()
    assert row.state == "reopened"
    assert Invitation.objects.get().expires_at == until
    assert agreement.state == "countersigned"
    assert PublicNote.objects.get().kind == "reopened"
    assert steps_of(election)[-2:] == ["answers_reopened", "note_published"]


def test_open_answers_waiting_ones_and_the_past_are_not_opened_again(election, user):
    waiting = waiting_agreement(respondent_of(election, "가람"))
    response = response_of(respondent_of(election, "나래"))
    later = timezone.now() + TOMORROW
    with pytest.raises(ResponseBusyError):
        reopen_answers(waiting.response, "이유", until=later, user=user)
    with pytest.raises(ResponseBusyError):
        reopen_answers(response, "이유", until=timezone.now(), user=user)

    reopen_answers(response, "이유", until=later, user=user)
    with pytest.raises(ResponseBusyError):
        reopen_answers(response, "이유", until=later, user=user)


def test_two_people_look_at_a_power_of_attorney(election, user):
    delegation = delegation_of(election)
    assert not check_delegation(delegation, user=user).is_proved
    with pytest.raises(TwoPeopleError):
        check_delegation(delegation, user=user)
    assert steps_of(election) == []

    assert check_delegation(delegation, user=UserFactory()).is_proved
    assert steps_of(election) == ["delegation_proved"]
    with pytest.raises(AgreementGoneError):
        check_delegation(delegation, user=UserFactory())


def test_without_a_document_there_is_nothing_to_look_at(election, user):
    with pytest.raises(AgreementGoneError):
        check_delegation(delegation_of(election, proof="own_address"), user=user)
