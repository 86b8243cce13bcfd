"""Registrations whose time is up: emptied in place, so that the numbers stay.

The time is so many months after the forum, as its page says. Where money is still to go back the
office needs to know to whom, so the row waits for that.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from evidence.services import erase_payloads
from home.dates import months_after
from messaging.services import forget_finished
from payments.models import Refund
from payments.services.retention import keep_by_law
from privacy.tokens import revoke_tokens
from rights.registry import DueRow, Outlook

from ..emails import ORDER_TOKEN, TICKET_TOKEN
from ..models import PAYMENT_PURPOSE, ForumPage, Invitation, Order, Ticket
from .settling import EVIDENCE_SUBJECT

ORDER_EMPTIED = (
    *("name", "name_index", "email", "email_index", "email_rule"),
    *("phone", "phone_index", "organisation"),
)
TICKET_EMPTIED = ("name", "name_index", "organisation", "meal_note", "code", "code_index")


def last_day_of(forum: ForumPage) -> date:
    """The last day on which it may be known who came."""
    assert forum.ends_at is not None  # Who registers, registers for a session.
    return _last_day(forum.ends_at, forum.retention_months)


def orders_due(
    moment: datetime, *, held: Collection[str], after: str, limit: int
) -> Sequence[DueRow]:
    """Registrations whose last day is over, unless money is still to go back."""
    days = _last_days(moment, held)
    rows = _orders(days).filter(pk__gt=int(after or 0)).order_by("pk")
    return [_due(row, days, row.reference) for row in rows.only("forum_id", "reference")[:limit]]


def anonymise_orders(keys: Sequence[str], moment: datetime) -> Sequence[DueRow]:
    """Empty registrations that are due, with all that tells of their people.

    Call it in a transaction. State, amounts, sessions, meals and who came in (a number) stay.
    """
    days = _last_days(moment, ())
    chosen = _orders(days).filter(pk__in=keys)
    rows = list(chosen.select_for_update(skip_locked=True, of=("self",)))
    empty_orders(rows)
    return [_due(row, days, row.reference) for row in rows]


def orders_outlook(end: date) -> Iterable[Outlook]:
    """How many registrations go until ``end``, by forum and day."""
    return _outlook(_orders, end)


def invitations_due(
    moment: datetime, *, held: Collection[str], after: str, limit: int
) -> Sequence[DueRow]:
    """Invitations that still say whom they were for, as long after the forum."""
    days = _last_days(moment, held)
    rows = _invitations(days).filter(pk__gt=int(after or 0)).order_by("pk")
    return [_due(row, days) for row in rows.only("forum_id")[:limit]]


def empty_invitations(keys: Sequence[str], moment: datetime) -> Sequence[DueRow]:
    """Take address and name out of invitations that are due. Call it in a transaction."""
    days = _last_days(moment, ())
    chosen = _invitations(days).filter(pk__in=keys)
    rows = list(chosen.select_for_update(skip_locked=True, of=("self",)))
    Invitation.objects.filter(pk__in=[row.pk for row in rows]).update(email=None, label="")
    return [_due(row, days) for row in rows]


def invitations_outlook(end: date) -> Iterable[Outlook]:
    return _outlook(_invitations, end)


def forum_titles(scopes: Collection[str] | None) -> Mapping[str, str]:
    """The titles of forums, by the scope that stands for them; of all of them for None."""
    pages = ForumPage.objects.all()
    if scopes is not None:
        pages = pages.filter(pk__in=[int(scope) for scope in scopes])
    return {str(pk): title for pk, title in pages.values_list("pk", "title")}


def empty_orders(rows: Sequence[Order]) -> None:
    """Take everything about people out of registrations that are locked. Safe to call twice.

    What was paid goes where a law keeps it for five years, with its owner's address.
    """
    now, subjects = timezone.now(), [str(row.public_id) for row in rows]
    keep_by_law(PAYMENT_PURPOSE, {str(row.public_id): row.email or "" for row in rows})
    end_links(rows)
    forget_finished(*subjects)
    erase_payloads(EVIDENCE_SUBJECT, *subjects)
    Ticket.objects.filter(order__in=rows, anonymised_at=None).update(
        **dict.fromkeys(TICKET_EMPTIED, None), anonymised_at=now
    )
    Order.objects.filter(pk__in=[row.pk for row in rows], anonymised_at=None).update(
        **dict.fromkeys(ORDER_EMPTIED, None), anonymised_at=now
    )


def end_links(rows: Sequence[Order]) -> None:
    """Make every link in earlier mails about these registrations worthless."""
    tickets = Ticket.objects.filter(order__in=rows).values_list("public_id", flat=True)
    revoke_tokens(ORDER_TOKEN, *(str(row.public_id) for row in rows))
    revoke_tokens(TICKET_TOKEN, *map(str, tickets))


def _last_day(ends_at: datetime, months: int) -> date:
    return months_after(timezone.localdate(ends_at), months)


def _last_days(moment: datetime, held: Collection[str]) -> dict[int, date]:
    """By forum, the last day of each whose last day lies before this moment."""
    today = timezone.localdate(moment)
    days = {pk: day for pk, day in _all_last_days() if day < today}
    return {pk: day for pk, day in days.items() if str(pk) not in held}


def _all_last_days() -> Iterable[tuple[int, date]]:
    forums = ForumPage.objects.filter(ends_at__isnull=False)
    for pk, ends_at, months in forums.values_list("pk", "ends_at", "retention_months"):
        yield pk, _last_day(ends_at, months)


def _orders(forums: Collection[int]) -> Any:
    refunds = Refund.objects.filter(
        state=Refund.State.ASKED,
        payment__purpose=PAYMENT_PURPOSE,
        payment__subject=OuterRef("public_id"),
    )
    return Order.objects.with_person().filter(forum_id__in=list(forums)).exclude(Exists(refunds))


def _invitations(forums: Collection[int]) -> Any:
    rows = Invitation.objects.filter(forum_id__in=list(forums))
    return rows.filter(Q(email__isnull=False) | ~Q(label=""))


def _outlook(rows: Any, end: date) -> Iterable[Outlook]:
    days = {pk: day + timedelta(days=1) for pk, day in _all_last_days()}
    going = {pk: day for pk, day in days.items() if day <= end}
    groups = rows(going).order_by().values("forum_id").annotate(count=Count("pk"))
    for group in groups:
        yield Outlook(going[group["forum_id"]], group["count"], str(group["forum_id"]))


def _due(row: Any, days: Mapping[int, date], reference: str = "") -> DueRow:
    gone_on = days[row.forum_id] + timedelta(days=1)
    at = timezone.make_aware(datetime.combine(gone_on, time.min))
    return DueRow(str(row.pk), at, str(row.forum_id), reference)
