import uuid
from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.fields import EncryptedTextField

DAYS_TO_ANSWER = timedelta(days=10)  # Decree on the Act, art. 41 to 44.
OPEN = ("received", "working")
CLOSED = ("done", "refused")
KINDS = ("access", "correction", "erasure", "stop", "objection")


class RequestQuerySet(models.QuerySet):
    def open(self):
        return self.filter(status__in=OPEN)

    def overdue(self, today: date):
        return self.open().filter(due_on__lt=today)

    def most_urgent_first(self):
        """What waits, by the day it is due; then what is closed, the newest first."""
        is_closed = models.Case(models.When(status__in=CLOSED, then=1), default=0)
        due = models.Case(models.When(status__in=OPEN, then=F("due_on")))
        return self.order_by(is_closed, due, F("closed_at").desc(nulls_first=True), "-pk")


class Request(models.Model):
    """What somebody asks of us about their data, and by when the law wants an answer.

    PIPA art. 35 to 38 and 37-2; the day of receipt does not count.
    """

    class Kind(models.TextChoices):
        ACCESS = "access", pgettext_lazy("request", "Access")
        CORRECTION = "correction", pgettext_lazy("request", "Correction")
        ERASURE = "erasure", pgettext_lazy("request", "Erasure")
        STOP = "stop", pgettext_lazy("request", "Stop of processing")
        OBJECTION = "objection", pgettext_lazy("request", "Objection")

    class Status(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("request", "Received")
        WORKING = "working", pgettext_lazy("request", "In work")
        DONE = "done", pgettext_lazy("request", "Done")
        REFUSED = "refused", pgettext_lazy("request", "Refused")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(pgettext_lazy("request", "number"), max_length=9, unique=True)
    kind = models.CharField(pgettext_lazy("request", "kind"), max_length=10, choices=Kind.choices)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices)
    # Whether it came over a link in the mailbox: then the address is proven to be theirs.
    is_proven = models.BooleanField(_("identity"), default=False)
    name = EncryptedTextField(_("name"), max_length=40, blank=True)
    contact = EncryptedTextField(_("contact"), max_length=254)
    contact_index = models.BinaryField(max_length=32)
    words = EncryptedTextField(pgettext_lazy("request", "words"), max_length=2000)
    received_at = models.DateTimeField(pgettext_lazy("request", "received"))
    due_on = models.DateField(_("due on"))
    extended_at = models.DateTimeField(_("extended"), null=True)
    extension_reason = EncryptedTextField(max_length=500, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    answer = EncryptedTextField(_("answer"), max_length=2000, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request about personal data")
        verbose_name_plural = _("requests about personal data")
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=KINDS), name="rights_request_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=OPEN, closed_at__isnull=True)
                | Q(status__in=CLOSED, closed_at__isnull=False),
                name="rights_request_closed_has_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(status__in=OPEN), name="rights_request_waiting"
            ),
            models.Index(fields=["contact_index"], name="rights_request_by_contact"),
        ]

    def __str__(self):
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and timezone.localdate() > self.due_on

    @property
    def due_at(self) -> datetime:
        """The end of the last day."""
        end = datetime.combine(self.due_on + timedelta(days=1), time.min)
        return timezone.make_aware(end) - timedelta(microseconds=1)

    @property
    def has_mailbox(self) -> bool:
        """Whether it can be answered by mail; else somebody has to call."""
        return "@" in self.contact


def first_due_on(received_at: datetime) -> date:
    """The last day for an answer: ten days after the day of receipt, in Korea."""
    return timezone.localdate(received_at) + DAYS_TO_ANSWER
