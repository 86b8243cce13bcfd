import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.fields import EncryptedTextField

from .agreements import PledgeAgreement
from .respondents import Respondent


class CountersignBatch(models.Model):
    """Agreements that a representative chose to sign; one proof of a second factor opens one batch.

    The proof is younger than the batch, and each is used once.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signer_title = models.CharField(pgettext_lazy("representative", "function"), max_length=80)
    agreements = models.ManyToManyField(PledgeAgreement, related_name="batches")
    made_at = models.DateTimeField()
    proved_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "proved_at"], name="pledges_proof_used_once"),
            models.CheckConstraint(
                condition=Q(proved_at=None) | Q(proved_at__gt=models.F("made_at")),
                name="pledges_batch_proof_is_younger",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(proved_at__isnull=False),
                name="pledges_batch_done_with_proof",
            ),
        ]


class VoidProposal(models.Model):
    """One person wants an agreement declared void and says why; another one decides."""

    class Cause(models.TextChoices):
        WRONG_PERSON = "wrong_person", pgettext_lazy("void", "Somebody else signed")
        CANDIDACY = "candidacy", pgettext_lazy("void", "The candidacy is invalid")
        ERROR = "error", pgettext_lazy("void", "A proven error")

    agreement = models.ForeignKey(
        PledgeAgreement, on_delete=models.PROTECT, related_name="void_proposals"
    )
    cause = models.CharField(_("cause"), max_length=12, choices=Cause.choices)
    reason = models.CharField(_("reason"), max_length=500)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    is_accepted = models.BooleanField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(decided_at=None),
                name="pledges_one_open_void_proposal",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, is_accepted=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False, is_accepted__isnull=False),
                name="pledges_void_decided_whole",
            ),
            # Whoever asked may take it back, but not carry it out.
            models.CheckConstraint(
                condition=~Q(is_accepted=True) | ~Q(decided_by=models.F("asked_by")),
                name="pledges_void_two_people",
            ),
        ]


class PaperAgreement(models.Model):
    """An agreement that both sides signed on paper: one person enters it, another compares.

    ``answers`` are {key of the demand: [answer, comment]} for the versions of that day.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("paper agreement", "To be compared")
        TAKEN = "taken", pgettext_lazy("paper agreement", "Registered")
        REFUSED = "refused", pgettext_lazy("paper agreement", "Not registered")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    respondent = models.ForeignKey(
        Respondent, on_delete=models.PROTECT, related_name="paper_agreements"
    )
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.WAITING)
    answers = EncryptedTextField()  # JSON: an opinion until it is public
    versions = models.ManyToManyField("pledges.DemandSetVersion", related_name="+")
    side = models.CharField(max_length=9)
    signer_name = EncryptedTextField(_("who signed for the candidate"), max_length=80)
    representative = models.CharField(_("who signed for the coalition"), max_length=80)
    representative_title = models.CharField(
        pgettext_lazy("representative", "function"), max_length=80
    )
    signed_on = models.DateField(_("signed on"))
    scan = models.BinaryField()
    scan_sha256 = models.CharField(max_length=64)
    agreement = models.OneToOneField(
        PledgeAgreement, null=True, on_delete=models.PROTECT, related_name="paper"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(_("compared"), null=True)
    note = models.CharField(_("why not"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("paper agreement")
        verbose_name_plural = _("paper agreements")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["respondent"],
                condition=Q(state="waiting"),
                name="pledges_one_paper_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", checked_at=None, agreement=None)
                | Q(state="taken", checked_at__isnull=False, agreement__isnull=False)
                | Q(state="refused", checked_at__isnull=False, agreement=None),
                name="pledges_paper_state_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="taken") | ~Q(checked_by=models.F("entered_by")),
                name="pledges_paper_two_people",
            ),
            models.CheckConstraint(
                condition=Q(side__in=["candidate", "delegate"]), name="pledges_paper_side"
            ),
        ]
