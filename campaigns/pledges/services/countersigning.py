"""체결: a representative signs for the coalition, one agreement or a hundred at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from ..exceptions import BatchRefusedError, ProofMissingError
from ..models import (
    AgreementSignature,
    CountersignBatch,
    DemandAnswer,
    PledgeAgreement,
    PublicNote,
    Respondent,
)
from .canonical import digest_of
from .chain import record_step_of
from .notes import write_note
from .respondents import move_standing
from .seals import queue_seal

RIGHT = "pledges.countersign_pledgeagreement"
MOST_AT_ONCE = 100
# A proof is given for this batch and used at once.
FRESH = timedelta(minutes=5)
COUNTED = (DemandAnswer.Choice.ACCEPT, DemandAnswer.Choice.ACCEPT_PARTLY)
State = PledgeAgreement.State
Side = AgreementSignature.Side


class Obstacle(TextChoices):
    """Why an agreement can't be countersigned."""

    GONE = "gone", _("It is in another state now.")
    LEFT = "left", _("The candidacy ended.")
    TOO_FEW = "too_few", _("Fewer demands are accepted than the published rule asks for.")
    CHANGED = "changed", _("The text is not the one that was signed.")
    UNPROVED = "unproved", _("The delegation is not proved.")


@dataclass(frozen=True)
class Outcome:
    """What became of each agreement of a batch."""

    concluded: list[PledgeAgreement]
    refused: list[tuple[PledgeAgreement, Obstacle]]


def accepted_in(text: Mapping[str, Any]) -> int:
    """How many demands an agreement accepts, in part or in full."""
    return sum(1 for demand in text.get("demands", ()) if demand["answer"] in COUNTED)


def obstacle_of(agreement: PledgeAgreement) -> Obstacle | None:
    """What stands in the way of countersigning, if anything."""
    respondent = agreement.respondent
    if agreement.state != State.SIGNED:
        return Obstacle.GONE
    if respondent.standing == Respondent.Standing.LEFT:
        return Obstacle.LEFT
    if not _is_as_signed(agreement):
        return Obstacle.CHANGED
    if not _is_delegation_proved(agreement):
        return Obstacle.UNPROVED
    asked = getattr(respondent.election, "round", None)
    if asked is not None and accepted_in(agreement.text) < asked.least_accepted:
        return Obstacle.TOO_FEW
    return None


def _is_as_signed(agreement: PledgeAgreement) -> bool:
    signed = {row.text_sha256 for row in agreement.signatures.all()}
    return signed == {agreement.text_sha256} == {digest_of(agreement.text)}


def _is_delegation_proved(agreement: PledgeAgreement) -> bool:
    rows = [row for row in agreement.signatures.all() if row.side == Side.DELEGATE]
    return all(_is_proved(row) for row in rows)


def _is_proved(signature: AgreementSignature) -> bool:
    check = signature.identity_check
    delegation = getattr(check.invitation, "delegation", None) if check else None
    return delegation is not None and delegation.is_proved


@transaction.atomic
def prepare_batch(
    agreements: Iterable[PledgeAgreement], *, user: User, title: str
) -> CountersignBatch:
    """Choose what is to be signed; the second factor is proved afterwards.

    Raises BatchRefusedError for none, for more than a hundred, and for who may not.
    """
    chosen = list(agreements)
    if not chosen or len(chosen) > MOST_AT_ONCE or not user.has_perm(RIGHT):
        raise BatchRefusedError
    batch = CountersignBatch.objects.create(user=user, signer_title=title, made_at=timezone.now())
    batch.agreements.set(chosen)
    return batch


def is_fresh(batch: CountersignBatch, proved_at: datetime | None) -> bool:
    """Whether a proof was given for this batch and a moment ago."""
    if proved_at is None or batch.proved_at is not None:
        return False
    return batch.made_at < proved_at and timezone.now() - proved_at <= FRESH


def countersign_batch(
    batch: CountersignBatch, *, user: User, proved_at: datetime | None
) -> Outcome:
    """Sign each agreement of the batch by itself; what can't be signed keeps no other back.

    The proof of the second factor opens this batch and no other. Raises ProofMissingError, and
    BatchRefusedError for somebody else's batch and for who may not sign any more.
    """
    _use_proof(batch, user, proved_at)
    outcome = Outcome([], [])
    rows = batch.agreements.order_by("number")
    for key in rows.values_list("pk", flat=True):
        agreement, obstacle = _conclude(key, batch)
        if obstacle is None:
            outcome.concluded.append(agreement)
        else:
            outcome.refused.append((agreement, obstacle))
    CountersignBatch.objects.filter(pk=batch.pk).update(done_at=timezone.now())
    return outcome


def _use_proof(batch: CountersignBatch, user: User, proved_at: datetime | None) -> None:
    if batch.user_id != user.pk or not user.has_perm(RIGHT):
        raise BatchRefusedError
    if not is_fresh(batch, proved_at):
        raise ProofMissingError
    try:
        with transaction.atomic():
            unused = CountersignBatch.objects.filter(pk=batch.pk, proved_at=None)
            used = unused.update(proved_at=proved_at)
    except IntegrityError as error:  # The same proof opened another batch.
        raise ProofMissingError from error
    if not used:
        raise ProofMissingError


@transaction.atomic
def _conclude(key: int, batch: CountersignBatch) -> tuple[PledgeAgreement, Obstacle | None]:
    """Lock, look again, sign."""
    rows = PledgeAgreement.objects.select_for_update(of=("self",))
    agreement = rows.select_related("respondent__election", "respondent__candidacy").get(pk=key)
    obstacle = obstacle_of(agreement)
    if obstacle is not None:
        return agreement, obstacle
    now = timezone.now()
    AgreementSignature.objects.create(
        agreement=agreement,
        side=Side.COALITION,
        name=str(batch.user),
        title=batch.signer_title,
        method=AgreementSignature.Method.SECOND_FACTOR,
        text_sha256=agreement.text_sha256,
        user=batch.user,
        batch=batch,
        signed_at=now,
    )
    put_in_force(agreement, now, actor=str(batch.user_id), values={"batch": str(batch.public_id)})
    queue_seal(agreement, 2)
    return agreement, None


def put_in_force(
    agreement: PledgeAgreement, now: datetime, *, actor: str, values: dict[str, object]
) -> None:
    """It holds from now on, and the one it amends does not. The caller has its lock."""
    _supersede_before(agreement, now, actor)
    agreement.state, agreement.countersigned_at = State.COUNTERSIGNED, now
    agreement.save(update_fields=["state", "countersigned_at"])
    said = {"agreement": str(agreement.public_id), "text_sha256": agreement.text_sha256, **values}
    record_step_of(agreement.respondent, "countersigned", actor, said)
    move_standing(agreement.respondent, Respondent.Standing.AGREED, actor=actor)


def _supersede_before(agreement: PledgeAgreement, now: datetime, actor: str) -> None:
    """An amended agreement takes the place of the one in force; its text stays readable."""
    in_force = PledgeAgreement.objects.select_for_update().filter(
        respondent=agreement.respondent_id, state=State.COUNTERSIGNED
    )
    for before in in_force:
        before.state, before.ended_at = State.SUPERSEDED, now
        before.save(update_fields=["state", "ended_at"])
        values: dict[str, object] = {
            "agreement": str(before.public_id),
            "by": str(agreement.public_id),
        }
        record_step_of(agreement.respondent, "superseded", actor, values)
        write_note(
            agreement.respondent,
            PublicNote.Kind.AMENDMENT,
            _amended_words(before, agreement),
            actor=actor,
            agreement=agreement,
        )


def _amended_words(before: PledgeAgreement, after: PledgeAgreement) -> str:
    words = _("Agreement %(before)s was amended; %(after)s takes its place.")
    return str(words % {"before": before.number, "after": after.number})
