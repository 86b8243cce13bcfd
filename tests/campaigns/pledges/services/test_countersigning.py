"""Countersigning: who, with what proof, under which rule, and what is on record after it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.pledges.exceptions import BatchRefusedError, ProofMissingError
from campaigns.pledges.models import Delegation, Invitation, PublicNote, SealJob
from campaigns.pledges.services.countersigning import (
    MOST_AT_ONCE,
    Obstacle,
    countersign_batch,
    obstacle_of,
    prepare_batch,
)
from campaigns.pledges.services.respondents import move_standing
from tests.factories.accounts import UserFactory
from tests.factories.pledge_countersigning import (
    Side,
    Standing,
    conclude,
    concluded_agreement,
    respondent_of,
    steps_of,
    waiting_agreement,
)
from tests.factories.pledge_demands import pledge_round

pytestmark = pytest.mark.django_db
TITLE = "상임대표"
TICK = timedelta(microseconds=1)


@pytest.fixture
def representative(db):
    return UserFactory(role="연대회의 대표")


@pytest.fixture
def agreement(election):
    return waiting_agreement(respondent_of(election))


def batch_of(user, *agreements):
    batch = prepare_batch(agreements, user=user, title=TITLE)
    return batch, batch.made_at + TICK


@pytest.mark.sqlite_smoke
def test_a_countersigned_agreement_is_in_force_with_signature_event_and_seal(
    representative, agreement, election
):
    batch, proof = batch_of(representative, agreement)

    outcome = countersign_batch(batch, user=representative, proved_at=proof)

    agreement.refresh_from_db()
    signature = agreement.signatures.get(side=Side.COALITION)
    assert outcome.concluded == [agreement]
    assert agreement.state == "countersigned"
    assert (signature.user, signature.title, signature.method) == (
        representative,
        TITLE,
        "second_factor",
    )
    assert signature.text_sha256 == agreement.text_sha256
    assert signature.batch == batch
    assert agreement.respondent.standing == Standing.AGREED
    assert steps_of(election) == ["countersigned", "standing"]
    assert SealJob.objects.get().revision == 2


def test_a_batch_signs_each_by_itself_with_its_own_event(representative, election):
    good = [waiting_agreement(respondent_of(election, name)) for name in ("가람", "나래", "다온")]
    batch, proof = batch_of(representative, *good)

    outcome = countersign_batch(batch, user=representative, proved_at=proof)

    assert outcome.concluded == good
    assert steps_of(election).count("countersigned") == 3


def test_what_cannot_be_signed_keeps_no_other_back(representative, election):
    good = waiting_agreement(respondent_of(election, "가람"))
    gone = concluded_agreement(respondent_of(election, "나래"), representative)
    batch, proof = batch_of(representative, good, gone)

    outcome = countersign_batch(batch, user=representative, proved_at=proof)

    assert outcome.concluded == [good]
    assert outcome.refused == [(gone, Obstacle.GONE)]


@pytest.mark.parametrize("count", [0, MOST_AT_ONCE + 1])
def test_a_batch_holds_one_to_a_hundred(representative, agreement, count):
    with pytest.raises(BatchRefusedError):
        prepare_batch([agreement] * count, user=representative, title=TITLE)


def test_only_a_representative_signs(agreement, representative):
    liaison = UserFactory(role="정책협약 담당")
    with pytest.raises(BatchRefusedError):
        prepare_batch([agreement], user=liaison, title=TITLE)

    batch, proof = batch_of(representative, agreement)
    with pytest.raises(BatchRefusedError):
        countersign_batch(batch, user=liaison, proved_at=proof)

    representative.groups.clear()
    former = type(representative).objects.get(pk=representative.pk)
    with pytest.raises(BatchRefusedError):
        countersign_batch(batch, user=former, proved_at=proof)


def test_without_a_fresh_proof_nothing_is_signed(representative, agreement):
    batch, _proof = batch_of(representative, agreement)

    for proof in (None, batch.made_at, batch.made_at - TICK):
        with pytest.raises(ProofMissingError):
            countersign_batch(batch, user=representative, proved_at=proof)

    agreement.refresh_from_db()
    assert agreement.state == "signed"


def test_a_proof_is_too_old_after_five_minutes(representative, agreement):
    batch, proof = batch_of(representative, agreement)
    early = timezone.now() - timedelta(minutes=6)
    type(batch).objects.update(made_at=early)
    batch.refresh_from_db()

    with pytest.raises(ProofMissingError):
        countersign_batch(batch, user=representative, proved_at=early + TICK)


def test_one_proof_opens_one_batch_once(representative, election):
    first, second = (waiting_agreement(respondent_of(election, name)) for name in ("가람", "나래"))
    batch, _proof = batch_of(representative, first)
    other, proof = batch_of(representative, second)
    countersign_batch(batch, user=representative, proved_at=proof)

    with pytest.raises(ProofMissingError):
        countersign_batch(other, user=representative, proved_at=proof)
    with pytest.raises(ProofMissingError):  # the same press again, as the page still had it
        countersign_batch(batch, user=representative, proved_at=proof + TICK)
    batch.refresh_from_db()
    with pytest.raises(ProofMissingError):
        countersign_batch(batch, user=representative, proved_at=proof + TICK)


def test_the_database_wants_a_younger_proof_and_a_proof_before_the_end(representative, agreement):
    batch, _proof = batch_of(representative, agreement)
    rows = type(batch).objects.filter(pk=batch.pk)

    for values in ({"proved_at": batch.made_at - TICK}, {"done_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)


def test_the_published_rule_says_how_many_demands_must_be_accepted(election, agreement):
    asked = pledge_round(election, least_accepted=2)  # of three, two are accepted
    assert obstacle_of(agreement) is None

    asked.least_accepted = 3
    asked.save()
    assert obstacle_of(agreement) == Obstacle.TOO_FEW


def test_accepted_in_part_counts(election):
    pledge_round(election, least_accepted=2)
    agreement = waiting_agreement(respondent_of(election), answers=("accept", "accept_partly"))

    assert obstacle_of(agreement) is None


def test_a_candidacy_that_ended_is_not_countersigned(agreement):
    agreement.respondent.standing = Standing.LEFT

    assert obstacle_of(agreement) == Obstacle.LEFT


def test_a_text_that_is_not_what_was_signed_is_refused(agreement):
    agreement.signatures.update(text_sha256="0" * 64)
    assert obstacle_of(agreement) == Obstacle.CHANGED


def test_a_text_that_does_not_fit_its_digest_is_refused(agreement):
    agreement.text["demands"][0]["answer"] = "decline"
    assert obstacle_of(agreement) == Obstacle.CHANGED


def test_the_database_refuses_another_text(agreement):
    rows = type(agreement).objects.filter(pk=agreement.pk)
    for values in ({"text": {}}, {"number": "2026-1"}, {"text_sha256": "0" * 64}):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            rows.update(**values)


def test_a_delegate_counts_once_the_delegation_is_proved(election):
    agreement = waiting_agreement(respondent_of(election), side=Side.DELEGATE)
    assert obstacle_of(agreement) == Obstacle.UNPROVED

    delegation = Delegation.objects.create(
        invitation=Invitation.objects.get(), name="라온", title="정책팀장", proof="own_address"
    )
    assert obstacle_of(agreement) == Obstacle.UNPROVED
    delegation.confirmed_at = timezone.now()
    delegation.save()
    assert obstacle_of(agreement) is None


def test_an_amended_agreement_takes_the_place_of_the_one_in_force(representative, election):
    respondent = respondent_of(election)
    before = concluded_agreement(respondent, representative)
    after = waiting_agreement(respondent, answers=("accept", "accept", "accept"))

    conclude(after, representative)

    before.refresh_from_db()
    after.refresh_from_db()
    note = PublicNote.objects.get(kind="amendment")
    assert (before.state, after.state) == ("superseded", "countersigned")
    assert before.text["demands"][2]["answer"] == "decline"  # the old text stays
    assert before.number in note.reason
    assert after.number in note.reason
    assert "superseded" in steps_of(election)


def test_two_agreements_are_never_in_force(representative, election):
    respondent = respondent_of(election)
    concluded_agreement(respondent, representative)
    after = waiting_agreement(respondent)

    with pytest.raises(IntegrityError), transaction.atomic():
        type(after).objects.filter(pk=after.pk).update(
            state="countersigned", countersigned_at=timezone.now()
        )


def test_whoever_agreed_before_stays_agreed(representative, election):
    respondent = respondent_of(election)
    concluded_agreement(respondent, representative)
    respondent.refresh_from_db()
    move_standing(respondent, Standing.AGREED, actor="system")

    assert respondent.standing == Standing.AGREED
