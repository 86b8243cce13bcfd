import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.fields import EncryptedTextField

# How long a finished file can be fetched.
FETCHABLE = timedelta(hours=24)
STATES = ("queued", "running", "done", "failed", "cancelled", "expired")
ENDED = ("failed", "cancelled", "expired")
# What a finished file can have: its key is missing (with the key's id after a colon), or damage.
KEY_MISSING, DAMAGED = "key_missing", "damaged"


class ExportJobQuerySet(models.QuerySet):
    def under_way(self):
        return self.filter(state__in=["queued", "running"])

    def past_their_time(self):
        """Finished files whose time to be fetched is over."""
        return self.filter(state=ExportJob.State.DONE, expires_at__lte=timezone.now())


class ExportJob(models.Model):
    """Personal data that somebody takes out: who, what, why, how far, until when.

    The row stays when its file is gone: it is the register of exports.
    """

    class State(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("export", "Waiting")
        RUNNING = "running", pgettext_lazy("export", "Running")
        DONE = "done", pgettext_lazy("export", "Ready")
        FAILED = "failed", pgettext_lazy("export", "Failed")
        CANCELLED = "cancelled", pgettext_lazy("export", "Cancelled")
        EXPIRED = "expired", pgettext_lazy("export", "File deleted")

    class Format(models.TextChoices):
        XLSX = "xlsx", _("Excel (.xlsx)")
        CSV = "csv", _("CSV (opens in Excel and Hangul)")

    class Purpose(models.TextChoices):
        HAND_OVER = "hand_over", _("Handing over to whom it is addressed")
        VERIFICATION = "verification", _("Checking signatures")
        REQUEST = "request", _("Request of a person or an authority")
        REPORT = "report", _("Report inside the coalition")
        OTHER = "other", pgettext_lazy("purpose", "Other")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.CharField(max_length=60)
    options = models.JSONField(default=dict)  # Which rows; names no person.
    format = models.CharField(_("format"), max_length=4, choices=Format.choices)
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose.choices)
    reason = EncryptedTextField(_("reason"), max_length=300)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("requested by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    address = EncryptedTextField(max_length=45)  # From where it was asked for.
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.QUEUED)
    # Who writes the file now: a run that was overtaken sees another id and stops.
    run = models.UUIDField(null=True)
    total = models.PositiveIntegerField(_("rows"), default=0)
    written = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    digest = models.CharField(max_length=64, blank=True)
    manifest = models.TextField(blank=True)  # What the file is, as JSON; names no person.
    manifest_digest = models.CharField(max_length=64, blank=True)
    problem = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(_("requested"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True)
    expires_at = models.DateTimeField(_("can be fetched until"), null=True)
    downloads = models.PositiveIntegerField(_("downloads"), default=0)

    objects = ExportJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        default_permissions = ("view", "add")
        indexes = [
            models.Index(fields=["-created_at"], name="exports_job_latest"),
            models.Index(
                fields=["expires_at"], condition=Q(state="done"), name="exports_job_expiry"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="exports_job_state"),
            models.CheckConstraint(
                condition=~Q(state="done")
                | Q(finished_at__isnull=False, expires_at__isnull=False)
                & ~Q(digest="")
                & ~Q(manifest_digest=""),
                name="exports_job_done_is_whole",
            ),
        ]

    def __str__(self):
        return str(self.public_id)[:8]

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.RUNNING)

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.DONE and self.expires_at > timezone.now()

    @property
    def missing_key(self) -> str:
        """The id of the key without which the file can't be read, when that was last seen."""
        kind, _colon, key_id = self.problem.partition(":")
        return key_id if kind == KEY_MISSING else ""

    @property
    def percent(self) -> int:
        return min(100, self.written * 100 // self.total) if self.total else 0


class ExportChunk(models.Model):
    """A piece of a file, encrypted: no disk holds it in clear, and every server can serve it."""

    job = models.ForeignKey(ExportJob, on_delete=models.CASCADE, related_name="chunks")
    run = models.UUIDField()
    position = models.PositiveIntegerField()
    content = EncryptedTextField()  # base64

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["job", "run", "position"], name="exports_chunk_position"
            )
        ]
