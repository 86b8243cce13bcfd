"""A bill's way through the National Assembly."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable


class Stage(models.TextChoices):
    """The way of a bill through the National Assembly."""

    PROPOSED = "proposed", _("Proposed")
    REFERRED = "referred", _("Referred to committee")
    COMMITTEE = "committee", _("Committee review")
    JUDICIARY = "judiciary", _("Legislation and Judiciary Committee")
    PLENARY = "plenary", _("Plenary vote")
    TRANSFERRED = "transferred", _("Sent to the government")
    PROMULGATED = "promulgated", _("Promulgated")


class Ending(models.TextChoices):
    """How a bill ends without becoming law."""

    EXPIRED = "expired", _("Expired with the Assembly's term")
    REJECTED = "rejected", pgettext_lazy("stage of a bill", "Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGED = "merged", _("Merged into an alternative bill")


@dataclass(frozen=True)
class StageStep:
    label: str
    date: object
    state: str  # "done", "now", "ended" or "later"


class BillStage(Orderable):
    page = ParentalKey(
        "campaigns.CampaignPage", on_delete=models.CASCADE, related_name="bill_stages"
    )
    stage = models.CharField(_("stage"), max_length=20, choices=Stage.choices)
    reached_on = models.DateField(_("reached on"), null=True, blank=True)

    panels = [FieldPanel("stage"), FieldPanel("reached_on")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "stage"], name="campaigns_stage_once")
        ]
