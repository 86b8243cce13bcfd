from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from .payments import Payment

ACCOUNTS = ("bank", "cash", "receivable", "income", "unassigned", "refundable")


class LedgerEntry(models.Model):
    """One side of a booking. The entries of one ``booking`` add up to nothing. Whole won."""

    class Account(models.TextChoices):
        BANK = "bank", pgettext_lazy("ledger", "Bank")
        CASH = "cash", pgettext_lazy("ledger", "Cash")
        RECEIVABLE = "receivable", pgettext_lazy("ledger", "Owed to us")
        INCOME = "income", pgettext_lazy("ledger", "Income")
        UNASSIGNED = "unassigned", pgettext_lazy("ledger", "Deposits not matched")
        REFUNDABLE = "refundable", pgettext_lazy("ledger", "To be refunded")

    booking = models.UUIDField(db_index=True)
    account = models.CharField(max_length=12, choices=Account.choices)
    amount_krw = models.BigIntegerField()  # debit positive, credit negative
    payment = models.ForeignKey(
        Payment, null=True, on_delete=models.PROTECT, related_name="ledger_entries"
    )
    what = models.CharField(max_length=40)
    booked_at = models.DateTimeField()

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(account__in=ACCOUNTS), name="payments_ledger_account_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(amount_krw=0), name="payments_ledger_entry_is_not_nothing"
            ),
        ]
