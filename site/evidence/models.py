from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Event(models.Model):
    """A link of one subject's chain. Rows are never changed: triggers refuse it."""

    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=60)
    actor = models.CharField(_("actor"), max_length=64)
    occurred_at = models.DateTimeField(_("time"))
    values_digest = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "sequence"], name="evidence_event_sequence"
            )
        ]

    def __str__(self):
        return f"{self.subject_type} {self.subject_id} #{self.sequence} {self.kind}"


class EventValues(models.Model):
    """The salt and the words behind an event's digest. Erasing them leaves the proof standing."""

    event = models.OneToOneField(
        Event, primary_key=True, on_delete=models.CASCADE, related_name="payload"
    )
    salt = models.CharField(max_length=32)
    values = models.JSONField()

    class Meta:
        default_permissions = ()


class WaitingEvent(models.Model):
    """An event on its way to its chain: written in one statement, without waiting for anybody."""

    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    kind = models.CharField(max_length=60)
    actor = models.CharField(max_length=64)
    occurred_at = models.DateTimeField()
    values = models.JSONField()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="evidence_waiting_subject")
        ]


class DayHead(models.Model):
    """All events up to the end of a day in one number. Rows are never changed: triggers refuse it.

    Days follow each other; a day on which no worker ran has none.
    """

    date = models.DateField(pgettext_lazy("of a head", "day"), primary_key=True)
    count = models.PositiveBigIntegerField(_("events"))
    root = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(_("head"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("daily head")
        verbose_name_plural = _("daily heads")
        default_permissions = ()
        ordering = ["date"]

    def __str__(self):
        return f"{self.date} {self.hash}"


class EvidenceCheck(models.Model):
    """What a check of everything found. ``faults`` are the first of them: where, and why."""

    checked_at = models.DateTimeField()
    events = models.PositiveBigIntegerField()
    chains = models.PositiveBigIntegerField()
    heads = models.PositiveIntegerField()
    found = models.PositiveIntegerField()
    faults = models.JSONField(default=list)

    class Meta:
        default_permissions = ("view",)
        verbose_name = _("check of the evidence")
        verbose_name_plural = _("checks of the evidence")
        get_latest_by = "checked_at"

    def __str__(self):
        return f"{self.checked_at:%Y-%m-%d %H:%M} {self.found}"

    @property
    def holds(self):
        return self.found == 0
