from django.db import models
from django.utils.translation import gettext_lazy as _


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
