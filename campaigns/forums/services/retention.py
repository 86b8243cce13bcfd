"""Registrations whose time is up: emptied in place, so that the numbers stay.

The time is so many months after the forum. A page that lengthens it later binds only those who
register from then on; one that shortens it binds all. Where money is still to go back the
office needs to know to whom, so the row waits for that.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from evidence.services import append_waiting_of, erase_payloads
from home.dates import months_after
from messaging.services import forget_finished
from payments.models import Refund
from payments.services.retention import keep_by_law
from privacy.tokens import revoke_tokens
from rights.registry import DueRow, Outlook

from ..emails import ORDER_TOKEN, TICKET_TOKEN
from ..models import PAYMENT_PURPOSE, ForumPage, Invitation, LetterRecipient, Order, Ticket
from .steps import EVIDENCE_SUBJECT

ORDER_EMPTIED = (
    *("name", "name_index", "email", "email_index", "email_rule"),
    *("phone", "phone_index", "organisation"),
)
ONE_DAY = timedelta(days=1)
TICKET_EMPTIED = ("name", "name_index", "organisation", "meal_note", "code", "code_index")


@dataclass(frozen=True)
class Plan:
    """What decides how long it may be known who came to a forum."""

    ends_at: datetime
    months: int

    def last_day(self, told_months: int | None = None) -> date:
        """The last day, for somebody who was told so many months; else as the page says."""
        months = min(told_months or self.months, self.months)
        return months_after(timezone.localdate(self.ends_at), months)

    def months_over(self, today: date) -> int:
        """Who was told no more months than these, for them the last day lies before ``today``."""
        over = (n for n in range(self.months, 0, -1) if self.last_day(n) < today)
        return next(over, 0)


Plans = Mapping[int, Plan]


def last_day_of(forum: ForumPage, told_months: int | None = None) -> date:
    """The last day on which it may be known who came."""
    assert forum.ends_at is not None  # Who registers, registers for a session.
    return Plan(forum.ends_at, forum.retention_months).last_day(told_months)


def orders_due(
    moment: datetime, *, held: Collection[str], after: str, limit: int
) -> Sequence[DueRow]:
    """Registrations whose last day is over, unless money is still to go back."""
    plans = read_plans(held)
    rows = _orders_over(plans, moment).filter(pk__gt=int(after or 0)).order_by("pk")
    rows = rows.only("forum_id", "reference", "retention_months")
    return [_due_order(row, plans) for row in rows[:limit]]


def anonymise_orders(keys: Sequence[str], moment: datetime) -> Sequence[DueRow]:
    """Empty registrations that are due, with all that tells of their people.

    Call it in a transaction. State, amounts, sessions, meals and who came in (a number) stay.
    """
    plans = read_plans()
    chosen = _orders_over(plans, moment).filter(pk__in=keys)
    rows = list(chosen.select_for_update(skip_locked=True, of=("self",)))
    empty_orders(rows)
    return [_due_order(row, plans) for row in rows]


def orders_outlook(end: date) -> Iterable[Outlook]:
    """How many registrations go until ``end``, by forum and day."""
    plans = read_plans()
    groups = _still_known(plans).order_by().values("forum_id", "retention_months")
    for group in groups.annotate(count=Count("pk")):
        plan = plans[group["forum_id"]]
        gone_on = plan.last_day(group["retention_months"]) + ONE_DAY
        if gone_on <= end:
            yield Outlook(gone_on, group["count"], str(group["forum_id"]))


def invitations_due(
    moment: datetime, *, held: Collection[str], after: str, limit: int
) -> Sequence[DueRow]:
    """Invitations that still say whom they were for, as long after the forum."""
    plans = plans_over(read_plans(held), moment)
    rows = _invitations(plans).filter(pk__gt=int(after or 0)).order_by("pk")
    return [due_row(row, plans[row.forum_id].last_day()) for row in rows.only("forum_id")[:limit]]


def empty_invitations(keys: Sequence[str], moment: datetime) -> Sequence[DueRow]:
    """Take address and name out of invitations that are due. Call it in a transaction."""
    plans = plans_over(read_plans(), moment)
    chosen = _invitations(plans).filter(pk__in=keys)
    rows = list(chosen.select_for_update(skip_locked=True, of=("self",)))
    Invitation.objects.filter(pk__in=[row.pk for row in rows]).update(email=None, label="")
    return [due_row(row, plans[row.forum_id].last_day()) for row in rows]


def invitations_outlook(end: date) -> Iterable[Outlook]:
    plans = read_plans()
    days = {pk: plan.last_day() + ONE_DAY for pk, plan in plans.items()}
    going = {pk: day for pk, day in days.items() if day <= end}
    groups = _invitations(going).order_by().values("forum_id").annotate(count=Count("pk"))
    for group in groups:
        yield Outlook(going[group["forum_id"]], group["count"], str(group["forum_id"]))


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
    _forget_letters(rows)
    append_waiting_of(EVIDENCE_SUBJECT, *subjects)
    erase_payloads(EVIDENCE_SUBJECT, *subjects)
    Ticket.objects.filter(order__in=rows, anonymised_at=None).update(
        **dict.fromkeys(TICKET_EMPTIED, None), anonymised_at=now
    )
    Order.objects.filter(pk__in=[row.pk for row in rows], anonymised_at=None).update(
        **dict.fromkeys(ORDER_EMPTIED, None), anonymised_at=now
    )


def _forget_letters(rows: Sequence[Order]) -> None:
    recipients = LetterRecipient.objects.filter(order__in=rows)
    forget_finished(*recipients.values_list("mail_key", flat=True))
    recipients.delete()


def end_links(rows: Sequence[Order]) -> None:
    """Make every link in earlier mails about these registrations worthless."""
    tickets = Ticket.objects.filter(order__in=rows).values_list("public_id", flat=True)
    revoke_tokens(ORDER_TOKEN, *(str(row.public_id) for row in rows))
    revoke_tokens(TICKET_TOKEN, *map(str, tickets))


def read_plans(held: Collection[str] = ()) -> Plans:
    """By forum, but those whose scope is held."""
    forums = ForumPage.objects.filter(ends_at__isnull=False)
    rows = forums.values_list("pk", "ends_at", "retention_months")
    return {pk: Plan(ends_at, months) for pk, ends_at, months in rows if str(pk) not in held}


def plans_over(plans: Plans, moment: datetime) -> Plans:
    """Those whose last day, as the page says, lies before this moment."""
    today = timezone.localdate(moment)
    return {pk: plan for pk, plan in plans.items() if plan.last_day() < today}


def _orders_over(plans: Plans, moment: datetime) -> Any:
    """Registrations whose last day, as they were told or sooner, lies before this moment."""
    return _still_known(plans).filter(whose_time_is_over(plans, moment))


def whose_time_is_over(plans: Plans, moment: datetime) -> Q:
    """Rows of a forum that remember what their people were told."""
    today = timezone.localdate(moment)
    over = Q(forum_id__in=list(plans_over(plans, moment)))
    for pk, plan in plans.items():
        months = plan.months_over(today)
        if 0 < months < plan.months:
            over |= Q(forum_id=pk, retention_months__lte=months)
    return over


def _still_known(plans: Plans) -> Any:
    refunds = Refund.objects.filter(
        state=Refund.State.ASKED,
        payment__purpose=PAYMENT_PURPOSE,
        payment__subject=OuterRef("public_id"),
    )
    return Order.objects.with_person().filter(forum_id__in=list(plans)).exclude(Exists(refunds))


def _invitations(forums: Collection[int]) -> Any:
    rows = Invitation.objects.filter(forum_id__in=list(forums))
    return rows.filter(Q(email__isnull=False) | ~Q(label=""))


def _due_order(row: Order, plans: Plans) -> DueRow:
    return due_row(row, plans[row.forum_id].last_day(row.retention_months), row.reference)


def due_row(row: Any, last_day: date, reference: str = "") -> DueRow:
    at = timezone.make_aware(datetime.combine(last_day + ONE_DAY, time.min))
    return DueRow(str(row.pk), at, str(row.forum_id), reference)
