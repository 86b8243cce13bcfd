import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .orders import Seat
from .pages import ForumPage


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

    class Meta:
        verbose_name = _("check-in")
        default_permissions = ("view", "add")
