from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from .payments import Payment

ACCOUNTS = (
    *("bank", "cash", "receivable", "income", "unassigned", "refundable"),
    *("card", "fees", "adjusted"),
)


class LedgerEntry(models.Model):
    """One side of a booking. The entries of one ``booking`` add up to nothing. Whole won."""

    class Account(models.TextChoices):
        BANK = "bank", pgettext_lazy("ledger", "Bank")
        CASH = "cash", pgettext_lazy("ledger", "Cash")
        RECEIVABLE = "receivable", pgettext_lazy("ledger", "Owed to us")
        INCOME = "income", pgettext_lazy("ledger", "Income")
        UNASSIGNED = "unassigned", pgettext_lazy("ledger", "Deposits not matched")
        REFUNDABLE = "refundable", pgettext_lazy("ledger", "To be refunded")
        CARD = "card", pgettext_lazy("ledger", "At the card company")
        FEES = "fees", pgettext_lazy("ledger", "Fees of the card company")
        ADJUSTED = "adjusted", pgettext_lazy("ledger", "Disputed and adjusted by the card company")

    class What(models.TextChoices):
        OPENED = "opened", pgettext_lazy("ledger", "Registered")
        CLOSED = "closed", pgettext_lazy("ledger", "Closed without payment")
        REOPENED = "reopened", pgettext_lazy("ledger", "Taken up again")
        DEPOSIT = "deposit", pgettext_lazy("ledger", "Deposit arrived")
        MATCHED = "matched", pgettext_lazy("ledger", "Deposit matched")
        UNMATCHED = "unmatched", pgettext_lazy("ledger", "Match undone")
        MARKED = "marked", pgettext_lazy("ledger", "Marked by hand")
        UNMARKED = "unmarked", pgettext_lazy("ledger", "Mark taken back")
        CARD_PAID = "card_paid", pgettext_lazy("ledger", "Paid by card")
        CARD_FEE = "card_fee", pgettext_lazy("ledger", "Fee of a card payment")
        PAYOUT = "payout", pgettext_lazy("ledger", "Paid out by the card company")
        PAYOUT_FAILED = "payout_fail", pgettext_lazy("ledger", "Payout did not reach the bank")
        REFUND_ASKED = "refund_asked", pgettext_lazy("ledger", "Refund asked for")
        REFUND_SENT = "refund_sent", pgettext_lazy("ledger", "Refund sent")
        REFUND_DROPPED = "refund_drop", pgettext_lazy("ledger", "Refund dropped")
        REFUND_FAILED = "refund_fail", pgettext_lazy("ledger", "Refund did not arrive")
        ADJUSTED = "adjusted", pgettext_lazy("ledger", "Adjusted by the card company")

    booking = models.UUIDField()
    account = models.CharField(max_length=12, choices=Account.choices)
    amount_krw = models.BigIntegerField()  # debit positive, credit negative
    payment = models.ForeignKey(
        Payment, null=True, on_delete=models.PROTECT, related_name="ledger_entries"
    )
    what = models.CharField(max_length=12, choices=What.choices)
    note = models.CharField(max_length=200, blank=True)  # why, in a person's words
    booked_by = models.ForeignKey(  # empty where a rule did it
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    booked_at = models.DateTimeField()
    # The day that it counts for: the bank's where a bank printed one and its month was open.
    day = models.DateField(default=timezone.localdate)

    class Meta:
        default_permissions = ("view", "export")
        indexes = [models.Index(fields=["day"], name="payments_ledger_by_day")]
        constraints = [
            # Also what keeps a deposit that is imported twice from being booked twice.
            models.UniqueConstraint(
                fields=["booking", "account"], name="payments_ledger_account_once"
            ),
            models.CheckConstraint(
                condition=Q(account__in=ACCOUNTS), name="payments_ledger_account_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(amount_krw=0), name="payments_ledger_entry_is_not_nothing"
            ),
        ]
