from django.db import models


class LedgerCheck(models.Model):
    """What the nightly comparison found: kinds of faults, with ids of rows and no names."""

    checked_at = models.DateTimeField()
    faults = models.JSONField(default=list)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["-checked_at"], name="payments_latest_check")]
