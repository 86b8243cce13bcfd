"""The lists of the newsroom: one per kind of text."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from .articles import NewsPage, StatementPage
from .base import PresentedPage
from .op_eds import OpEdPage
from .reports import ReportPage
from .resources import ResourcePage


class ArticleIndexPage(PresentedPage):
    """A list with filters, pages and a feed of its own."""

    article_model = None
    per_page = 20
    shows_pictures = False

    content_panels = [*Page.content_panels, FieldPanel("summary")]

    parent_page_types = ["home.HomePage"]
    max_count_per_parent = 1

    class Meta:
        abstract = True

    @property
    def feed_url(self):
        return f"{self.public_url}feed/"

    def articles(self):
        """Live articles that who reads this list may read, the newest first."""
        articles = self.article_model.objects.child_of(self).live().filter(view_restrictions=None)
        return articles.order_by("-published_on", "-pk")


class NewsIndexPage(ArticleIndexPage):
    article_model = NewsPage
    default_slug = "news"
    per_page = 13  # One large above rows of three.
    shows_pictures = True
    subpage_types = ["home.NewsPage"]

    class Meta:
        verbose_name = verbose_name_plural = _("list of news")


class StatementIndexPage(ArticleIndexPage):
    article_model = StatementPage
    default_slug = "statements"
    subpage_types = ["home.StatementPage"]

    class Meta:
        verbose_name = verbose_name_plural = _("list of statements")


class ReportIndexPage(ArticleIndexPage):
    article_model = ReportPage
    default_slug = "reports"
    subpage_types = ["home.ReportPage"]

    class Meta:
        verbose_name = verbose_name_plural = _("list of reports")

    def articles(self):
        """Live reports below this list, the latest year first."""
        return super().articles().order_by("-year", "-published_on", "-pk")


class OpEdIndexPage(ArticleIndexPage):
    article_model = OpEdPage
    default_slug = "op-eds"
    subpage_types = ["home.OpEdPage"]

    class Meta:
        verbose_name = verbose_name_plural = _("list of op-eds")


class ResourceIndexPage(ArticleIndexPage):
    article_model = ResourcePage
    default_slug = "resources"
    subpage_types = ["home.ResourcePage"]

    class Meta:
        verbose_name = verbose_name_plural = _("list of resources")
