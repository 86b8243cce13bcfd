"""Signatures whose period is over: emptied in place, so that the count stays.

The period told to a signer ends so many months after the hand-over. A page that lengthens it later
binds only those who sign from then on; one that shortens it binds all. What was never handed over
goes two years after it was signed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from campaigns.models import HandOver
from home.dates import first_day_reaching, months_after
from rights.registry import DueRow, Outlook

from ..models import PetitionPage, Signature
from ..models.signatures import SignatureQuerySet
from .traces import forget_mails, forget_traces

LONGEST_MONTHS = 24
MOST_MONTHS = 24  # PetitionPage.retention_months allows no more.
KEPT_STATUSES = (Signature.Status.CONFIRMED, Signature.Status.INVALIDATED)
NEEDED = ("petition_id", "reference", "created_at", "retention_months")


@dataclass(frozen=True)
class Plan:
    """What decides how long a petition's signatures are kept."""

    petition_id: int
    months: int
    handed_over_on: date | None

    def last_day(self, signed_on: date, told_months: int) -> date:
        """The last day on which a signature may still say who signed."""
        longest = months_after(signed_on, LONGEST_MONTHS)
        if self.handed_over_on is None or self.handed_over_on > longest:
            return longest
        return months_after(self.handed_over_on, min(told_months, self.months))

    def over(self, today: date) -> Q:
        """The signatures whose last day lies before ``today``."""
        never = _start_of(first_day_reaching(today, LONGEST_MONTHS))
        if self.handed_over_on is None:
            return Q(petition_id=self.petition_id, created_at__lt=never)
        in_time = _start_of(first_day_reaching(self.handed_over_on, LONGEST_MONTHS))
        over = [n for n in range(1, MOST_MONTHS + 1) if self._is_over(n, today)]
        late = Q(created_at__lt=min(never, in_time))
        return Q(petition_id=self.petition_id) & (
            late | Q(created_at__gte=in_time, retention_months__in=over)
        )

    def _is_over(self, told_months: int, today: date) -> bool:
        assert self.handed_over_on is not None
        return months_after(self.handed_over_on, min(told_months, self.months)) < today


def read_plans(petition_ids: Collection[int] | None = None) -> dict[int, Plan]:
    """The plan of each petition, by its id; of all, or of these."""
    pages = PetitionPage.objects.all()
    if petition_ids is not None:
        pages = pages.filter(pk__in=petition_ids)
    rows = pages.values_list("pk", "retention_months", "hand_over_on")
    days = _recorded_days()
    return {pk: Plan(pk, months, days.get(pk, planned)) for pk, months, planned in rows}


def _recorded_days() -> dict[int, date]:
    """When signatures were first handed over, by petition, as the campaigns' records say."""
    days: dict[int, date] = {}
    for record in HandOver.objects.filter(signatures_of__isnull=False, page__live=True):
        day = record.latest_day
        days[record.signatures_of_id] = min(day, days.get(record.signatures_of_id, day))
    return days


def last_day_of(plan: Plan, row: Signature) -> date:
    """The last day of the period told to this signer, as far as is known today."""
    return plan.last_day(timezone.localdate(row.created_at), row.retention_months)


def last_day_told(row: Signature) -> date:
    """The same for one signature alone."""
    return last_day_of(read_plans([row.petition_id])[row.petition_id], row)


def signatures_due(
    moment: datetime, *, held: Collection[str], after: str, limit: int
) -> Sequence[DueRow]:
    """Signatures whose last day is over."""
    plans = {pk: plan for pk, plan in read_plans().items() if str(pk) not in held}
    rows = _due(plans, moment).filter(pk__gt=int(after or 0)).order_by("pk").only(*NEEDED)
    return [_row(plans[row.petition_id], row) for row in rows[:limit]]


def anonymise_due(keys: Sequence[str], moment: datetime) -> Sequence[DueRow]:
    """Empty rows that are due, with all that tells of their people. Call it in a transaction.

    The region, the day, the status, the reference and the number stay, and with them the count.
    """
    plans = read_plans()
    rows = list(
        _due(plans, moment).filter(pk__in=keys).select_for_update(skip_locked=True, of=("self",))
    )
    forget_mails(rows)
    forget_traces(rows, keep_news=True)
    Signature.objects.filter(pk__in=[row.pk for row in rows]).update(
        **dict.fromkeys(EMPTIED, None),
        comment_status=Signature.CommentStatus.NONE,
        name_display=Signature.NameDisplay.HIDDEN,
        status_before="",
        anonymised_at=timezone.now(),
    )
    return [_row(plans[row.petition_id], row) for row in rows]


EMPTIED = ("name", "name_index", "email", "email_index", "email_rule", "comment")


def signatures_outlook(end: date) -> Iterable[Outlook]:
    """How many go until ``end``, by petition and day."""
    plans = read_plans()
    days = _with_person().annotate(day=TruncDate("created_at")).order_by()
    groups = days.values("petition_id", "retention_months", "day").annotate(count=Count("pk"))
    for group in groups:
        plan = plans[group["petition_id"]]
        gone_on = plan.last_day(group["day"], group["retention_months"]) + timedelta(days=1)
        if gone_on <= end:
            yield Outlook(gone_on, group["count"], str(plan.petition_id))


def petition_titles(scopes: Collection[str] | None) -> Mapping[str, str]:
    """The titles of petitions, by the scope that stands for them; of all of them for None."""
    pages = PetitionPage.objects.all()
    if scopes is not None:
        pages = pages.filter(pk__in=[int(scope) for scope in scopes])
    return {str(pk): title for pk, title in pages.values_list("pk", "title")}


def _with_person() -> SignatureQuerySet:
    return Signature.objects.with_person().filter(status__in=KEPT_STATUSES)


def _due(plans: Mapping[int, Plan], moment: datetime) -> SignatureQuerySet:
    today, over = timezone.localdate(moment), Q(pk__in=[])
    for plan in plans.values():
        over |= plan.over(today)
    return _with_person().filter(over)


def _row(plan: Plan, row: Signature) -> DueRow:
    gone_on = last_day_of(plan, row) + timedelta(days=1)
    return DueRow(str(row.pk), _start_of(gone_on), str(row.petition_id), row.reference)


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
