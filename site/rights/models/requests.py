import uuid
from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.fields import EncryptedTextField

from ..dates import end_of_term

DAYS_TO_ANSWER = 10  # Decree on the Act, art. 41 to 44.
OPEN = ("received", "working")
CLOSED = ("done", "refused")
KINDS = ("access", "correction", "erasure", "stop", "objection")
CHANNELS = ("link", "form", "phone", "post", "visit", "email", "fax")
IDENTITIES = ("mailbox", "document", "callback", "details", "proxy")


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

    PIPA art. 35 to 38 and 37-2.
    """

    class Kind(models.TextChoices):
        ACCESS = "access", pgettext_lazy("request", "Access")
        CORRECTION = "correction", pgettext_lazy("request", "Correction")
        ERASURE = "erasure", pgettext_lazy("request", "Erasure")
        STOP = "stop", pgettext_lazy("request", "Stop of processing")
        OBJECTION = "objection", pgettext_lazy("request", "Objection")

    class Channel(models.TextChoices):
        """How a request came in, or how its answer went out."""

        LINK = "link", pgettext_lazy("request came by", "A link in the mailbox")
        FORM = "form", pgettext_lazy("request came by", "The form on the site")
        PHONE = "phone", pgettext_lazy("request came by", "Telephone")
        POST = "post", pgettext_lazy("request came by", "Post")
        VISIT = "visit", pgettext_lazy("request came by", "In person")
        EMAIL = "email", pgettext_lazy("request came by", "E-mail")
        FAX = "fax", pgettext_lazy("request came by", "Fax")

    class Identity(models.TextChoices):
        """How we know that it is them; no copy of a document is kept."""

        MAILBOX = "mailbox", _("The request came over the link in their mailbox")
        DOCUMENT = "document", _("Saw an identity document and gave it back; no copy is kept")
        CALLBACK = "callback", _("Called back the number that we had already")
        DETAILS = "details", _("They knew what only they can know, such as a reference number")
        PROXY = "proxy", _("Saw the letter of authority and the identity of who acts for them")

    class Status(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("request", "Received")
        WORKING = "working", pgettext_lazy("request", "In work")
        DONE = "done", pgettext_lazy("request", "Done")
        REFUSED = "refused", pgettext_lazy("request", "Refused")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(pgettext_lazy("request", "number"), max_length=9, unique=True)
    kind = models.CharField(pgettext_lazy("request", "kind"), max_length=10, choices=Kind.choices)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices)
    channel = models.CharField(
        pgettext_lazy("request", "came by"),
        max_length=5,
        choices=Channel.choices,
        default=Channel.FORM,
    )
    # Empty until somebody knows.
    identity = models.CharField(_("identity"), max_length=8, choices=Identity.choices, blank=True)
    name = EncryptedTextField(_("name"), max_length=40, blank=True)
    contact = EncryptedTextField(_("contact"), max_length=254)
    contact_index = models.BinaryField(max_length=32)
    words = EncryptedTextField(pgettext_lazy("request", "words"), max_length=2000)
    received_at = models.DateTimeField(pgettext_lazy("request", "received"))
    due_on = models.DateField(_("due on"))
    extended_at = models.DateTimeField(_("extended"), null=True)
    extension_reason = EncryptedTextField(max_length=500, blank=True)
    extension_told_by = models.CharField(max_length=5, choices=Channel.choices, blank=True)
    extension_told_on = models.DateField(null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    answer = EncryptedTextField(_("answer"), max_length=2000, blank=True)
    answered_by = models.CharField(
        pgettext_lazy("request", "answered by"), max_length=5, choices=Channel.choices, blank=True
    )
    answered_on = models.DateField(pgettext_lazy("request", "answered on"), null=True)

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
            models.CheckConstraint(
                condition=Q(channel__in=CHANNELS), name="rights_request_channel_is_known"
            ),
            models.CheckConstraint(
                condition=Q(identity__in=["", *IDENTITIES]), name="rights_request_identity_is_known"
            ),
            models.CheckConstraint(
                condition=Q(answered_by="", answered_on=None)
                | Q(answered_by__in=CHANNELS, answered_on__isnull=False, closed_at__isnull=False),
                name="rights_request_answered_some_way",
            ),
            models.CheckConstraint(
                condition=Q(extension_told_by="", extension_told_on=None)
                | Q(
                    extension_told_by__in=CHANNELS,
                    extension_told_on__isnull=False,
                    extended_at__isnull=False,
                ),
                name="rights_request_extension_told_some_way",
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
    def days_left(self) -> int:
        """How many days remain; 0 on the last, less than 0 after it."""
        return (self.due_on - timezone.localdate()).days

    @property
    def due_at(self) -> datetime:
        """The end of the last day."""
        end = datetime.combine(self.due_on + timedelta(days=1), time.min)
        return timezone.make_aware(end) - timedelta(microseconds=1)

    @property
    def is_proven(self) -> bool:
        """Whether somebody knows that it is them."""
        return bool(self.identity)

    @property
    def has_mailbox(self) -> bool:
        """Whether it is answered by mail; else somebody has to call or write."""
        return "@" in self.contact


def first_due_on(received_at: datetime) -> date:
    """The last day for an answer: ten days after the day of receipt, in Korea."""
    return end_of_term(timezone.localdate(received_at), DAYS_TO_ANSWER)
