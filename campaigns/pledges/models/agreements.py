import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.fields import EncryptedTextField

from .respondents import Respondent
from .responses import Response


class PledgeAgreement(models.Model):
    """정책협약: the text both sides sign. Nothing of it is deleted once one side has signed.

    ``text`` is what both read: the demands with their answers, canonical JSON whose SHA-256 is
    ``text_sha256``; it is fixed when the candidate signs.
    """

    class State(models.TextChoices):
        SIGNED = "signed", pgettext_lazy("agreement", "Signed by the candidate")
        COUNTERSIGNED = "countersigned", pgettext_lazy("agreement", "Concluded")
        REFUSED = "refused", pgettext_lazy("agreement", "Not countersigned")
        WITHDRAWN = "withdrawn", pgettext_lazy("agreement", "Withdrawn")
        SUPERSEDED = "superseded", pgettext_lazy("agreement", "Superseded")
        VOID = "void", pgettext_lazy("agreement", "Void")

    class Form(models.TextChoices):
        ELECTRONIC = "electronic", pgettext_lazy("agreement", "Signed electronically")
        PAPER = "paper", pgettext_lazy("agreement", "Signed on paper")

    LIVING = (State.SIGNED, State.COUNTERSIGNED)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("number"), max_length=20, unique=True)
    respondent = models.ForeignKey(Respondent, on_delete=models.PROTECT, related_name="agreements")
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="agreements")
    form = models.CharField(_("form"), max_length=10, choices=Form.choices, default=Form.ELECTRONIC)
    state = models.CharField(_("state"), max_length=13, choices=State.choices, default=State.SIGNED)
    text = models.JSONField()
    text_sha256 = models.CharField(max_length=64)
    supersedes = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    signed_at = models.DateTimeField(_("signed"))
    countersigned_at = models.DateTimeField(_("concluded"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    copy_sent_at = models.DateTimeField(null=True)  # the final copy, to both sides

    class Meta:
        verbose_name = _("pledge agreement")
        verbose_name_plural = _("pledge agreements")
        default_permissions = ("view", "change")
        permissions = [
            ("countersign_pledgeagreement", _("Can countersign pledge agreements")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["respondent"],
                condition=Q(state="countersigned"),
                name="pledges_one_agreement_in_force",
            ),
            # One that is to take its place may wait beside it.
            models.UniqueConstraint(
                fields=["respondent"],
                condition=Q(state="signed"),
                name="pledges_one_agreement_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state="signed", countersigned_at=None, ended_at=None)
                | Q(state="countersigned", countersigned_at__isnull=False, ended_at=None)
                | Q(
                    state__in=["refused", "withdrawn", "superseded", "void"],
                    ended_at__isnull=False,
                ),
                name="pledges_agreement_state_when",
            ),
        ]

    def __str__(self):
        return self.number


class AgreementSignature(models.Model):
    """Who signed, for which side, and how it is known that it was they."""

    class Side(models.TextChoices):
        CANDIDATE = "candidate", pgettext_lazy("signature", "Candidate")
        DELEGATE = "delegate", pgettext_lazy("signature", "Delegate")
        COALITION = "coalition", pgettext_lazy("signature", "Coalition")

    class Method(models.TextChoices):
        MAIL_CODE = "mail_code", _("Code sent by mail")
        TEXT_CODE = "text_code", _("Code sent by text message")
        ON_SITE = "on_site", _("Identity checked on site")
        SECOND_FACTOR = "second_factor", _("Staff account with second factor")
        PAPER = "paper", _("Paper, checked by two people")

    agreement = models.ForeignKey(
        PledgeAgreement, on_delete=models.PROTECT, related_name="signatures"
    )
    side = models.CharField(_("side"), max_length=9, choices=Side.choices)
    name = EncryptedTextField(_("name"), max_length=80)  # a delegate's is not public
    title = models.CharField(_("function"), max_length=80, blank=True)
    # Lines of an SVG path in a field of 600 by 200, where it was drawn instead of typed.
    drawing = EncryptedTextField(_("drawn signature"), null=True, blank=True)
    method = models.CharField(_("how"), max_length=13, choices=Method.choices)
    text_sha256 = models.CharField(max_length=64)
    identity_check = models.OneToOneField(
        "pledges.IdentityCheck", null=True, on_delete=models.PROTECT, related_name="signature"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    batch = models.ForeignKey(
        "pledges.CountersignBatch", null=True, on_delete=models.PROTECT, related_name="signatures"
    )
    signed_at = models.DateTimeField(_("signed"))

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(side__in=["candidate", "delegate"]),
                name="pledges_one_signature_of_the_candidate",
            ),
            models.UniqueConstraint(
                fields=["agreement", "user"],
                condition=Q(side="coalition"),
                name="pledges_representative_signs_once",
            ),
        ]


class AgreementDocument(models.Model):
    """A revision of the sealed PDF: 1 after the candidate's signature, 2 after the coalition's."""

    class Timestamp(models.TextChoices):
        NONE = "none", _("Daily head of the evidence")
        RFC3161 = "rfc3161", _("RFC 3161")

    agreement = models.ForeignKey(
        PledgeAgreement, on_delete=models.PROTECT, related_name="documents"
    )
    revision = models.PositiveSmallIntegerField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    seal_fingerprints = models.JSONField(default=list)  # SHA-256 of each expected certificate
    timestamp = models.CharField(max_length=8, choices=Timestamp.choices, default=Timestamp.NONE)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "revision"], name="pledges_document_revision_once"
            ),
            models.UniqueConstraint(fields=["sha256"], name="pledges_document_digest"),
            models.CheckConstraint(
                condition=Q(revision__in=[1, 2]), name="pledges_document_revision"
            ),
        ]


class SealJob(models.Model):
    """A revision that is to be made; it stands here until the file does, whatever crashes."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("seal", "Waiting")
        DONE = "done", pgettext_lazy("seal", "Done")
        FAILED = "failed", pgettext_lazy("seal", "Failed")

    agreement = models.ForeignKey(
        PledgeAgreement, on_delete=models.PROTECT, related_name="seal_jobs"
    )
    revision = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=80, blank=True)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["agreement", "revision"], name="pledges_seal_once")
        ]
