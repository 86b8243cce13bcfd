import django_filters
from django.db.models import Q
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import InspectView
from wagtail.admin.widgets import AdminDateInput

from desk.viewsets import RowsIndexView, RowsViewSet

from ..models import BEFORE_RECORDS, Region


class RegionFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Region.Kind.choices)
    state = django_filters.ChoiceFilter(
        label=_("Validity"),
        choices=[("current", _("Exists today")), ("ended", _("Ended"))],
        method="filter_state",
    )
    day = django_filters.DateFilter(
        label=_("Existed on"), widget=AdminDateInput, method="filter_day"
    )
    province = django_filters.ModelChoiceFilter(
        label=_("Part of"), queryset=Region.objects.provinces(), method="filter_province"
    )

    class Meta:
        model = Region
        fields = []

    def filter_state(self, regions, _name, state):
        if state == "ended":
            return regions.filter(valid_until__lt=timezone.localdate())
        return regions.current()

    def filter_day(self, regions, _name, day):
        return regions.valid_on(day)

    def filter_province(self, regions, _name, province):
        return regions.filter(Q(parent=province) | Q(parent__parent=province))


class RegionIndexView(RowsIndexView):
    def get_base_queryset(self):
        return Region.objects.select_related("parent__parent").prefetch_related("successors")


class RegionInspectView(InspectView):
    def get_field_label(self, field_name, field):
        if field_name == "predecessors":
            return _("Formed from")
        return super().get_field_label(field_name, field)

    def get_parent_display_value(self):
        return self.object.parent.full_name if self.object.parent else "-"

    def get_valid_from_display_value(self):
        return _since(self.object)

    def get_valid_until_display_value(self):
        return _last_day(self.object)

    def get_predecessors_display_value(self):
        return _names(self.object.predecessors)


class RegionViewSet(RowsViewSet):
    """Regions for staff to look up. They come from a file, so nobody changes them here."""

    model = Region
    name = "regions"
    icon = "globe"
    menu_label = _("Administrative regions")
    menu_order = 900
    add_to_settings_menu = True
    index_view_class = RegionIndexView
    inspect_view_class = RegionInspectView
    filterset_class = RegionFilterSet
    search_fields = ["name", "code"]
    search_backend_name = None
    inspect_view_fields = [
        *("code", "kind", "name", "short_name", "parent", "valid_from", "valid_until"),
        *("successors", "predecessors", "source"),
    ]
    list_display = [
        "name",
        Column("code", label=_("Code")),
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("parent", label=_("Part of"), accessor="parent.full_name"),
        Column("valid_from", label=_("Since"), accessor=lambda region: _since(region)),
        Column("valid_until", label=_("Last day"), accessor=lambda region: _last_day(region)),
        Column("successors", label=_("Became"), accessor=lambda region: _names(region.successors)),
    ]

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", self.inspect_view, name="inspect"),
        ]


def _since(region):
    if region.valid_from == BEFORE_RECORDS:
        return _("Before our records")
    return date_format(region.valid_from)


def _last_day(region):
    return date_format(region.valid_until) if region.valid_until else "-"


def _names(regions):
    return ", ".join(region.name for region in regions.all()) or "-"
