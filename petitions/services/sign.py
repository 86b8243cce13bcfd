"""Signing: one statement and one commit, the same work for first, repeated and blocked attempts."""

import logging
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from math import ceil

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from messaging.services import enqueue
from privacy.addresses import EMAIL_RULE_VERSION
from privacy.blind_index import address_index, name_index
from privacy.models import ConsentDefinition, RenderedConsent
from privacy.tokens import make_reference

from ..emails import SIGN_ATTEMPT, attempt_subject
from ..exceptions import (
    FormChangedError,
    PetitionClosedError,
    PetitionNotFoundError,
    PetitionNotReadyError,
    ResendTooSoonError,
)
from ..models import PetitionPage, Signature
from ..tokens import Attempt
from . import sign_sql
from .state import PetitionState

logger = logging.getLogger(__name__)

SHOWN = (Signature.NameDisplay.SURNAME, Signature.NameDisplay.FULL)
RESEND_AFTER = timedelta(seconds=60)


def sign_petition(state: PetitionState, values: Mapping[str, object]) -> Attempt:
    """Write a signature if the address is new here, and have the truth mailed to the address.

    ``values`` is the cleaned sign form. Refuses with PetitionClosedError, PetitionNotReadyError,
    PetitionNotFoundError, or FormChangedError when it was another form than today's that the
    person read. Safe to call twice: the second attempt writes no signature and looks the same.
    """
    if not state.is_open:
        raise PetitionClosedError
    if not state.is_ready:
        logger.error("Petition %s is live without the consents that signing needs", state.path)
        raise PetitionNotReadyError
    if values.get("form_version") != state.form_version:
        raise FormChangedError
    now = timezone.now()
    attempt = Attempt(sign_sql.make_id(now), state.petition_id, now, now, dict(values))
    _insert(state, attempt)
    return attempt


def correct_address(state: PetitionState, attempt: Attempt, email: str) -> Attempt:
    """Sign again under another address.

    What the attempt signed under the mistyped one is taken back by a task that the caller
    enqueues before, in the same transaction: here it would show whether there was anything.
    Refuses with PetitionClosedError, or with FormChangedError like sign_petition.
    """
    return sign_petition(state, {**attempt.values, "email": email})


def resend_confirmation(attempt: Attempt) -> Attempt:
    """Have the mail for this attempt sent again. Refuses with ResendTooSoonError."""
    now = timezone.now()
    if now - attempt.mailed_at < RESEND_AFTER:
        raise ResendTooSoonError
    enqueue(SIGN_ATTEMPT, attempt_subject(attempt.petition_id, address_index(attempt.email)))
    return replace(attempt, mailed_at=now)


def seconds_until_resend(attempt: Attempt) -> int:
    """How long until the mail may be asked for again; 0 when it may."""
    waited = timezone.now() - attempt.mailed_at
    return max(0, ceil((RESEND_AFTER - waited).total_seconds()))


def _insert(state: PetitionState, attempt: Attempt) -> None:
    """Write the row; once more under another reference if that one is taken.

    Refuses with PetitionNotFoundError when the petition has just been deleted.
    """
    consents = _consents(state, attempt.values)
    # A savepoint only where there is a transaction: alone, the statement is its own.
    guard = transaction.atomic if connection.in_atomic_block else nullcontext
    try:
        with guard():
            sign_sql.insert_signature(_row(state, attempt), consents)
    except IntegrityError as error:
        if not PetitionPage.objects.filter(pk=state.petition_id).exists():
            raise PetitionNotFoundError from error
        sign_sql.insert_signature(_row(state, attempt), consents)


def _row(state: PetitionState, attempt: Attempt) -> dict[str, object]:
    values = attempt.values
    counts_at_once = not state.page.confirmation_required
    status = Signature.Status.CONFIRMED if counts_at_once else Signature.Status.UNCONFIRMED
    comment = str(values.get("comment") or "")
    comments = Signature.CommentStatus
    return {
        "public_id": attempt.public_id,
        "petition_id": state.petition_id,
        "revision_id": state.revision_id,
        "status": status.value,
        "status_before": "",
        "name": values["name"],
        "name_index": name_index(str(values["name"])),
        "email": attempt.email,
        "email_index": address_index(attempt.email),
        "email_rule": EMAIL_RULE_VERSION,
        "region_id": state.region_ids[str(values["region"])],
        "comment": comment or None,
        "comment_status": (comments.WAITING if comment else comments.NONE).value,
        "name_display": values.get("name_display") or Signature.NameDisplay.HIDDEN.value,
        "reference": make_reference(),
        "retention_months": state.page.retention_months,
        "created_at": attempt.signed_at,
        "confirmed_at": attempt.signed_at if counts_at_once else None,
        "status_changed_at": attempt.signed_at,
    }


def _consents(state: PetitionState, values: Mapping[str, object]) -> sign_sql.Consents:
    """(version id, slug, choice, hash of the exact text) of each consent on the form."""
    return tuple(
        (version_id, consent.slug, _choice(consent, values), consent.text_hash)
        for version_id, consent in state.consents
    )


def _choice(consent: RenderedConsent, values: Mapping[str, object]) -> bool:
    """Whether the person agreed; to having the name shown, by choosing how."""
    if consent.kind == ConsentDefinition.Kind.DISPLAY:
        return values.get("name_display") in SHOWN
    return bool(values.get(f"consent_{consent.slug}"))
