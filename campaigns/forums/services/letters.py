"""Letters to the participants of a forum, about it: written, tried, sent by one press.

They rest on the contract, as a reminder does: no advertising, so neither (광고) nor a link to stop
them, and the hours of the night are free (enforcement decree to the Network Act, art. 61(2)).
"""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from evidence.services import record_event
from messaging.models import OutboxMessage
from messaging.services import enqueue, enqueue_all, suppressed_among
from payments.models import Refund

from ..emails import LETTER, LETTER_TEST
from ..exceptions import LetterSentError, NobodyToWriteToError
from ..models import PAYMENT_PURPOSE, ForumPage, ForumSession, Letter, LetterRecipient, Order, Seat

Audience = Letter.Audience
State = OutboxMessage.State


@dataclass(frozen=True)
class Words:
    """What a letter says, and to whom."""

    audience: str
    session: ForumSession | None
    subject: str
    body: str


@dataclass(frozen=True)
class Progress:
    """What became of a letter's mails. None of it is known once the outbox forgot them."""

    waiting: int
    sent: int
    failed: int
    dropped: int

    @property
    def known(self) -> int:
        return self.waiting + self.sent + self.failed + self.dropped


def write_letter(forum: ForumPage, words: Words, *, form_key: uuid.UUID, user: User) -> Letter:
    """Keep a letter as a draft. Safe to call twice: one form makes one draft."""
    try:
        with transaction.atomic():
            return Letter.objects.create(
                forum=forum,
                form_key=form_key,
                written_by=user,
                changed_at=timezone.now(),
                **vars(words),
            )
    except IntegrityError:
        return Letter.objects.get(form_key=form_key, forum=forum)


@transaction.atomic
def change_letter(letter: Letter, words: Words, *, user: User) -> Letter:
    """Say it otherwise. Refuses with LetterSentError."""
    letter = _lock_draft(letter)
    for name, value in vars(words).items():
        setattr(letter, name, value)
    letter.written_by, letter.changed_at = user, timezone.now()
    letter.save()
    return letter


@transaction.atomic
def drop_letter(letter: Letter) -> None:
    """Throw a draft away. Refuses with LetterSentError; one that is gone stays gone."""
    if Letter.objects.filter(pk=letter.pk).exists():
        _lock_draft(letter).delete()


def try_letter(letter: Letter, *, user: User) -> None:
    """Mail a letter to whoever is about to send it; each version of it once a minute."""
    version = int(letter.changed_at.timestamp())
    enqueue(LETTER_TEST, f"{letter.pk}:{user.pk}:{version}")


@transaction.atomic
def send_letter(letter: Letter, *, user: User) -> Letter:
    """Write to everybody who is meant, each with the link to their own registration.

    Safe to call twice: the second press finds it sent. Refuses with NobodyToWriteToError.
    """
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.sent_at:
        return letter
    orders = recipients_of(letter)
    if not orders:
        raise NobodyToWriteToError
    letter.sent_by, letter.sent_at, letter.recipient_count = user, timezone.now(), len(orders)
    letter.save(update_fields=["sent_by", "sent_at", "recipient_count"])
    rows = [LetterRecipient(letter=letter, order=order) for order in orders]
    LetterRecipient.objects.bulk_create(rows)
    enqueue_all(LETTER, [row.mail_key for row in rows])
    record_event(
        subject_type="forums.forum",
        subject_id=str(letter.forum_id),
        kind="letter_sent",
        actor=str(user.pk),
        values={"letter": letter.pk, "audience": str(letter.audience), "recipients": len(orders)},
    )
    return letter


def recipients_of(letter: Letter) -> list[Order]:
    """The registrations that a letter goes to, but those whose address takes no mail."""
    meant = _meant(letter.forum_id, letter.audience, letter.session_id).only("pk", "email_index")
    orders = list(meant.order_by("pk"))
    stopped = suppressed_among([_index(order) for order in orders], bulk=False)
    return [order for order in orders if _index(order) not in stopped]


def audience_sizes(forum: ForumPage) -> dict[str, int]:
    """How many registrations with an address each group has; sessions by their id."""
    sizes = {
        str(audience): _meant(forum.pk, audience, None).count()
        for audience in Audience
        if audience != Audience.SESSION
    }
    holding = _reachable(forum.pk).holding()
    seats = Seat.objects.filter(
        released_at=None, ticket__cancelled_at=None, ticket__order__in=holding
    )
    counted = seats.values("session").annotate(number=Count("ticket__order", distinct=True))
    return sizes | {str(row["session"]): row["number"] for row in counted.order_by()}


def progress_of(letter: Letter) -> Progress:
    """One query, however many it went to."""
    keys = LetterRecipient.objects.filter(letter=letter).values("mail_key")
    mails = OutboxMessage.objects.filter(purpose=LETTER, subject__in=keys)

    def number(*states: str) -> Count:
        return Count("pk", filter=Q(state__in=states))

    counted = mails.aggregate(
        waiting=number(State.PENDING, State.SENDING),
        sent=number(State.SENT, State.UNCERTAIN),
        failed=number(State.FAILED),
        dropped=number(State.DROPPED),
    )
    return Progress(**counted)


def letter_keys(order: Any) -> list[str]:
    """Under which keys letters went to a registration."""
    return [recipient.mail_key for recipient in order.letters.all()]


def _lock_draft(letter: Letter) -> Letter:
    locked = Letter.objects.select_for_update().get(pk=letter.pk)
    if locked.sent_at:
        raise LetterSentError
    return locked


def _reachable(forum_id: int) -> Any:
    return Order.objects.with_person().filter(forum_id=forum_id, email_index__isnull=False)


def _meant(forum_id: int, audience: str, session_id: int | None) -> Any:
    orders = _reachable(forum_id)
    if audience == Audience.CONFIRMED:
        return orders.confirmed()
    if audience == Audience.UNPAID:
        return orders.filter(status=Order.Status.WAITING)
    if audience == Audience.REFUND:
        asked = Refund.objects.filter(
            state=Refund.State.ASKED,
            payment__purpose=PAYMENT_PURPOSE,
            payment__subject=OuterRef("public_id"),
        )
        return orders.filter(Exists(asked))
    if audience == Audience.SESSION:
        seats = Seat.objects.filter(
            ticket__order=OuterRef("pk"),
            ticket__cancelled_at=None,
            session_id=session_id,
            released_at=None,
        )
        return orders.holding().filter(Exists(seats))
    return orders.holding()


def _index(order: Order) -> bytes:
    return bytes(order.email_index or b"")
