import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TO_TELL = timedelta(hours=72)  # PIPA art. 34(1), (3); decree art. 39, 40.
REPORTED_FROM = 1_000
SHOWN_FOR = timedelta(days=30)  # Decree art. 39(3): where people can't be reached.

# What people must be told (PIPA art. 34(1)1 to 5; legal remedies since 2026).
ITEMS = ("leaked_items", "circumstances", "self_help", "measures", "contact", "remedies")


class BreachCaseQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at=None)


class BreachCase(models.Model):
    """유출 사고: what leaked, whom it concerns, what they are told, against a clock of 72 hours."""

    class Outcome(models.TextChoices):
        LEAKED = "leaked", _("Data leaked")
        NOT_LEAKED = "not_leaked", _("It turned out that nothing leaked")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=80)
    discovered_at = models.DateTimeField(_("we learned of it"), default=timezone.now)
    data_set = models.CharField(_("data set"), max_length=60)
    people_count = models.PositiveIntegerField(_("people concerned"), default=0)
    is_sensitive = models.BooleanField(_("sensitive or identity data is among it"), default=False)
    is_intrusion = models.BooleanField(_("somebody from outside broke in"), default=False)
    leaked_items = models.TextField(_("1. which data leaked"), blank=True)
    circumstances = models.TextField(_("2. when and how"), blank=True)
    self_help = models.TextField(_("3. what people can do themselves"), blank=True)
    measures = models.TextField(_("4. what we do, and how damage is made good"), blank=True)
    contact = models.TextField(_("5. where to report damage"), blank=True)
    remedies = models.TextField(_("6. legal remedies"), blank=True)
    report_reference = models.CharField(
        _("number of the report to the authority"), max_length=60, blank=True
    )
    mailing_started_at = models.DateTimeField(null=True)
    mailed = models.PositiveIntegerField(default=0)
    mailing_ended_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = BreachCaseQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of personal data", "breach")
        verbose_name_plural = pgettext_lazy("of personal data", "breaches")
        default_permissions = ("view", "add", "change")
        ordering = ["-discovered_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True)
                | Q(outcome="not_leaked")
                | Q(outcome="leaked") & ~Q(*[(name, "") for name in ITEMS], _connector=Q.OR),
                name="rights_breach_closed_is_told",
            )
        ]

    def __str__(self):
        return self.title

    @property
    def due_at(self) -> datetime:
        return self.discovered_at + TO_TELL

    @property
    def is_overdue(self) -> bool:
        return self.told_at is None and self.closed_at is None and timezone.now() > self.due_at

    @property
    def told_at(self) -> datetime | None:
        """When people began to hear of it, by mail or on the site."""
        moments = [moment for moment in (self.mailing_started_at, self.published_at) if moment]
        return min(moments, default=None)

    @property
    def must_be_reported(self) -> bool:
        """Whether the authority must hear of it within the same 72 hours (decree art. 40)."""
        return self.people_count >= REPORTED_FROM or self.is_sensitive or self.is_intrusion

    @property
    def untold(self) -> list[str]:
        """What people must be told and nobody has written yet."""
        return [name for name in ITEMS if not getattr(self, name).strip()]

    @property
    def shown_until(self) -> datetime | None:
        return self.published_at + SHOWN_FOR if self.published_at else None
