from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class MonthClose(models.Model):
    """A month that was counted and closed: triggers let nothing more be booked in it.

    Opening it again is asked for by one person and allowed by another; the row stays as it was.
    """

    month = models.DateField(_("month"))  # its first day
    totals = models.JSONField()  # what the screen said, by name
    entries = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)  # of all its entries
    note = models.CharField(_("note"), max_length=300, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed"))
    reopen_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reopen_asked_at = models.DateTimeField(null=True)
    reopen_reason = models.CharField(max_length=200, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reopened_at = models.DateTimeField(_("opened again"), null=True)

    class Meta:
        verbose_name = _("closed month")
        verbose_name_plural = _("closed months")
        default_permissions = ("view", "add", "approve")
        constraints = [
            models.UniqueConstraint(
                fields=["month"], condition=Q(reopened_at=None), name="payments_month_closed_once"
            ),
            models.CheckConstraint(
                condition=Q(reopened_at=None, reopened_by=None)
                | Q(
                    reopened_at__isnull=False,
                    reopened_by__isnull=False,
                    reopen_asked_by__isnull=False,
                ),
                name="payments_month_reopened_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(reopened_by=None) | ~Q(reopened_by=F("reopen_asked_by")),
                name="payments_month_reopened_by_two",
            ),
        ]
