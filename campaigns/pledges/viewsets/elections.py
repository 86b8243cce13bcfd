from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column, TitleColumn

from home.dates import korean_date
from home.network.viewsets.rows import KeptIndexView, KeptViewSet

from ..models import Election


class ElectionIndexView(KeptIndexView):
    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "name",
                label=_("Name"),
                get_url=lambda row: reverse("pledges_election", args=[row.pk]),
            ),
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column(
                "vote_on",
                label=_("Election day"),
                accessor=lambda row: korean_date(row.vote_on),
            ),
        ]


class ElectionViewSet(KeptViewSet):
    model = Election
    name = "elections"
    icon = "list-ul"
    menu_label = _("Elections")
    instead_of_deleting = _("It has contests or lists; its records are kept.")
    index_view_class = ElectionIndexView
    panels = [
        FieldPanel("kind"),
        FieldPanel("name"),
        FieldPanel("vote_on"),
        FieldPanel("source"),
    ]
