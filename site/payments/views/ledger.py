"""One ledger: what is expected, came, went back and waits; and the entries behind each sum."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import F, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_required

from privacy.dates import day_begins

from ..models import Deposit, LedgerEntry, Payment, Refund
from ..services.card_comparison import payouts_on_the_way
from ..services.figures import (
    FIGURES,
    OF_A_GROUP,
    OF_CARDS,
    figure_named,
    group_lines,
    group_of,
    shows_cards,
    sums_of,
    total_of,
    trial_balance,
)
from ..services.ledger import Account, What
from ..services.proposals import payers_of
from .frame import EXPORT, VIEW_LEDGER, page_of, show
from .scopes import ALL, address, group_choices, month_choices, month_name, query_of, scope_from

CARD_KINDS = (
    *(What.CARD_PAID, What.CARD_FEE, What.PAYOUT, What.PAYOUT_FAILED),
    *(What.REFUND_FAILED, What.ADJUSTED),
)


@dataclass(frozen=True)
class Line:
    """One sum with the way to what is behind it."""

    name: str
    label: str
    amount_krw: int
    url: str
    note: str = ""
    warns: bool = False


@require_safe
@permission_required(VIEW_LEDGER)
def ledger(request):
    scope, cards = scope_from(request.GET), shows_cards()
    sums = sums_of(scope.entries())
    accounts = trial_balance(scope)
    return show(
        request,
        "ledger",
        pgettext("treasury", "Ledger"),
        scope=scope,
        month=month_name(scope.month) if scope.month else _("All months"),
        months=month_choices(),
        groups=group_choices(),
        chosen_month=f"{scope.month:%Y-%m}" if scope.month else ALL,
        chosen_group=request.GET.get("of", ""),
        lines=[_line(figure, scope, sums) for figure in _figures(cards)],
        waiting=list(_waiting(scope, cards)),
        accounts=[(line, _of_account(scope, line.account)) for line in accounts],
        off_krw=(off := sum(line.closing_krw for line in accounts)),
        gap_krw=abs(off),
        columns=[figure.label for figure in _columns(cards)],
        by_group=[_by_group(line, scope, cards) for line in group_lines(scope)],
        entries_url=address("payments_entries", scope),
        exports=_exports(request, scope),
    )


def _figures(cards):
    return [figure for figure in FIGURES if cards or not figure.is_of_cards]


def _columns(cards):
    return [figure for figure in _figures(cards) if figure.name in OF_A_GROUP]


def _line(figure, scope, sums):
    url = address("payments_entries", scope, figure=figure.name)
    return Line(figure.name, figure.label, total_of(figure, sums), url, figure.note)


def _of_account(scope, account):
    return address("payments_entries", scope, account=account)


def _by_group(line, scope, cards):
    own = replace(scope, purpose=line.purpose, group=line.group)
    cells = [
        (line.totals[figure.name], address("payments_entries", own, figure=figure.name))
        for figure in _columns(cards)
    ]
    return line.title, address("payments_ledger", own), cells


def _exports(request, scope):
    """Both files, with the month chosen already; for who may take them out."""
    if not request.user.has_perm(EXPORT) or scope.purpose:
        return []
    month = f"{scope.month:%Y-%m}" if scope.month else ALL
    sources = (
        ("payments.journal", pgettext("ledger", "Journal as a file")),
        ("payments.months", pgettext("ledger", "Summary as a file")),
    )
    return [
        (f"{reverse('exports:start', args=[name])}?month={month}", label) for name, label in sources
    ]


def _waiting(scope, cards):
    """What somebody must still do about money of this month or forum; each with its screen."""
    asked = _within(Refund.objects.filter(state=Refund.State.ASKED), scope, "asked_at", "payment__")
    yield _wait(
        "to_send", pgettext("ledger", "Refunds to send"), asked, "amount_krw", "payments_refunds"
    )
    late = _within(Payment.objects.without_seat(), scope, "paid_at")
    rest = F("received_krw") - F("refunded_krw")
    label = pgettext("ledger", "Paid after the seats were gone")
    yield _wait("late", label, late, rest, "payments_no_seat")
    if scope.purpose:
        return
    deposits = _within(Deposit.objects.filter(state=Deposit.State.OPEN), scope, "occurred_at")
    rest = F("amount_krw") - F("matched_krw")
    label = pgettext("still to be done", "Deposits not matched")
    yield _wait("unmatched", label, deposits, rest, "payments_reconcile")
    if cards:
        total = sum(payout.amount_krw for payout in payouts_on_the_way())
        label = pgettext("ledger", "On the way from the card company to the bank")
        yield Line("on_the_way", label, total, address("payments_entries", scope, figure="payouts"))


def _within(rows, scope, moment, prefix=""):
    if scope.month:
        span = {f"{moment}__gte": day_begins(scope.month), f"{moment}__lt": day_begins(scope.end)}
        rows = rows.filter(**span)
    if scope.purpose:
        rows = rows.filter(**{f"{prefix}purpose": scope.purpose})
    if scope.group:
        rows = rows.annotate(group=group_of(prefix)).filter(group=scope.group)
    return rows


def _wait(name, label, rows, amount, screen):
    total = rows.aggregate(total=Sum(amount, default=0))["total"]
    return Line(name, label, total, reverse(screen), warns=bool(total))


@require_safe
@permission_required(VIEW_LEDGER)
def entries(request):
    """The rows behind a sum. Names nobody: only the number of a registration stands there."""
    scope, cards = scope_from(request.GET), shows_cards()
    rows, chosen = _chosen(request.GET, scope.entries())
    page = page_of(request, rows.select_related("payment", "booked_by").order_by("-day", "-pk"))
    found = list(page.object_list)
    figure = figure_named(chosen.get("figure", ""))
    total = rows.aggregate(total=Sum("amount_krw", default=0))["total"]
    return show(
        request,
        "entries",
        _("Entries"),
        page=page,
        rows=_entry_rows(found, scope),
        total=total * (figure.sign if figure else 1),
        figure=figure,
        months=month_choices(),
        groups=group_choices(),
        chosen_month=f"{scope.month:%Y-%m}" if scope.month else ALL,
        chosen_group=request.GET.get("of", ""),
        accounts=[one for one in Account.choices if cards or one[0] not in OF_CARDS],
        kinds=[one for one in What.choices if cards or one[0] not in CARD_KINDS],
        chosen=chosen,
        query=query_of(scope, **chosen),
        ledger_url=address("payments_ledger", scope),
    )


def _chosen(query, rows):
    """The entries that the address asks for, and what of it could be read."""
    chosen = {}
    if figure := figure_named(query.get("figure", "")):
        rows, chosen["figure"] = rows.filter(figure.entries), figure.name
    if query.get("account") in Account.values:
        rows, chosen["account"] = rows.filter(account=query["account"]), query["account"]
    if query.get("what") in What.values:
        rows, chosen["what"] = rows.filter(what=query["what"]), query["what"]
    if payment := _uuid(query.get("payment", "")):
        rows, chosen["payment"] = rows.filter(payment__public_id=payment), str(payment)
    return rows, chosen


def _uuid(text):
    try:
        return UUID(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class EntryRow:
    entry: LedgerEntry
    title: str
    reference: str
    url: str  # all entries of the same payment

    @property
    def debit_krw(self):
        return max(self.entry.amount_krw, 0)

    @property
    def credit_krw(self):
        return max(-self.entry.amount_krw, 0)


def _entry_rows(found, scope):
    payers = payers_of(list({entry.payment for entry in found if entry.payment}))
    return [_entry_row(entry, payers.get(entry.payment_id), scope) for entry in found]


def _entry_row(entry, payer, scope):
    if entry.payment is None:
        return EntryRow(entry, "", "", "")
    everything = replace(scope, month=None, purpose="", group="")
    url = address("payments_entries", everything, payment=str(entry.payment.public_id))
    reference = payer.reference if payer else str(entry.payment.public_id)[:8]
    return EntryRow(entry, payer.title if payer else "", reference, url)
