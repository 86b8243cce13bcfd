from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from home.models import BasePage


class ForumIndexPage(BasePage):
    """All forums of the site, below whichever campaign they stand."""

    default_slug = "forums"

    content_panels = [*Page.content_panels, FieldPanel("summary")]

    parent_page_types = ["home.HomePage"]
    subpage_types = ["forums.ForumPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = verbose_name_plural = _("forum list")

    def serve(self, request, *args, **kwargs):
        from ..views import show_index  # noqa: PLC0415 (the one allowed, see architecture.md)

        return show_index(request, self)

    def serve_preview(self, request, mode_name):
        return self.serve(request)
