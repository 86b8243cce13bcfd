"""Changes of rights for those who watch over them."""

import django_filters
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn

from desk.viewsets import RowsIndexView, RowsViewSet

from ..models import RightsChange
from ..presenters import CHANGES, kind_of, rights_in, what_of, words_of, workers_of


class RightsChangeFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(
        label=pgettext_lazy("of rights", "Change"), choices=list(CHANGES.items())
    )
    occurred_at = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Day"), widget=DateRangePickerWidget
    )

    class Meta:
        model = RightsChange
        fields = []


class RightsChangeIndexView(RowsIndexView):
    any_permission_required = ["view"]

    def get_base_queryset(self):
        return RightsChange.objects.select_related("payload")

    def order_queryset(self, queryset):
        return queryset.order_by("-pk")

    @cached_property
    def columns(self):
        return [
            DateColumn("occurred_at", label=_("When")),
            Column("about", label=_("About"), accessor=lambda row: words_of(row)["name"]),
            Column("kind", label=pgettext("of rights", "Change"), accessor=kind_of),
            Column("what", label=_("What"), accessor=self._what),
            Column("actor", label=_("By"), accessor=self._worker),
            Column("reason", label=_("Reason"), accessor=lambda row: words_of(row)["reason"]),
        ]

    def _what(self, change):
        return what_of(change, self.rights)

    def _worker(self, change):
        return self.workers.get(change.actor, change.actor)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        changes = list(context["object_list"])
        self.workers, self.rights = workers_of(changes), rights_in(changes)
        return context


class RightsChangeViewSet(RowsViewSet):
    """Who gave whom which right, when and why. Nobody edits it."""

    model = RightsChange
    name = "rights-changes"
    icon = "history"
    menu_label = gettext_lazy("Changes of rights")
    menu_hook = "register_reports_menu_item"
    menu_order = 900
    inspect_view_enabled = False
    index_view_class = RightsChangeIndexView
    filterset_class = RightsChangeFilterSet
    index_template_name = "wagtailadmin/generic/index.html"
    index_results_template_name = "wagtailadmin/generic/listing_results.html"
