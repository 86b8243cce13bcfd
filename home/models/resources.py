from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from ..blocks import FileVersionBlock
from ..fields import StreamField
from .articles import Article, editing_tabs


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
    searched_fields = (*Article.searched_fields, "versions")

    parent_page_types = ["home.ResourceIndexPage"]
    share_look = "cloth"

    class Meta:
        verbose_name = verbose_name_plural = pgettext_lazy("page type", "resource")

    @property
    def kind_label(self):
        return self.get_kind_display()

    @property
    def file_versions(self):
        return [child.value for child in self.versions]
