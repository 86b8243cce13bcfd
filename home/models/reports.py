from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Page

from ..blocks import ReportSectionBlock
from ..fields import StreamField
from .articles import Article, editing_tabs
from .base import BasePage


class ReportPage(Article):
    """활동보고: a year in the coalition's own rhythm, from its theme to the plan for the next."""

    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1990), MaxValueValidator(2100)]
    )
    theme = models.CharField(
        _("theme of the year"), max_length=120, blank=True, help_text=_("Shown on the cover.")
    )
    sections = StreamField([("section", ReportSectionBlock())], verbose_name=_("parts"), blank=True)
    next_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("plan for the next year"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    content_panels = [
        *(*Page.content_panels, FieldPanel("year"), FieldPanel("theme"), FieldPanel("summary")),
        *(FieldPanel("published_on"), FieldPanel("picture")),
        *(FieldPanel("files"), FieldPanel("sections"), PageChooserPanel("next_page")),
    ]
    edit_handler = editing_tabs(content_panels)

    searched_fields = (*BasePage.searched_fields, "theme", "sections", "files")

    parent_page_types = ["home.ReportIndexPage"]
    share_look = "cloth"
    year_lookup = "year"

    class Meta:
        verbose_name = verbose_name_plural = pgettext_lazy("page type", "report")

    def proposed_slug(self):
        return str(self.year or self.published_on.year)
