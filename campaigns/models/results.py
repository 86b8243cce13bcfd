"""What became of a campaign: whom it reached, and what they did."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Orderable

from home.blocks import Progress
from home.dates import Precision, korean_partial, last_day_of

# The word stands beside it; no colour or sign says it alone.
ICONS = {
    Progress.ADOPTED: "check-circle",
    Progress.PARTLY: "check",
    Progress.UNDER_REVIEW: "clock",
    Progress.NOT_ADOPTED: "close",
}


class HandOver(Orderable):
    """전달 기록: what was handed to whom, with its receipt."""

    page = ParentalKey(
        "campaigns.CampaignPage", on_delete=models.CASCADE, related_name="hand_overs"
    )
    recipient = models.CharField(_("handed to"), max_length=120)
    handed_over_on = models.DateField(_("handed over on"))
    precision = models.CharField(
        _("what is known of the date"),
        max_length=5,
        choices=Precision.choices,
        default=Precision.DAY,
    )
    what = models.CharField(
        _("what was handed over"), max_length=160, help_text=_("For example: 12,345 signatures.")
    )
    signatures_of = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("signatures of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="hand_overs_of_signatures",
        help_text=_(
            "The petition whose signatures were handed over. From this day its signers' personal "
            "data is kept as long as they were told, and then destroyed."
        ),
    )
    picture = models.ForeignKey(
        "home.SiteImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    receipt = models.ForeignKey(
        "home.SiteDocument",
        verbose_name=_("receipt"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        *(FieldPanel("recipient"), FieldPanel("handed_over_on"), FieldPanel("precision")),
        FieldPanel("what"),
        PageChooserPanel("signatures_of", "petitions.PetitionPage"),
        *(FieldPanel("picture"), FieldPanel("receipt")),
    ]

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = _("hand-over")

    @property
    def when(self):
        """As much of the day as is known."""
        return korean_partial(self.handed_over_on, self.precision)

    @property
    def latest_day(self):
        """The day, or the last one that it can have been."""
        return last_day_of(self.handed_over_on, self.precision)


class Outcome(Orderable):
    """반영 현황: what came of a demand, and where that can be read."""

    page = ParentalKey("campaigns.CampaignPage", on_delete=models.CASCADE, related_name="outcomes")
    demand = models.CharField(_("demand"), max_length=80)
    progress = models.CharField(_("result"), max_length=16, choices=Progress.choices)
    so_far = models.CharField(_("so far"), max_length=160, blank=True)
    checked_on = models.DateField(_("as of"))
    source = models.CharField(_("source"), max_length=120)
    source_url = models.URLField(_("address of the source"), blank=True, max_length=500)

    panels = [
        *(FieldPanel("demand"), FieldPanel("progress"), FieldPanel("so_far")),
        *(FieldPanel("checked_on"), FieldPanel("source"), FieldPanel("source_url")),
    ]

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = _("outcome")

    @property
    def progress_icon(self):
        return ICONS[self.progress]
