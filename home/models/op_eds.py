from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from .articles import Article, WithGist, editing_tabs


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
    searched_fields = (
        *(*Article.searched_fields, "gist", "excerpt"),
        *("author", "author_title", "outlet"),
    )

    parent_page_types = ["home.OpEdIndexPage"]
    share_look = "plum"

    class Meta:
        verbose_name = verbose_name_plural = pgettext_lazy("page type", "op-ed")

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
