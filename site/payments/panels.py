"""What waits for the treasurer, on the first screen of the admin."""

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from desk.panels import TodoItem

from .gateways.stripe_checkout import takes_cards
from .models import (
    AccountChange,
    CardAttempt,
    Deposit,
    LedgerCheck,
    MonthClose,
    Payment,
    Refund,
)
from .services.months import months_overdue
from .services.payouts import lost_payouts


def todo_items(user) -> list[TodoItem]:
    """Deposits to match, refunds to send, changes to approve, and whether the books agree."""
    return [
        *_daily(user),
        *_disputes(user),
        *_changes(user),
        *_faults(user),
        *_books(user),
        *_payouts(user),
        *_reopenings(user),
    ]


def _daily(user):
    lists = (
        (
            "payments.change_deposit",
            Deposit.objects.filter(state=Deposit.State.OPEN),
            _("Deposits to match"),
            "payments_reconcile",
        ),
        (
            "payments.change_payment",
            Payment.objects.without_seat(),
            _("Paid without a seat"),
            "payments_no_seat",
        ),
        (
            "payments.change_refund",
            Refund.objects.filter(state=Refund.State.ASKED),
            _("Refunds to send"),
            "payments_refunds",
        ),
    )
    for right, rows, label, name in lists:
        if user.has_perm(right) and (number := rows.count()):
            yield TodoItem(label, reverse(name), number)


def _disputes(user):
    """Answered at the card company, in time."""
    if not user.has_perm("payments.change_refund"):
        return
    disputed = CardAttempt.objects.filter(dispute=CardAttempt.Dispute.OPEN)
    counted = disputed.aggregate(number=Count("pk"), due_at=Min("dispute_due_at"))
    if counted["number"]:
        yield TodoItem(
            _("Disputed card payments to answer"),
            reverse("payments_refunds"),
            counted["number"],
            due_at=counted["due_at"],
            note=_("Answered on the card company's own site."),
        )


def _changes(user):
    """Not to who asked: another person must look."""
    if not user.has_perm("payments.approve_accountchange"):
        return
    waiting = AccountChange.objects.filter(decision=AccountChange.Decision.WAITING)
    if number := waiting.exclude(asked_by=user).count():
        yield TodoItem(_("Bank account changes to approve"), reverse("payments_accounts"), number)


def _faults(user):
    if not user.has_perm("payments.change_payment"):
        return
    check = LedgerCheck.objects.order_by("-checked_at").first()
    if check and check.faults:
        label = _("The nightly comparison of the books found differences")
        note = _("Tell your administrator: the log says which rows.")
        yield TodoItem(label, reverse("payments_reconcile"), len(check.faults), note=note)


def _books(user):
    """A month that nobody closed in time, and what the card company says otherwise."""
    if not user.has_perm("payments.add_monthclose"):
        return
    if number := len(months_overdue()):
        yield TodoItem(_("Months to close"), reverse("payments_months"), number)
    if not takes_cards():
        return
    check = LedgerCheck.objects.exclude(card_company_krw=None).order_by("-checked_at").first()
    if check and check.card_company_krw != check.card_books_krw:
        label = _("The card company's balance and the books differ")
        yield TodoItem(label, reverse("payments_card_books"))
    stuck = Refund.objects.filter(state=Refund.State.ASKED).exclude(problem="")
    if number := stuck.count():
        label = _("Refunds that did not go to their card")
        yield TodoItem(label, reverse("payments_refunds"), number)


def _payouts(user):
    """Until the company sends something again: then its bank account is in order."""
    if not takes_cards() or not user.has_perm("payments.add_monthclose"):
        return
    lost = [one for one in lost_payouts() if one.is_open and not one.was_called_off]
    if lost:
        label = _("Payouts that did not reach the bank")
        note = _("Check the bank account on the card company's own site.")
        yield TodoItem(label, reverse("payments_card_books"), len(lost), note=note)


def _reopenings(user):
    """Not to who asked: another person must look."""
    if not user.has_perm("payments.approve_monthclose"):
        return
    asked = MonthClose.objects.filter(reopened_at=None, reopen_asked_by__isnull=False)
    if number := asked.exclude(reopen_asked_by=user).count():
        yield TodoItem(_("Months to be opened again"), reverse("payments_months"), number)
