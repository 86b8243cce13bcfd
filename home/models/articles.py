"""What the newsroom publishes: news, statements, op-eds and resources."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
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

from ..blocks import BodyStreamBlock, FileBlock, FileVersionBlock
from ..fields import StreamField
from ..sorting import sorting_name
from ..validators import validate_gist
from .base import BasePage


def today():
    return timezone.localdate()


class Article(BasePage):
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
            [FieldPanel("themes"), FieldPanel("sectors"), FieldPanel("region")],
            heading=_("Sorted under"),
        ),
    ]
    search_fields = [*BasePage.search_fields]
    subpage_types = []
    schema_type = "Article"

    class Meta:
        abstract = True

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
        verbose_name = pgettext_lazy("page type", "news")


class StatementPage(WithGist, Article):
    """성명, 논평, 보도자료: what the coalition says for the record."""

    class Kind(models.TextChoices):
        STATEMENT = "statement", pgettext_lazy("kind of statement", "Statement")
        COMMENT = "comment", pgettext_lazy("kind of statement", "Comment")
        PRESS_RELEASE = "press_release", pgettext_lazy("kind of statement", "Press release")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.STATEMENT)
    number = models.CharField(
        _("number"), max_length=20, blank=True, help_text=_("As on the paper, for example 2026-14.")
    )
    embargo_at = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        help_text=_("The page becomes public at this time, whenever it is published or approved."),
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
        help_text=_("One organisation per line. The page shows them in alphabetical order."),
    )

    content_panels = [
        *(*Page.content_panels, FieldPanel("kind"), FieldPanel("number")),
        *(FieldPanel("summary"), FieldPanel("published_on"), FieldPanel("gist")),
        *(FieldPanel("picture"), FieldPanel("body"), FieldPanel("signatories")),
        *(FieldPanel("files"), FieldPanel("press_contact"), FieldPanel("embargo_at")),
    ]
    edit_handler = editing_tabs(content_panels)

    parent_page_types = ["home.StatementIndexPage"]
    schema_type = "NewsArticle"
    share_look = "cloth"

    class Meta:
        verbose_name = pgettext_lazy("page type", "statement")

    @property
    def kind_label(self):
        return self.get_kind_display()

    @cached_property
    def signatory_list(self):
        """Those who sign, in the order of 가나다, whatever legal form stands before the name."""
        names = {line.strip() for line in self.signatories.splitlines() if line.strip()}
        return sorted(names, key=lambda name: (sorting_name(name), name))

    @property
    def share_note(self):
        return self.number


class OpEdPage(WithGist, Article):
    """An article by one of us in a newspaper or magazine."""

    outlet = models.CharField(_("published in"), max_length=60)
    author = models.CharField(_("author"), max_length=40)
    author_title = models.CharField(_("author's title"), max_length=80, blank=True)
    original_url = models.URLField(_("address of the original"), blank=True, max_length=500)
    may_reprint = models.BooleanField(
        _("the outlet permits reprinting"),
        default=False,
        help_text=_("Only then the page may hold the whole text. Otherwise quote a short passage."),
    )
    excerpt = models.TextField(
        _("excerpt"), blank=True, max_length=600, help_text=_("A passage of the original, quoted.")
    )

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                *(FieldPanel("outlet"), FieldPanel("published_on"), FieldPanel("author")),
                *(FieldPanel("author_title"), FieldPanel("original_url")),
            ],
            heading=_("Where it appeared"),
        ),
        *(FieldPanel("summary"), FieldPanel("gist"), FieldPanel("picture")),
        *(FieldPanel("excerpt"), FieldPanel("may_reprint"), FieldPanel("body")),
    ]
    edit_handler = editing_tabs(content_panels)

    parent_page_types = ["home.OpEdIndexPage"]
    share_look = "plum"

    class Meta:
        verbose_name = pgettext_lazy("page type", "op-ed")

    @property
    def byline(self):
        return self.author

    @property
    def share_note(self):
        return self.outlet

    def clean(self):
        super().clean()
        if self.body and not self.may_reprint:
            raise ValidationError(
                {
                    "may_reprint": _(
                        "The whole text may only stand here where reprinting is permitted."
                    )
                }
            )


class ResourcePage(Article):
    """정책자료: a paper with its versions."""

    class Kind(models.TextChoices):
        POLICY = "policy", pgettext_lazy("kind of resource", "Policy paper")
        BILL = "bill", pgettext_lazy("kind of resource", "Bill or ordinance")
        STUDY = "study", pgettext_lazy("kind of resource", "Study")
        PROCEEDINGS = "proceedings", pgettext_lazy("kind of resource", "Conference papers")
        GUIDE = "guide", pgettext_lazy("kind of resource", "Guide")
        FORM = "form", pgettext_lazy("kind of resource", "Form")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.POLICY)
    versions = StreamField(
        [("version", FileVersionBlock())],
        verbose_name=_("file versions"),
        blank=True,
        help_text=_("The newest first."),
    )

    content_panels = [
        *(*Page.content_panels, FieldPanel("kind"), FieldPanel("summary")),
        *(FieldPanel("published_on"), FieldPanel("picture")),
        *(FieldPanel("versions"), FieldPanel("body")),
    ]
    edit_handler = editing_tabs(content_panels)

    parent_page_types = ["home.ResourceIndexPage"]
    share_look = "cloth"

    class Meta:
        verbose_name = pgettext_lazy("page type", "resource")

    @property
    def kind_label(self):
        return self.get_kind_display()

    @property
    def file_versions(self):
        return [child.value for child in self.versions]
