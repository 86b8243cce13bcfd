"""Wagtail's screens for pages, where our editors need other words or another way."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from ..services.notices import tell_of_comments

SHOWN = 20


@dataclass(frozen=True)
class Linking:
    source: object
    url: str | None

    @property
    def kind(self):
        return self.source._meta.verbose_name


class DeletePageView(DeleteView):
    """Names what links to the page, so that nobody cuts a way without seeing it."""

    template_name = "home/admin/confirm_delete.html"

    def get_context_data(self, **kwargs):
        finder = AdminURLFinder(self.request.user)
        sources = [source for source, _references in list(self.usage)[:SHOWN]]
        linking = [Linking(source, finder.get_edit_url(source)) for source in sources]
        return super().get_context_data(**kwargs) | {"linking": linking}


class EditPageView(EditView):
    def publish_action(self):
        """Publish as Wagtail does; say where the old address of a public page leads."""
        before = Page.objects.get(pk=self.page.pk)
        old = before.url if before.live else ""
        response = super().publish_action()
        if old and self.page.live and self.page.url != old:
            values = {"old": old, "new": self.page.url}
            text = _("The address changed. Who opens %(old)s is led on to %(new)s.") % values
            messages.info(self.request, text)
        return response

    def send_commenting_notifications(self, changes):
        """Through our outbox; Wagtail mails in the request."""
        news = ("new_comments", "deleted_comments", "resolved_comments", "new_replies")
        if any(changes[kind] for kind in news):
            tell_of_comments(self.page, written_by=self.request.user)


class EditorsPageViewSet(PageViewSet):
    """Wagtail's screens for pages of any type, in the place of its own set."""

    delete_view_class = DeletePageView
    edit_view_class = EditPageView
