from django.db import models


class LedgerCheck(models.Model):
    """What the nightly comparison found: kinds of faults, with ids of rows and no names."""

    checked_at = models.DateTimeField()
    faults = models.JSONField(default=list)
    # What the card company said it owes us, and what our books said; empty where nobody asked.
    card_company_krw = models.BigIntegerField(null=True)
    card_books_krw = models.BigIntegerField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["-checked_at"], name="payments_latest_check")]
