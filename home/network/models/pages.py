"""Who we are: member organisations, bodies and regions, each drawn from their rows."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from home.blocks import BodyStreamBlock
from home.fields import StreamField
from home.models import BasePage


class DirectoryPage(BasePage):
    """A list that the site draws from its rows, below words of the editors."""

    body = StreamField(BodyStreamBlock(), verbose_name=_("body"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]

    searched_fields = (*BasePage.searched_fields, "body")

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = []
    max_count = 1

    class Meta:
        abstract = True


class OrganisationIndexPage(DirectoryPage):
    default_slug = "organisations"

    class Meta:
        verbose_name = verbose_name_plural = _("list of member organisations")


class BodyIndexPage(DirectoryPage):
    default_slug = "bodies"

    class Meta:
        verbose_name = verbose_name_plural = _("list of bodies")


class RegionIndexPage(DirectoryPage):
    default_slug = "regions"

    class Meta:
        verbose_name = verbose_name_plural = _("list of regions")
