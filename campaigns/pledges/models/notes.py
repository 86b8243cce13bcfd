import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..validators import check_comparison
from .agreements import PledgeAgreement
from .respondents import Respondent


class PublicNote(models.Model):
    """What everybody may read about a respondent besides the answers: dated, with its reason.

    Nothing is written over: a correction is a note of its own.
    """

    class Kind(models.TextChoices):
        WITHDRAWAL = "withdrawal", pgettext_lazy("public note", "Withdrawal")
        CORRECTION = "correction", pgettext_lazy("public note", "Correction")
        AMENDMENT = "amendment", pgettext_lazy("public note", "Amended agreement")
        REFUSAL = "refusal", pgettext_lazy("public note", "Not countersigned")
        VOID = "void", pgettext_lazy("public note", "Declared void")
        REOPENED = "reopened", pgettext_lazy("public note", "Opened again to answer")
        TAKEDOWN = "takedown", pgettext_lazy("public note", "Taken down")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    respondent = models.ForeignKey(Respondent, on_delete=models.PROTECT, related_name="notes")
    agreement = models.ForeignKey(
        PledgeAgreement, null=True, on_delete=models.PROTECT, related_name="notes"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    # What a respondent says in their own words is theirs; staff are held to ours.
    reason = models.CharField(_("reason"), max_length=500, validators=[check_comparison])
    noted_on = models.DateField(pgettext_lazy("public note", "day"))
    made_by = models.ForeignKey(  # empty: the respondent
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("entered"))

    class Meta:
        verbose_name = pgettext_lazy("pledges", "public note")
        verbose_name_plural = pgettext_lazy("pledges", "public notes")
        default_permissions = ("view", "add")
        ordering = ["-noted_on", "-pk"]
