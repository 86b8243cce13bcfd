"""What staff keep for all pages: whom to ask, the words that sort, and what stands around them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from ..models import Contact, Sector, Theme
from ..services.notices import tell_of_comments

# Other rooms and settings join the menu "Site" through this hook.
SITE_MENU_HOOK = "register_site_menu_item"


class ContactViewSet(SnippetViewSet):
    model = Contact
    icon = "mail"
    list_display = ["name", "role", Column("phone", label=gettext_lazy("phone")), "email"]
    search_fields = ["name", "role", "phone", "email"]


class TermViewSet(SnippetViewSet):
    icon = "tag"
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    sort_order_field = "sort_order"
    ordering = ["sort_order", "name"]


class ThemeViewSet(TermViewSet):
    model = Theme


class SectorViewSet(TermViewSet):
    model = Sector
    icon = "group"


class SiteViewSetGroup(SnippetViewSetGroup):
    items = (ContactViewSet, ThemeViewSet, SectorViewSet)
    menu_label = pgettext_lazy("admin menu", "Site")
    menu_name = "site"
    menu_icon = "site"
    menu_order = 700
    submenu_hook = SITE_MENU_HOOK


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

    edit_view_class = EditPageView
