import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

INVITATION_LIFETIME = timedelta(days=7)


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Neither taken up nor taken back; its link may be too old."""
        return self.filter(accepted_at=None, revoked_at=None)


class Invitation(models.Model):
    """A person is asked to become staff; the account is made when they take it up."""

    class State(models.TextChoices):
        SENT = "sent", pgettext_lazy("invitation", "Waiting")
        EXPIRED = "expired", pgettext_lazy("invitation", "Link too old")
        ACCEPTED = "accepted", pgettext_lazy("invitation", "Taken up")
        REVOKED = "revoked", pgettext_lazy("invitation", "Taken back")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(pgettext_lazy("of a person", "Name"), max_length=60)
    email = models.EmailField(_("e-mail address"))
    groups = models.ManyToManyField(
        Group, verbose_name=_("roles"), blank=True, related_name="invitations"
    )
    is_administrator = models.BooleanField(
        _("Administrator"),
        default=False,
        help_text=_("May do everything, this included. Give it to two people at most."),
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="invitations_sent",
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="invitation",
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        # Who may add staff may invite them.
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(accepted_at=None, revoked_at=None),
                name="accounts_invitation_open_once",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None),
                name="accounts_invitation_one_end",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def state(self) -> State:
        if self.accepted_at:
            return self.State.ACCEPTED
        if self.revoked_at:
            return self.State.REVOKED
        over = self.sent_at + INVITATION_LIFETIME <= timezone.now()
        return self.State.EXPIRED if over else self.State.SENT

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None
