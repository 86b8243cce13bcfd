"""What all texts of the newsroom share; news and statements."""

from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.models import Page

from ..blocks import BodyStreamBlock, FileBlock
from ..fields import StreamField
from ..sorting import names_in
from ..validators import validate_gist
from .base import BasePage, PresentedPage
from .embargo import WithEmbargo


def today():
    return timezone.localdate()


class Article(PresentedPage):
    """A dated text of the newsroom, sorted by theme, sector, region and campaign."""

    published_on = models.DateField(_("date shown"), default=today)
    picture = models.ForeignKey(
        "home.SiteImage",
        verbose_name=_("lead picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("At the top of the page and in lists. Without one the site draws a pattern."),
    )
    campaign = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("campaign"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Puts this page into the campaign's timeline."),
    )
    action_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("what readers can do"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A petition or another action, shown at the end of the page."),
    )
    region = models.ForeignKey(
        "network.Region",
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to={"kind": "province", "valid_until": None},
        help_text=_("Empty: the whole country."),
    )
    themes = ParentalManyToManyField(
        "home.Theme", verbose_name=_("themes"), blank=True, related_name="+"
    )
    sectors = ParentalManyToManyField(
        "home.Sector", verbose_name=_("sectors"), blank=True, related_name="+"
    )
    body = StreamField(BodyStreamBlock(), verbose_name=_("body"), blank=True)
    files = StreamField([("file", FileBlock())], verbose_name=_("files to download"), blank=True)

    sorting_panels = [
        PageChooserPanel("campaign", "campaigns.CampaignPage"),
        FieldPanel("action_page"),
        MultiFieldPanel(
            [
                FieldPanel("themes", widget=CheckboxSelectMultiple),
                FieldPanel("sectors", widget=CheckboxSelectMultiple),
                FieldPanel("region"),
            ],
            heading=_("Sorted under"),
        ),
    ]
    searched_fields = (*BasePage.searched_fields, "body", "files")
    subpage_types = []
    schema_type = "Article"
    year_lookup = "published_on__year"

    class Meta:
        abstract = True

    def proposed_slug(self):
        return self.published_on.isoformat()

    @property
    def kind_label(self):
        """The word on the tag: 소식, 성명, 기고 …"""
        return self._meta.verbose_name

    @property
    def attachments(self):
        return [child.value for child in self.files]

    @cached_property
    def action(self):
        """What a reader can do, if that page is public."""
        page = self.action_page
        return page.specific if page and page.live else None

    @property
    def share_tag(self):
        return str(self.kind_label)

    @property
    def share_picture(self):
        return self.picture

    @property
    def published_date(self):
        return self.published_on


def editing_tabs(content_panels):
    """The tabs of an article's editor."""
    return TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Text")),
            ObjectList(Article.sorting_panels, heading=_("Belongs to")),
            ObjectList(BasePage.promote_panels, heading=_("Search and sharing")),
            ObjectList(Page.settings_panels, heading=_("Publishing")),
        ]
    )


class WithGist(models.Model):
    """A text that says itself in three lines first."""

    gist = models.TextField(
        _("in three lines"),
        blank=True,
        validators=[validate_gist],
        help_text=_("One point per line, three at most."),
    )

    class Meta:
        abstract = True

    @property
    def gist_lines(self):
        return [line.strip() for line in self.gist.splitlines() if line.strip()]


class NewsPage(Article):
    content_panels = [
        *(*Page.content_panels, FieldPanel("summary"), FieldPanel("published_on")),
        *(FieldPanel("picture"), FieldPanel("body"), FieldPanel("files")),
    ]
    edit_handler = editing_tabs(content_panels)

    parent_page_types = ["home.NewsIndexPage"]
    schema_type = "NewsArticle"

    class Meta:
        verbose_name = verbose_name_plural = pgettext_lazy("page type", "news")


class StatementPage(WithEmbargo, WithGist, Article):
    """성명, 논평, 보도자료: what the coalition says for the record."""

    class Kind(models.TextChoices):
        STATEMENT = "statement", pgettext_lazy("kind of statement", "Statement")
        COMMENT = "comment", pgettext_lazy("kind of statement", "Comment")
        PRESS_RELEASE = "press_release", pgettext_lazy("kind of statement", "Press release")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.STATEMENT)
    number = models.CharField(
        pgettext_lazy("of a statement", "number"),
        max_length=20,
        blank=True,
        help_text=_("As on the paper, for example 2026-14."),
    )
    press_contact = models.ForeignKey(
        "home.Contact",
        verbose_name=_("press contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    signatories = models.TextField(
        _("signatory organisations"),
        blank=True,
        help_text=_(
            "One organisation per line, or with commas between. Numbers before the names are left"
            " out, and the page shows them in alphabetical order."
        ),
    )

    content_panels = [
        *(*Page.content_panels, FieldPanel("kind"), FieldPanel("number")),
        *(FieldPanel("summary"), FieldPanel("published_on"), FieldPanel("gist")),
        *(FieldPanel("picture"), FieldPanel("body"), FieldPanel("signatories")),
        *(FieldPanel("files"), FieldPanel("press_contact"), FieldPanel("embargo_at")),
    ]
    edit_handler = editing_tabs(content_panels)
    searched_fields = (
        *(*BasePage.searched_fields, "gist", "body"),
        *("signatories", "files", "number"),
    )

    parent_page_types = ["home.StatementIndexPage"]
    schema_type = "NewsArticle"
    share_look = "cloth"

    class Meta:
        verbose_name = verbose_name_plural = pgettext_lazy("page type", "statement")

    def proposed_slug(self):
        return slugify(self.number) or super().proposed_slug()

    @property
    def kind_label(self):
        return self.get_kind_display()

    @cached_property
    def signatory_list(self):
        """Those who sign, in the order of 가나다, whatever legal form stands before the name."""
        return names_in(self.signatories)

    @property
    def share_note(self):
        return self.number
