"""The treasurer's ledger: what a month, a forum or everything adds up to.

Each figure is a sum of entries, and its rows are those entries: screen, list and file take both
from here, so they cannot differ.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Min,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.dates import month_of, next_month

from ..gateways.stripe_checkout import takes_cards
from ..models import LedgerEntry
from ..registry import purpose_named, purposes
from .ledger import Account, What

Words = str | Promise
OF_CARDS = (Account.CARD, Account.FEES, Account.ADJUSTED)


@dataclass(frozen=True)
class Figure:
    """A named sum over entries of one account, perhaps of some kinds only."""

    name: str
    label: Words
    account: str
    kinds: tuple[str, ...] = ()
    sign: int = 1
    note: Words = ""

    @property
    def entries(self) -> Q:
        wanted = Q(account=self.account)
        return wanted & Q(what__in=self.kinds) if self.kinds else wanted

    @property
    def is_of_cards(self) -> bool:
        return self.account in OF_CARDS

    def holds(self, account: str, what: str) -> bool:
        return account == self.account and (not self.kinds or what in self.kinds)


MARKS = (What.MARKED, What.UNMARKED)
FIGURES = (
    Figure(
        "expected",
        pgettext_lazy("ledger", "Expected"),
        Account.RECEIVABLE,
        (What.OPENED, What.REOPENED, What.CLOSED),
        note=_("Fees of registrations, without those that were given up"),
    ),
    Figure(
        "by_bank",
        pgettext_lazy("ledger", "Received by bank transfer"),
        Account.UNASSIGNED,
        (What.MATCHED, What.UNMATCHED, *MARKS),
        note=_("Deposits that were matched, and transfers that staff saw"),
    ),
    Figure(
        "by_card",
        pgettext_lazy("ledger", "Received by card"),
        Account.CARD,
        (What.CARD_PAID,),
    ),
    Figure("in_cash", pgettext_lazy("ledger", "Received at the door"), Account.CASH),
    Figure("waived", pgettext_lazy("ledger", "Waived"), Account.INCOME, MARKS),
    Figure("fees", pgettext_lazy("ledger", "Fees of the card company"), Account.FEES),
    Figure(
        "refunds_asked",
        pgettext_lazy("ledger", "Refunds asked for"),
        Account.REFUNDABLE,
        (What.REFUND_ASKED, What.REFUND_DROPPED),
        sign=-1,
    ),
    Figure(
        "refunds_by_bank",
        pgettext_lazy("ledger", "Refunds sent by bank transfer"),
        Account.BANK,
        (What.REFUND_SENT,),
        sign=-1,
    ),
    Figure(
        "refunds_by_card",
        pgettext_lazy("ledger", "Refunds sent to cards"),
        Account.CARD,
        (What.REFUND_SENT, What.REFUND_FAILED),
        sign=-1,
    ),
    Figure(
        "deposits",
        pgettext_lazy("ledger", "Deposits in the bank's statements"),
        Account.BANK,
        (What.DEPOSIT,),
    ),
    Figure(
        "payouts",
        pgettext_lazy("ledger", "Paid out by the card company"),
        Account.CARD,
        (What.PAYOUT, What.PAYOUT_FAILED),
        sign=-1,
        note=_("Without what did not reach the bank"),
    ),
    Figure(
        "adjusted",
        pgettext_lazy("ledger", "Disputed and adjusted by the card company"),
        Account.ADJUSTED,
    ),
)
# What a forum's own line says.
OF_A_GROUP = ("expected", "by_bank", "by_card", "in_cash", "waived", "refunds_asked")


def figure_named(name: str) -> Figure | None:
    """The figure, if there is one of this name."""
    return next((figure for figure in FIGURES if figure.name == name), None)


def shows_cards() -> bool:
    """Whether cards are taken, or were: without either nothing of them shows in the books."""
    return takes_cards() or LedgerEntry.objects.filter(account__in=OF_CARDS).exists()


@dataclass(frozen=True)
class Scope:
    """Which entries: of one month (its first day) or all, of one group of one purpose or all."""

    month: date | None = None
    purpose: str = ""
    group: str = ""

    @property
    def end(self) -> date | None:
        """The first day after it."""
        return next_month(self.month) if self.month else None

    def entries(self) -> "QuerySet[LedgerEntry, Any]":
        """What was booked in it."""
        rows = self._whole()
        return rows.filter(day__gte=self.month, day__lt=self.end) if self.month else rows

    def until_its_end(self) -> "QuerySet[LedgerEntry, Any]":
        """What was booked before it ended, from the first day on."""
        rows = self._whole()
        return rows.filter(day__lt=self.end) if self.month else rows

    def _whole(self) -> "QuerySet[LedgerEntry, Any]":
        rows = LedgerEntry.objects.all()
        if not self.purpose:
            return rows
        rows = rows.filter(payment__purpose=self.purpose)
        if not self.group:
            return rows
        return rows.annotate(group=group_of("payment__")).filter(group=self.group)


def group_of(prefix: str = "") -> Case:
    """The group of a payment, as each purpose keeps it; empty where it keeps none."""
    known = [
        When(**{f"{prefix}purpose": purpose.name}, then=purpose.groups(f"{prefix}subject"))
        for purpose in purposes()
        if purpose.groups is not None
    ]
    return Case(*known, default=Value(""), output_field=CharField())


Sums = Mapping[tuple[str, str], int]


def sums_of(entries: "QuerySet[LedgerEntry, Any]") -> Sums:
    """Entries added up by account and kind; one query."""
    rows = entries.order_by().values_list("account", "what").annotate(total=Sum("amount_krw"))
    return {(account, what): total for account, what, total in rows}


def total_of(figure: Figure, sums: Sums) -> int:
    """What a figure adds up to."""
    return figure.sign * sum(total for key, total in sums.items() if figure.holds(*key))


@dataclass(frozen=True)
class AccountLine:
    """One account in the trial balance: what stood there, went in, went out, stands there."""

    account: str
    opening_krw: int
    debit_krw: int
    credit_krw: int

    @property
    def label(self) -> str:
        return str(Account(self.account).label)

    @property
    def closing_krw(self) -> int:
        return self.opening_krw + self.debit_krw - self.credit_krw


def trial_balance(scope: Scope) -> list[AccountLine]:
    """All accounts that hold or held anything, in their usual order; one query.

    What stands in them in the end adds up to nothing, or the books are broken.
    """
    inside = Q(day__gte=scope.month) if scope.month else Q()
    before = Q(day__lt=scope.month) if scope.month else Q(pk=None)
    rows = scope.until_its_end().order_by().values("account")
    rows = rows.annotate(
        opening=Sum("amount_krw", filter=before, default=0),
        debit=Sum("amount_krw", filter=inside & Q(amount_krw__gt=0), default=0),
        credit=Sum("amount_krw", filter=inside & Q(amount_krw__lt=0), default=0),
    )
    found = {
        row["account"]: AccountLine(row["account"], row["opening"], row["debit"], -row["credit"])
        for row in rows
    }
    return [found[account] for account in Account.values if account in found]


@dataclass(frozen=True)
class GroupLine:
    """What one forum adds up to, by the names of figures; names nobody."""

    purpose: str
    group: str
    title: str
    totals: Mapping[str, int]


def group_lines(scope: Scope) -> list[GroupLine]:
    """What belongs to a payment, by what it is for; two queries and one per purpose."""
    rows = scope.entries().filter(payment__isnull=False).annotate(group=group_of("payment__"))
    keys = "payment__purpose", "group", "account", "what"
    added = rows.order_by().values_list(*keys).annotate(total=Sum("amount_krw"))
    sums: dict[tuple[str, str], dict[tuple[str, str], int]] = {}
    for purpose, group, account, what, total in added:
        sums.setdefault((purpose, group or ""), {})[account, what] = total
    titles = titles_of(sums)
    lines = [
        GroupLine(
            purpose,
            group,
            titles[purpose, group],
            {figure.name: total_of(figure, sums[purpose, group]) for figure in FIGURES},
        )
        for purpose, group in sums
    ]
    return sorted(lines, key=lambda line: (line.title, line.purpose, line.group))


def titles_of(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """What groups are called; what has no title of its own is called as its purpose."""
    named: dict[tuple[str, str], str] = {}
    wanted: dict[str, list[str]] = {}
    for purpose, group in keys:
        wanted.setdefault(purpose, []).append(group)
    for name, groups in wanted.items():
        what_for = purpose_named(name)
        titles = what_for.titles([group for group in groups if group])
        for group in groups:
            named[name, group] = titles.get(group) or str(what_for.label)
    return named


def first_month() -> date | None:
    """The month of the first booking; None where nothing was ever booked."""
    first = LedgerEntry.objects.aggregate(first=Min("day"))["first"]
    return first.replace(day=1) if first else None


def months_of_the_books() -> list[date]:
    """From this month back to that of the first booking."""
    month, first = month_of(timezone.now()), first_month()
    months = [month]
    while first and months[-1] > first:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months
