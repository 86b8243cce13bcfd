"""What laws want kept: found by its number, read one by one, each time with a reason."""

import django_filters
from django.http import Http404
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from desk.viewsets import RowsIndexView, RowsViewSet
from privacy.models import AccessAction
from privacy.registry import data_set_label
from privacy.requests import client_ip
from privacy.services import record_access

from ..admin_forms import LookForm
from ..dates import told
from ..export_sources import RIGHT, kept_sets
from ..models import RetainedRecord
from ..registry import data_sets


class RetainedFilterSet(WagtailFilterSet):
    data_set = django_filters.ChoiceFilter(label=gettext_lazy("Data set"), choices=kept_sets)

    class Meta:
        model = RetainedRecord
        fields = []


class RetainedIndexView(RowsIndexView):
    """Numbers and days; names nobody."""

    any_permission_required = ["view"]
    detail_url_name = None

    def get_base_queryset(self):
        return RetainedRecord.objects.defer("content", "address")

    def order_queryset(self, queryset):
        return queryset.order_by("kept_until", "pk")

    @cached_property
    def header_buttons(self):
        if not self.request.user.has_perm(RIGHT):
            return []
        return [HeaderButton(_("Export"), url=reverse("exports:index"), icon_name="download")]

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "reference",
                label=pgettext("kept by law", "Number"),
                get_url=lambda row: reverse(self.detail_url_name, args=[row.pk]),
            ),
            Column(
                "data_set", label=_("Data set"), accessor=lambda row: data_set_label(row.data_set)
            ),
            Column(
                "counted_from", label=_("Counted from"), accessor=lambda row: told(row.counted_from)
            ),
            Column(
                "kept_until",
                label=pgettext("data", "Kept until"),
                accessor=lambda row: told(row.kept_until),
            ),
            DateColumn("set_apart_at", label=pgettext("kept by law", "Set apart")),
        ]


class RetainedDetailView(generic.InspectView):
    """Without a reason it shows number and days; with one, which is written down first, all."""

    any_permission_required = ["view"]
    page_title = gettext_lazy("Data kept by law")
    http_method_names = ["get", "head", "post"]

    def get_object(self, queryset=None):
        row = RetainedRecord.objects.filter(pk=self.pk).defer("content", "address").first()
        if row is None:
            raise Http404
        return row

    def get_page_subtitle(self):
        return self.object.reference

    def get_fields_context(self):
        return []

    def get_edit_url(self):
        return None

    def get_delete_url(self):
        return None

    def get_context_data(self, **kwargs):
        name = self.object.data_set
        context = {
            "row": self.object,
            "data_set_label": data_set_label(name),
            "law": next((one.kept_by_law for one in data_sets() if one.name == name), None),
            "look_form": LookForm(),
            "facts": None,
        }
        return super().get_context_data(**{**context, **kwargs})

    def post(self, request, **_kwargs):
        form = LookForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(look_form=form))
        record_access(
            user=request.user,
            address=client_ip(request),
            action=AccessAction.FULL,
            data_set=self.object.data_set,
            subjects=[self.object.key],
            reason=form.cleaned_data["reason"],
        )
        return self.render_to_response(self.get_context_data(facts=self.object.facts))


class RetainedViewSet(RowsViewSet):
    model = RetainedRecord
    name = "kept-by-law"
    icon = "lock"
    menu_label = gettext_lazy("Data kept by law")
    menu_order = 171
    add_to_admin_menu = True
    index_view_class = RetainedIndexView
    inspect_view_class = RetainedDetailView
    index_results_template_name = "wagtailadmin/generic/listing_results.html"
    inspect_template_name = "rights/admin/retained.html"
    filterset_class = RetainedFilterSet
    search_fields = ["reference"]

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            detail_url_name=self.get_url_name("inspect"), **kwargs
        )

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("<int:pk>/", self.inspect_view, name="inspect")]
