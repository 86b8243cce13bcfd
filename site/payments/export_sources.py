"""The books for the accountant, as files that leave through the one export job. Names nobody."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django import forms
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from exports.registry import ExportSource, Record

from .models import LedgerEntry
from .services.figures import (
    FIGURES,
    Scope,
    months_of_the_books,
    shows_cards,
    sums_of,
    total_of,
    trial_balance,
)
from .services.ledger import Account
from .services.proposals import payers_of

BATCH = 500
BOOKS = "payments.ledger"
RIGHT = "payments.export_ledgerentry"
ALL = "all"
Options = Mapping[str, object]


def month_choices() -> list[tuple[str, object]]:
    """Each month of the books as 2026-10, the newest first; and all of them."""
    months = [f"{month:%Y-%m}" for month in months_of_the_books()]
    return [*((month, month) for month in months), (ALL, gettext_lazy("All months"))]


class MonthChoice(forms.Form):
    """Of which month."""

    month = forms.ChoiceField(label=pgettext_lazy("of the books", "Month"), choices=month_choices)

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own form takes them

    def options(self) -> dict[str, object]:
        return {"month": self.cleaned_data["month"]}


def scope_of(options: Options) -> Scope:
    """The month that was chosen, or everything."""
    month = str(options["month"])
    return Scope(None if month == ALL else date.fromisoformat(f"{month}-01"))


def _bookings(options: Options, user: User) -> "QuerySet[LedgerEntry, LedgerEntry]":
    """The debit side of each booking, with the account of its credit side; by day."""
    rows = scope_of(options).entries().filter(amount_krw__gt=0)
    other = LedgerEntry.objects.filter(booking=OuterRef("booking"), amount_krw__lt=0)
    rows = rows.annotate(credit=Subquery(other.values("account")[:1]))
    rows = rows.select_related("payment").order_by("day", "pk")
    return rows if user.has_perm(RIGHT) else rows.none()


def _journal_columns(_options: Options) -> list[object]:
    return [
        *(pgettext_lazy("journal", "Day"), pgettext_lazy("journal", "Booking")),
        *(pgettext_lazy("journal", "What"), pgettext_lazy("journal", "Debit account")),
        *(pgettext_lazy("journal", "Credit account"), pgettext_lazy("journal", "Amount (won)")),
        *(pgettext_lazy("journal", "Method"), pgettext_lazy("journal", "For")),
        *(pgettext_lazy("journal", "Number"), pgettext_lazy("journal", "Note")),
    ]


def _count_journal(options: Options, user: User) -> int:
    return _bookings(options, user).count()


def _journal(options: Options, user: User) -> Iterator[Record]:
    """By key, so that a long export holds no cursor."""
    rows, after = _bookings(options, user), Q()
    while batch := list(rows.filter(after)[:BATCH]):
        last = batch[-1]
        after = Q(day__gt=last.day) | Q(day=last.day, pk__gt=last.pk)
        yield from _lines(batch)


def _lines(batch: Sequence[LedgerEntry]) -> Iterator[Record]:
    payers = payers_of(list({entry.payment for entry in batch if entry.payment}))
    for entry in batch:
        payer = payers.get(entry.payment_id or 0)
        yield Record(
            str(entry.booking),
            [
                *(f"{entry.day:%Y-%m-%d}", str(entry.booking)[:8], entry.get_what_display()),
                entry.get_account_display(),
                str(Account(entry.credit).label),  # type: ignore[attr-defined]  # annotated
                str(entry.amount_krw),
                entry.payment.get_method_display() if entry.payment else "",
                *(payer.title if payer else "", payer.reference if payer else ""),
                entry.note,
            ],
        )


def _summary_columns(_options: Options) -> list[object]:
    return [
        *(pgettext_lazy("summary", "Month"), pgettext_lazy("summary", "Part")),
        *(pgettext_lazy("summary", "What"), pgettext_lazy("summary", "Amount (won)")),
    ]


def _count_summary(options: Options, user: User) -> int:
    return sum(1 for _record in _summary(options, user))


def _summary(options: Options, user: User) -> Iterator[Record]:
    """Each figure of the screen, then what stands in each account in the end."""
    if not user.has_perm(RIGHT):
        return
    scope, month, cards = scope_of(options), str(options["month"]), shows_cards()
    named = month if scope.month else _("All months")
    sums = sums_of(scope.entries())
    for figure in FIGURES:
        if cards or not figure.is_of_cards:
            cells = [named, _("Figures"), str(figure.label), str(total_of(figure, sums))]
            yield Record(f"{month}:{figure.name}", cells)
    for line in trial_balance(scope):
        cells = [named, _("Trial balance"), line.label, str(line.closing_krw)]
        yield Record(f"{month}:{line.account}", cells)


def _source(name: str, label: object, description: object, **parts: object) -> ExportSource:
    return ExportSource(
        name=name,
        label=label,
        description=description,
        permission=RIGHT,
        data_set=BOOKS,
        choose=MonthChoice,
        **parts,  # type: ignore[arg-type]  # columns, count and records, below
    )


SOURCES = (
    _source(
        "payments.journal",
        gettext_lazy("Journal of the books"),
        gettext_lazy("One line for each booking, for the accountant. Names nobody."),
        columns=_journal_columns,
        count=_count_journal,
        records=_journal,
    ),
    _source(
        "payments.months",
        gettext_lazy("Summary of a month"),
        gettext_lazy("The figures of the ledger and what stands in each account. Names nobody."),
        columns=_summary_columns,
        count=_count_summary,
        records=_summary,
    ),
)
