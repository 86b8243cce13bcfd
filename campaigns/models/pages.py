from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.models import Page

from home.blocks import AskListBlock, BodyStreamBlock, FileBlock, QuestionBlock, TimelineEntryBlock
from home.fields import StreamField
from home.models import BasePage

from .bills import Ending, Stage, StageStep


class CampaignIndexPage(BasePage):
    default_slug = "campaigns"

    content_panels = [*Page.content_panels, FieldPanel("summary")]

    parent_page_types = ["home.HomePage"]
    subpage_types = ["campaigns.CampaignPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = verbose_name_plural = _("campaign list")

    @cached_property
    def campaigns(self):
        pages = CampaignPage.objects.child_of(self).live().filter(view_restrictions=None)
        return list(pages.order_by("-first_published_at").defer_streamfields())

    @property
    def running(self):
        return [campaign for campaign in self.campaigns if campaign.is_running]

    @property
    def past(self):
        return [campaign for campaign in self.campaigns if not campaign.is_running]


class CampaignPage(BasePage):
    loads_late = True
    default_slug = "campaign"

    class Status(models.TextChoices):
        PREPARING = "preparing", pgettext_lazy("campaign status", "In preparation")
        ACTIVE = "active", pgettext_lazy("campaign status", "Active")
        HANDED_OVER = "handed_over", pgettext_lazy("campaign status", "Handed over")
        ACHIEVED = "achieved", pgettext_lazy("campaign status", "Achieved")
        ENDED = "ended", pgettext_lazy("campaign status", "Ended")

    RUNNING = (Status.PREPARING, Status.ACTIVE, Status.HANDED_OVER)

    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.ACTIVE
    )
    asks = StreamField(
        [("asks", AskListBlock())], verbose_name=_("what we ask for"), blank=True, max_num=1
    )
    body = StreamField(BodyStreamBlock(), verbose_name=_("body"), blank=True)
    starts_on = models.DateField(_("began on"), null=True, blank=True)
    ends_on = models.DateField(_("ended on"), null=True, blank=True)
    milestones = StreamField(
        [("milestone", TimelineEntryBlock())],
        verbose_name=_("milestones"),
        blank=True,
        help_text=_("News, statements and reports of this campaign join the timeline themselves."),
    )
    organisations = ParentalManyToManyField(
        "network.Organisation",
        verbose_name=_("participating organisations"),
        blank=True,
        related_name="campaigns",
    )
    more_organisations = models.TextField(
        _("further organisations"), blank=True, help_text=_("One organisation per line.")
    )
    toolkit = StreamField([("file", FileBlock())], verbose_name=_("toolkit"), blank=True)
    questions = StreamField(
        [("question", QuestionBlock())], verbose_name=_("questions and answers"), blank=True
    )
    contact = models.ForeignKey(
        "home.Contact",
        verbose_name=_("contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    bill_name = models.CharField(_("bill"), max_length=120, blank=True)
    bill_number = models.CharField(_("bill number"), max_length=40, blank=True)
    bill_checked_on = models.DateField(_("stage checked on"), null=True, blank=True)
    bill_ending = models.CharField(
        _("ended without becoming law"), max_length=20, choices=Ending.choices, blank=True
    )
    bill_ended_on = models.DateField(_("ended on"), null=True, blank=True)

    content_panels = [
        *(*Page.content_panels, FieldPanel("summary"), FieldPanel("status")),
        *(FieldPanel("asks"), FieldPanel("body"), FieldPanel("questions"), FieldPanel("toolkit")),
        FieldPanel("contact"),
    ]
    progress_panels = [
        MultiFieldPanel(
            [
                *(FieldPanel("bill_name"), FieldPanel("bill_number")),
                FieldPanel("bill_checked_on"),
                InlinePanel("bill_stages", heading=_("Stages reached"), label=_("Stage")),
                *(FieldPanel("bill_ending"), FieldPanel("bill_ended_on")),
            ],
            heading=_("Bill"),
        ),
        FieldPanel("starts_on"),
        FieldPanel("ends_on"),
        FieldPanel("milestones"),
        InlinePanel("hand_overs", heading=_("Hand-overs"), label=_("Hand-over")),
        InlinePanel("outcomes", heading=_("Outcomes"), label=_("Outcome")),
    ]
    together_panels = [
        FieldPanel("organisations", widget=CheckboxSelectMultiple),
        FieldPanel("more_organisations"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Text")),
            ObjectList(progress_panels, heading=_("Progress")),
            ObjectList(together_panels, heading=_("Who takes part")),
            ObjectList(BasePage.promote_panels, heading=_("Search and sharing")),
            ObjectList(Page.settings_panels, heading=_("Publishing")),
        ]
    )
    searched_fields = (
        *(*BasePage.searched_fields, "asks", "body", "questions"),
        *("results", "bill_name", "bill_number", "milestones", "toolkit", "more_organisations"),
    )

    parent_page_types = ["campaigns.CampaignIndexPage"]
    subpage_types = ["petitions.PetitionPage", "forums.ForumPage", "pledges.PledgeBoardPage"]
    share_look = "dark"

    class Meta:
        verbose_name = verbose_name_plural = _("campaign")

    @property
    def share_tag(self):
        return str(self._meta.verbose_name)

    @property
    def results(self):
        """What came of it, in words that search finds."""
        for hand_over in self.hand_overs.all():
            yield from (hand_over.recipient, hand_over.what)
        for outcome in self.outcomes.all():
            yield from (outcome.demand, outcome.so_far)

    @property
    def is_running(self):
        return self.status in self.RUNNING

    @cached_property
    def action_pages(self):
        """Live pages below this one that say how to take part."""
        pages = self.get_children().live().filter(view_restrictions=None)
        return [page for page in pages.specific() if page.is_action]

    @cached_property
    def bill_steps(self):
        """Every stage with its date and whether it is done, now or later."""
        reached = {stage.stage: stage.reached_on for stage in self.bill_stages.all()}
        if not reached:
            return []
        order = list(Stage)
        current = max(order.index(Stage(stage)) for stage in reached)
        return [
            StageStep(stage.label, reached.get(stage.value), self._step_state(position, current))
            for position, stage in enumerate(order)
        ]

    def _step_state(self, position, current):
        if position != current:
            return "done" if position < current else "later"
        if self.bill_ending:
            return "ended"
        return "done" if current == len(Stage) - 1 else "now"

    @property
    def current_stage_name(self):
        """The stage that is now, never broken across lines; empty without one."""
        return str(self.current_stage.label).replace(" ", "\u00a0") if self.current_stage else ""

    @property
    def current_stage(self):
        return next((step for step in self.bill_steps if step.state == "now"), None)
