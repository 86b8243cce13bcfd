"""새 국회에 서명 이어 가기: who agreed to be written to is asked once; only their own press signs.

The consent to the old petition does not reach the new one (PIPA art. 18): nothing is carried over.
Only those are asked who agreed to news, and whose old signature still stands within its period.
"""

import uuid
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from messaging.services import drop_waiting, enqueue
from privacy.blind_index import address_index
from privacy.models import ConsentDefinition, ConsentRecord

from ..emails import CONTINUE, SIGN_ATTEMPT, attempt_subject
from ..exceptions import (
    AddressBlockedError,
    ContinuationOverError,
    ContinuationRunningError,
    ContinuationUnfitError,
    PetitionNotFoundError,
)
from ..models import Continuation, Invitation, PetitionPage, Signature
from ..models.signatures import SignatureQuerySet
from .confirm import confirm_signature
from .retention import read_plans
from .rows import locked_signature
from .sign import sign_petition
from .state import PetitionState, petition_state

BATCH = 500


def start_continuation(old: PetitionPage, new: PetitionPage, *, user: User) -> Continuation:
    """Have the signers of ``old`` asked to sign ``new``. Started twice, it runs once.

    Refuses with ContinuationUnfitError unless ``new`` is another petition that takes signatures,
    or ContinuationRunningError while they are asked to go on elsewhere.
    """
    if old.pk == new.pk or not state_of_new(new).is_open:
        raise ContinuationUnfitError
    try:
        with transaction.atomic():
            return Continuation.objects.create(
                old=old, new=new, started_at=timezone.now(), started_by=user
            )
    except IntegrityError as error:
        running = Continuation.objects.running().get(old=old)
        if running.new_id != new.pk:
            raise ContinuationRunningError from error
        return running


def stop_continuation(pk: int) -> None:
    """Ask nobody any more, and end what was asked. Safe to call twice."""
    Continuation.objects.running().filter(pk=pk).update(stopped_at=timezone.now())


def state_of_new(new: PetitionPage) -> PetitionState:
    """The new petition as its form knows it. Raises ContinuationUnfitError when it is not live."""
    parts = new.get_url_parts()
    try:
        return petition_state(parts[2] if parts else "")
    except PetitionNotFoundError as error:
        raise ContinuationUnfitError from error


def invite_signers() -> int:
    """Write to the signers of running continuations who were not asked yet; returns how many.

    Each batch is one transaction with its mails: safe to kill, to call twice and at once.
    """
    running = Continuation.objects.running().values_list("pk", flat=True)
    return sum(_invite(pk) for pk in list(running))


def _invite(pk: int) -> int:
    invited = 0
    while number := _invite_batch(pk):
        invited += number
    return invited


def _invite_batch(pk: int) -> int:
    with transaction.atomic():
        running = Continuation.objects.running().select_for_update(skip_locked=True, of=("self",))
        continuation = running.select_related("old", "new").filter(pk=pk).first()
        if continuation is None or not continuation.new.live or not continuation.new.is_open():
            return 0
        rows = list(signers_to_invite(continuation).order_by("pk")[:BATCH])
        now = timezone.now()
        Invitation.objects.bulk_create(
            Invitation(continuation=continuation, signature=row, invited_at=now) for row in rows
        )
        for row in rows:
            enqueue(CONTINUE, str(row.public_id))
    return len(rows)


def signers_to_invite(continuation: Continuation) -> SignatureQuerySet:
    """Confirmed signers within their period who agreed to news and have not signed there yet."""
    plan = read_plans([continuation.old_id])[continuation.old_id]
    agreed = ConsentRecord.objects.filter(
        subject=OuterRef("public_id"),
        version__kind=ConsentDefinition.Kind.NEWS,
        choice=True,
        withdrawn_at=None,
    )
    there = Signature.objects.filter(
        petition_id=continuation.new_id, email_index=OuterRef("email_index")
    )
    asked = Invitation.objects.filter(continuation=continuation, signature=OuterRef("pk"))
    rows = Signature.objects.confirmed().with_person().filter(Exists(agreed))
    rows = rows.filter(petition_id=continuation.old_id).exclude(plan.over(timezone.localdate()))
    return rows.exclude(Exists(there)).exclude(Exists(asked)).only("public_id")


def invitation_of(signature: Signature) -> Invitation:
    """What this signer was asked and can still answer. Raises ContinuationOverError."""
    asked = Invitation.objects.select_related("continuation__old", "continuation__new")
    invitation = asked.filter(signature=signature, continuation__stopped_at=None).first()
    if invitation is None or not signature.is_countable or signature.anonymised_at:
        raise ContinuationOverError
    if not invitation.continuation.new.live or not invitation.continuation.new.is_open():
        raise ContinuationOverError
    return invitation


def continue_signature(public_id: uuid.UUID, values: Mapping[str, object]) -> Signature:
    """Sign the new petition at the press of a signer who came by their mailbox; it counts at once.

    ``values`` is the cleaned sign form; the address is that of the old signature, which stays as
    it is until its own period ends. Refuses with ContinuationOverError, AddressBlockedError, and
    like sign_petition. Safe to call twice: the second press finds the signature of the first.
    """
    with transaction.atomic():
        old = locked_signature(public_id)
        invitation = invitation_of(old)
        state = state_of_new(invitation.continuation.new)
        signature = _sign(state, {**values, "email": old.email})
        if invitation.continued_at is None:
            invitation.continued_at = timezone.now()
            invitation.save(update_fields=["continued_at"])
    return signature


def _sign(state: PetitionState, values: Mapping[str, object]) -> Signature:
    """The signature under this address; one that its owner has not confirmed makes way."""
    index = address_index(str(values["email"]))
    mine = Signature.objects.filter(petition_id=state.petition_id, email_index=index)
    mine.filter(status=Signature.Status.UNCONFIRMED, confirmed_at=None).delete()
    sign_petition(state, values)
    drop_waiting(SIGN_ATTEMPT, attempt_subject(state.petition_id, index))
    signature = mine.first()
    if signature is None:
        raise AddressBlockedError
    if signature.status == Signature.Status.UNCONFIRMED:
        return confirm_signature(signature.public_id)
    return signature
