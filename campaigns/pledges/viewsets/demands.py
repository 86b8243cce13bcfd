"""The demand sets of all elections: what is public of each, and what is being written."""

import django_filters
from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn

from desk.viewsets import RowsIndexView, RowsViewSet
from home.dates import korean_date
from home.network.models import Region

from ..models import DemandSet, DemandSetVersion, Election
from ..policies import readable_demand_sets

State = DemandSetVersion.State
LABELS = dict(State.choices)


class DemandSetFilterSet(WagtailFilterSet):
    election = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Election"), queryset=Election.objects.all()
    )
    province = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Region"), queryset=Region.objects.provinces(), method="in_province"
    )

    class Meta:
        model = DemandSet
        fields = []

    def in_province(self, rows, _name, province):
        return rows.filter(region=province) | rows.filter(region__parent=province)


def _newest(field):
    rows = DemandSetVersion.objects.filter(demand_set=OuterRef("pk")).order_by("-number")
    return Subquery(rows.values(field)[:1])


def _public(field):
    rows = DemandSetVersion.objects.filter(demand_set=OuterRef("pk"), state=State.PUBLISHED)
    return Subquery(rows.values(field)[:1])


def _demands():
    rows = DemandSetVersion.objects.filter(demand_set=OuterRef("pk")).order_by("-number")
    return Subquery(rows.annotate(count=Count("demands")).values("count")[:1])


class DemandSetIndexView(RowsIndexView):
    def get_base_queryset(self):
        rows = readable_demand_sets(self.request.user).select_related("election", "region__parent")
        return rows.annotate(
            newest_state=_newest("state"),
            newest_number=_newest("number"),
            demand_count=_demands(),
            public_number=_public("number"),
            public_at=_public("published_at"),
        )

    def order_queryset(self, queryset):
        return queryset.order_by("-election__vote_on", "region__sort_order", "region__code", "pk")

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "title",
                label=_("Title"),
                get_url=lambda row: reverse("pledges_demands", args=[row.pk]),
            ),
            Column("asked", label=_("Asked of"), accessor=_asked),
            StatusTagColumn(
                "state",
                label=_("Newest version"),
                accessor=_state,
                primary=lambda row: row.newest_state == State.PUBLISHED,
            ),
            Column("demand_count", label=pgettext("column", "Demands")),
            Column("public", label=_("Public"), accessor=_published),
            Column("election", label=_("Election"), accessor="election"),
        ]


def _asked(row):
    return row.region.full_name if row.region else _("Everybody")


def _state(row):
    return f"{row.newest_number} · {LABELS[row.newest_state]}"


def _published(row):
    return f"{row.public_number} · {korean_date(row.public_at)}" if row.public_number else "—"


class DemandSetViewSet(RowsViewSet):
    model = DemandSet
    name = "demand-sets"
    icon = "list-ol"
    menu_label = gettext_lazy("Policy demands")
    filterset_class = DemandSetFilterSet
    index_view_class = DemandSetIndexView
    inspect_view_enabled = False
    search_fields = ["title"]
    search_backend_name = None
    add_item_label = gettext_lazy("New policy demands")

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(
            **{"add_url_name": "pledges_new_demands", "add_item_label": self.add_item_label}
            | kwargs
        )
