"""Asking for the link, and changing the address: both prove that a mailbox is one's own."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from messaging.services import carry_over_stop, enqueue
from privacy.addresses import canonical_email
from privacy.blind_index import blind_index

from ..emails import ADDRESS_CHANGED, CONFIRM_ADDRESS, MAILBOX_KEPT, MY_LINK
from ..exceptions import ChangeGoneError, TooManyChangesError
from ..models import AddressChange, Mailbox, RetainedRecord
from ..registry import MoveRefusedError, NotTheirsError, data_sets

MOST_CHANGES = 5


def index_of(email: str) -> bytes:
    """The blind index by which an address is known."""
    return blind_index("email", canonical_email(email))


def ask_for_link(email: str) -> None:
    """Have the truth about an address mailed to it. The same work whether anything is held.

    The limits of the outbox hold: a mail a minute and five a day to one address.
    """
    index = index_of(email)
    with transaction.atomic():
        remember_mailbox(email)
        enqueue(MY_LINK, index.hex())


def remember_mailbox(email: str) -> bytes:
    """Keep an address for a day, so that its links know whose they are; returns its index."""
    index = index_of(email)
    Mailbox.objects.bulk_create(
        [Mailbox(email_index=index, email=email, asked_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["email_index"],
        update_fields=["email", "asked_at"],
    )
    return index


def ask_for_address_change(old_email: str, new_email: str) -> None:
    """Have the new mailbox asked. Nothing changes until its owner confirms.

    Refuses with TooManyChangesError after five wishes in a day.
    """
    index, now = index_of(old_email), timezone.now()
    since = now - timedelta(days=1)
    if AddressChange.objects.filter(old_index=index, asked_at__gt=since).count() >= MOST_CHANGES:
        raise TooManyChangesError
    with transaction.atomic():
        change = AddressChange.objects.create(
            old_index=index, old_email=old_email, new_email=new_email, asked_at=now
        )
        enqueue(CONFIRM_ADDRESS, str(change.public_id))


@dataclass(frozen=True)
class NotMoved:
    title: str
    reason: str


def change_address(change: AddressChange) -> list[NotMoved]:
    """Put all that is held under the new address; returns what could not be moved, and why.

    Refuses with ChangeGoneError when its time is up. Safe to call twice.
    """
    with transaction.atomic():
        change = AddressChange.objects.select_for_update().get(pk=change.pk)
        now = timezone.now()
        if change.asked_at < now - MAILBOX_KEPT:
            raise ChangeGoneError
        left = _move_all(change.old_email, change.new_email)
        carry_over_stop(index_of(change.old_email), index_of(change.new_email))
        if change.made_at is None:
            change.made_at = now
            change.save(update_fields=["made_at"])
            enqueue(ADDRESS_CHANGED, str(change.public_id))
    return left


def _move_all(old: str, new: str) -> list[NotMoved]:
    left = []
    # What it says stays as the law wants it kept; its owner finds it under the new address.
    RetainedRecord.objects.filter(email_index=index_of(old)).update(email_index=index_of(new))
    for data_set in data_sets():
        if data_set.find is None or data_set.move is None:
            continue
        for holding in data_set.find(old):
            try:
                data_set.move(old, holding.key, new)
            except MoveRefusedError as error:
                left.append(NotMoved(holding.title, str(error)))
            except NotTheirsError:  # It left in the same moment.
                continue
    return left
