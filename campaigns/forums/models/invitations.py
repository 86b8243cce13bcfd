import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy.fields import EncryptedTextField

from .pages import ForumPage


class Invitation(models.Model):
    """Opens what is not public: to an organisation's representatives, or to invited people."""

    forum = models.ForeignKey(ForumPage, on_delete=models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(
        "network.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    label = models.CharField(_("for whom"), max_length=80, blank=True)
    code = EncryptedTextField(_("code"), max_length=20)
    code_index = models.BinaryField(max_length=32)
    seats = models.PositiveSmallIntegerField(_("seats"))
    email = EncryptedTextField(_("e-mail"), max_length=254, null=True)
    email_domain = models.CharField(
        _("domain of their addresses"),
        max_length=80,
        blank=True,
        help_text=_("Whoever proves an address of this domain needs no code."),
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        verbose_name = _("invitation to a forum")
        verbose_name_plural = _("invitations to a forum")
        default_permissions = ("view", "add", "change")
        constraints = [
            models.UniqueConstraint(fields=["code_index"], name="forums_invitation_code"),
            models.UniqueConstraint(
                fields=["forum", "organisation"],
                condition=Q(revoked_at=None),
                name="forums_organisation_invited_once",
            ),
        ]

    def __str__(self):
        return self.label or str(self.organisation or "")


class InvitationRequest(models.Model):
    """Somebody says to be of an invited organisation: a link goes to the address, which proves it.

    Deleted after a day.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="requests")
    email = EncryptedTextField(_("e-mail"), max_length=254)
    asked_at = models.DateTimeField(_("asked for"), db_index=True)

    class Meta:
        default_permissions = ()
