"""What somebody who waits does on /my/: puts facts right, takes the entry elsewhere, leaves."""

import uuid
from collections.abc import Mapping

from django.db import IntegrityError, transaction

from messaging.services import enqueue, forget_finished
from privacy.addresses import EMAIL_RULE_VERSION
from privacy.blind_index import address_index
from privacy.tokens import revoke_tokens

from ..emails import LIST_JOINED, WAITING_TOKEN
from ..exceptions import AlreadyWaitingError, OrderGoneError
from ..models import WaitingEntry
from .waiting import leave_list, lock_entry
from .waiting_periods import empty_waiting
from .waiting_steps import OWNER, note_steps

CORRECTABLE = ("name", "organisation", "phone")


@transaction.atomic
def correct_waiting(public_id: uuid.UUID, values: Mapping[str, str]) -> list[str]:
    """Put facts right; returns the names of those that changed. Safe to call twice.

    Refuses with OrderGoneError.
    """
    entry = _own(public_id)
    changed = [n for n in CORRECTABLE if (getattr(entry, n) or "") != (values.get(n) or "")]
    for name in changed:
        setattr(entry, name, values.get(name) or None)
    if changed:
        entry.save(update_fields=changed)
        note_steps([entry], "list_corrected", OWNER, {"fields": changed})
    return changed


@transaction.atomic
def move_waiting(public_id: uuid.UUID, email: str) -> None:
    """Put an entry under another address, whose owner has confirmed that it is theirs.

    Refuses with OrderGoneError, and with AlreadyWaitingError where that address stands in the
    same line. Safe to call twice.
    """
    entry = _own(public_id)
    if entry.email == email:
        return
    entry.email, entry.email_index = email, address_index(email)
    entry.email_rule = EMAIL_RULE_VERSION
    try:
        with transaction.atomic():
            entry.save(update_fields=["email", "email_index", "email_rule"])
    except IntegrityError as error:
        raise AlreadyWaitingError from error
    forget_finished(str(public_id))
    revoke_tokens(WAITING_TOKEN, str(public_id))
    note_steps([entry], "list_moved", OWNER)
    if entry.is_waiting or entry.is_offered:
        enqueue(LIST_JOINED, str(public_id))


@transaction.atomic
def forget_waiting(public_id: uuid.UUID) -> None:
    """Leave the list, if it is still to come, and forget who it was. Safe to call twice."""
    entry = WaitingEntry.objects.get(public_id=public_id)
    if entry.anonymised_at is None:
        empty_waiting([leave_list(entry)])


def _own(public_id: uuid.UUID) -> WaitingEntry:
    _forum, _pools, entry = lock_entry(WaitingEntry.objects.get(public_id=public_id))
    if entry.anonymised_at:
        raise OrderGoneError
    return entry
