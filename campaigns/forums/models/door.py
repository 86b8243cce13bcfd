import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .orders import Seat, Ticket
from .pages import ForumPage
from .parts import ForumSession


class Door(models.Model):
    """A phone at the door, let in by a supervisor's QR until midnight; nobody logs in with it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    forum = models.ForeignKey(ForumPage, on_delete=models.PROTECT, related_name="doors")
    label = models.CharField(_("where it stands"), max_length=40)
    token_hash = models.BinaryField(max_length=32, unique=True)  # of the QR; used up by one phone
    device_hash = models.BinaryField(max_length=32, null=True, unique=True)  # of its cookie
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))
    enrolled_at = models.DateTimeField(_("in use since"), null=True)
    ends_at = models.DateTimeField(_("ends"))
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        verbose_name = _("phone at the door")
        verbose_name_plural = _("phones at the door")
        default_permissions = ("view", "add", "change")


class CheckIn(models.Model):
    """Somebody came in to a session: once, whatever was scanned how often."""

    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="check_in")
    door = models.ForeignKey(Door, null=True, on_delete=models.PROTECT, related_name="check_ins")
    checked_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_in_at = models.DateTimeField(_("came in"))
    # By which the phone that let them in knows it again, however often it is told.
    nonce = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("check-in")
        default_permissions = ("view", "add")


class DoorIncident(models.Model):
    """Somebody let in who should not have been: a phone without network could not know.

    Of two comings of one seat the earlier is its check-in; the later stands here with its gate.
    """

    class Kind(models.TextChoices):
        DOUBLE = "double", pgettext_lazy("at the door", "Let in twice")
        CANCELLED = "cancelled", pgettext_lazy("at the door", "Let in though cancelled")
        UNPAID = "unpaid", pgettext_lazy("at the door", "Let in though not paid")
        OTHER_SESSION = "other_session", pgettext_lazy("at the door", "Let in without a seat")

    nonce = models.UUIDField(unique=True, editable=False)
    kind = models.CharField(_("what happened"), max_length=13, choices=Kind.choices)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="incidents")
    session = models.ForeignKey(ForumSession, on_delete=models.PROTECT, related_name="incidents")
    seat = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="incidents")
    door = models.ForeignKey(Door, null=True, on_delete=models.PROTECT, related_name="incidents")
    admitted_at = models.DateTimeField(_("let in"))
    heard_at = models.DateTimeField(_("told to the site"))

    class Meta:
        verbose_name = verbose_name_plural = _("incident at the door")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=("double", "cancelled", "unpaid", "other_session")),
                name="forums_incident_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(kind="double", seat__isnull=False)
                | (~Q(kind="double") & Q(seat__isnull=True)),
                name="forums_incident_double_has_seat",
            ),
        ]
