"""What staff keep for all pages: whom to ask, the words that sort, and what stands around them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from ..models import Contact, Processor, Sector, Theme
from .finding import SearchSynonymViewSet, ShortLinkViewSet

# Other rooms and settings join the menu "Site" through this hook.
SITE_MENU_HOOK = "register_site_menu_item"


class ContactViewSet(SnippetViewSet):
    model = Contact
    icon = "mail"
    list_display = ["name", "role", Column("phone", label=_("phone")), "email"]
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


class ProcessorViewSet(SnippetViewSet):
    """Whoever is listed here stands in the privacy policy at once."""

    model = Processor
    icon = "group"
    list_display = ["name", "task", Column("country", label=_("country, if abroad")), "ended_on"]
    search_fields = ["name", "task"]
    panels = [
        *(FieldPanel("name"), FieldPanel("task"), FieldPanel("items"), FieldPanel("kept_until")),
        *(FieldPanel("contact"), FieldPanel("ended_on")),
        MultiFieldPanel(
            [
                *(FieldPanel("country"), FieldPanel("how_transferred")),
                FieldPanel("how_to_refuse"),
            ],
            heading=_("Where data leaves the country"),
        ),
    ]


class SiteViewSetGroup(SnippetViewSetGroup):
    items = (
        *(ShortLinkViewSet, SearchSynonymViewSet),
        *(ContactViewSet, ThemeViewSet, SectorViewSet, ProcessorViewSet),
    )
    menu_label = pgettext_lazy("admin menu", "Site")
    menu_name = "site"
    menu_icon = "site"
    menu_order = 700
    submenu_hook = SITE_MENU_HOOK
