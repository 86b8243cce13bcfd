from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Page

from ..blocks import BodyStreamBlock, NumbersBlock
from ..fields import StreamField
from .base import BasePage


class HomePage(BasePage):
    loads_late = True
    read_with = ("lead_page__campaignpage",)

    lead_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("lead campaign"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The campaign at the top of the front page."),
    )
    numbers = StreamField(
        [("numbers", NumbersBlock())],
        verbose_name=_("what we have achieved"),
        blank=True,
        max_num=1,
        help_text=_("The dark band with numbers."),
    )
    body = StreamField(BodyStreamBlock(), verbose_name=_("body"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        PageChooserPanel("lead_page", "campaigns.CampaignPage"),
        *(FieldPanel("numbers"), FieldPanel("body")),
    ]

    searched_fields = (*BasePage.searched_fields, "numbers", "body")

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        *("home.StandardPage", "campaigns.CampaignIndexPage", "home.NewsIndexPage"),
        *("home.StatementIndexPage", "home.ReportIndexPage", "home.OpEdIndexPage"),
        *("home.ResourceIndexPage", "forums.ForumIndexPage", "home.PrivacyPolicyPage"),
        *("network.OrganisationIndexPage", "network.BodyIndexPage", "network.RegionIndexPage"),
    ]
    max_count_per_parent = 1
    schema_type = "Organization"
    share_look = "dark"

    class Meta:
        verbose_name = verbose_name_plural = _("front page")


class StandardPage(BasePage):
    body = StreamField(BodyStreamBlock(), verbose_name=_("body"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    searched_fields = (*BasePage.searched_fields, "body")

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = [
        *("home.StandardPage", "home.PrivacyPolicyPage"),
        *("network.OrganisationIndexPage", "network.BodyIndexPage", "network.RegionIndexPage"),
    ]

    class Meta:
        verbose_name = verbose_name_plural = _("standard page")
