import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.fields import EncryptedTextField

from .contacts import ContactPoint
from .respondents import Respondent


class Invitation(models.Model):
    """A respondent, or somebody who signs for them, is asked; the link is known to nobody here.

    Its link is a token of ``pledges.tokens``: a renewed one makes the old one worthless.
    """

    class Role(models.TextChoices):
        SELF = "self", pgettext_lazy("invitation", "In person")
        DELEGATE = "delegate", pgettext_lazy("invitation", "As delegate")

    class Channel(models.TextChoices):
        MAIL = "mail", pgettext_lazy("invitation", "By mail")
        TEXT = "text", pgettext_lazy("invitation", "By text message")
        LETTER = "letter", pgettext_lazy("invitation", "By letter with QR")
        ON_SITE = "on_site", pgettext_lazy("invitation", "On site")

    class State(models.TextChoices):
        PREPARED = "prepared", pgettext_lazy("invitation", "Prepared")
        SENT = "sent", pgettext_lazy("invitation", "Invited")
        OPENED = "opened", pgettext_lazy("invitation", "Opened")  # by pressing, never by loading
        VERIFIED = "verified", pgettext_lazy("invitation", "Answering")
        ANSWERED = "answered", pgettext_lazy("invitation", "Answered")
        SIGNED = "signed", pgettext_lazy("invitation", "Signed")
        DECLINED = "declined", pgettext_lazy("invitation", "Declined")
        BOUNCED = "bounced", pgettext_lazy("invitation", "Did not arrive")
        EXPIRED = "expired", pgettext_lazy("invitation", "Expired")
        REVOKED = "revoked", pgettext_lazy("invitation", "Revoked")
        WRONG_PERSON = "wrong_person", pgettext_lazy("invitation", "Wrong person")

    DEAD = (State.BOUNCED, State.REVOKED, State.WRONG_PERSON)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    respondent = models.ForeignKey(Respondent, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(_("role"), max_length=8, choices=Role.choices, default=Role.SELF)
    channel = models.CharField(_("way"), max_length=7, choices=Channel.choices)
    contact = models.ForeignKey(
        ContactPoint, null=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.PREPARED
    )
    expires_at = models.DateTimeField(_("valid until"), null=True)
    invited_at = models.DateTimeField(_("invited"), null=True)
    late_reason = models.CharField(
        _("why later than others of the contest"), max_length=200, blank=True
    )
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    reminded_at = models.DateTimeField(_("reminded"), null=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = pgettext_lazy("pledges", "invitation")
        verbose_name_plural = pgettext_lazy("pledges", "invitations")
        default_permissions = ("view", "add", "change")
        constraints = [
            models.UniqueConstraint(
                fields=["respondent", "role"],
                condition=~Q(state__in=["bounced", "revoked", "wrong_person"]),
                name="pledges_one_living_invitation",
            ),
            models.CheckConstraint(
                condition=Q(reminders__lte=3), name="pledges_reminders_at_most_three"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["prepared", "revoked"]) | Q(invited_at__isnull=False),
                name="pledges_invitation_sent_when",
            ),
        ]


class IdentityCheck(models.Model):
    """A six-digit code, or a look at an identity card on site. Each proves one act, once."""

    class Purpose(models.TextChoices):
        OPEN = "open", pgettext_lazy("identity check", "To answer")
        SIGN = "sign", pgettext_lazy("identity check", "To sign")
        WITHDRAW = "withdraw", pgettext_lazy("identity check", "To withdraw")
        DELEGATE = "delegate", pgettext_lazy("identity check", "To name a delegate")

    class Method(models.TextChoices):
        MAIL_CODE = "mail_code", _("Code sent by mail")
        TEXT_CODE = "text_code", _("Code sent by text message")
        ON_SITE = "on_site", _("Identity checked on site")

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="checks")
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    method = models.CharField(max_length=9, choices=Method.choices)
    code_salt = models.BinaryField(max_length=16, null=True)
    code_digest = models.BinaryField(max_length=32, null=True)
    browser_digest = models.BinaryField(max_length=32, null=True)  # the session it was asked in
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(_("asked for"))
    expires_at = models.DateTimeField()
    passed_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(method="on_site", code_digest=None, checked_by__isnull=False)
                | Q(method__in=["mail_code", "text_code"], checked_by=None),
                name="pledges_check_by_code_or_person",
            ),
            models.CheckConstraint(condition=Q(tries__lte=5), name="pledges_check_five_tries"),
        ]


class Delegation(models.Model):
    """Somebody answers and signs for a respondent, and by what right."""

    class Proof(models.TextChoices):
        OWN_ADDRESS = "own_address", pgettext_lazy("delegation", "The candidate's own address")
        DOCUMENT = "document", pgettext_lazy("delegation", "Power of attorney")

    invitation = models.OneToOneField(
        Invitation, on_delete=models.PROTECT, related_name="delegation"
    )
    name = EncryptedTextField(_("name"), max_length=40)
    title = models.CharField(pgettext_lazy("delegate", "function"), max_length=60)
    proof = models.CharField(_("proof"), max_length=11, choices=Proof.choices)
    document_sha256 = models.CharField(max_length=64, blank=True)
    confirmed_at = models.DateTimeField(null=True)  # by the candidate's own address
    first_check_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    second_check_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = pgettext_lazy("pledges", "delegation")
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(
                condition=Q(second_check_by=None) | ~Q(second_check_by=models.F("first_check_by")),
                name="pledges_delegation_two_people",
            ),
        ]

    @property
    def is_proved(self) -> bool:
        if self.proof == self.Proof.OWN_ADDRESS:
            return self.confirmed_at is not None
        return self.first_check_by_id is not None and self.second_check_by_id is not None


class PowerOfAttorney(models.Model):
    """위임장: the document of a delegation, in a table of its own, so that few queries read it."""

    delegation = models.OneToOneField(
        Delegation, primary_key=True, on_delete=models.CASCADE, related_name="power"
    )
    content = EncryptedTextField()  # a PDF in Base64, checked by content, shown to staff only

    class Meta:
        default_permissions = ()
