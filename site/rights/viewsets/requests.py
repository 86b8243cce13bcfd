"""What people ask about their data, by the day the law wants an answer."""

from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from desk.viewsets import RowsIndexView, RowsViewSet

from ..models import Request
from ..panels import due_of
from .entering import EnterRequestView
from .request import RequestDetailView, RequestLetterView, RequestStepView


class RequestIndexView(RowsIndexView):
    """Names nobody: who asks is on the page of the request, and looking there is on record."""

    detail_url_name = enter_url_name = None

    def order_queryset(self, queryset):
        return queryset.most_urgent_first()

    @cached_property
    def header_buttons(self):
        if not self.user_has_permission("change"):
            return []
        url = reverse(self.enter_url_name)
        return [HeaderButton(_("Enter a request"), url=url, icon_name="plus")]

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "reference",
                label=pgettext("request", "Number"),
                get_url=lambda row: reverse(self.detail_url_name, args=[row.pk]),
            ),
            Column("kind", label=pgettext("request", "Kind"), accessor="get_kind_display"),
            StatusTagColumn(
                "status",
                label=_("Status"),
                accessor="get_status_display",
                primary=lambda row: row.is_open,
            ),
            Column("due_on", label=_("Answer by"), accessor=_due),
            DateColumn("received_at", label=pgettext("request", "Received")),
            Column("channel", label=pgettext("request", "Came by"), accessor="get_channel_display"),
            Column("is_proven", label=pgettext("request", "Who it is"), accessor=_proof),
        ]


def _due(request):
    return due_of(request) if request.is_open else "—"


def _proof(request):
    if request.is_proven:
        return _("known")
    return _("to be asked") if request.is_open else "—"


class RequestViewSet(RowsViewSet):
    """Requests with their clock; the detail page answers them."""

    model = Request
    name = "data-requests"
    icon = "user"
    menu_label = gettext_lazy("Requests about data")
    menu_order = 160
    add_to_admin_menu = True
    index_view_class = RequestIndexView
    inspect_view_class = RequestDetailView
    index_results_template_name = "wagtailadmin/generic/listing_results.html"
    inspect_template_name = "rights/admin/request.html"
    list_filter = ["status", "kind", "channel"]

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            detail_url_name=self.get_url_name("inspect"),
            enter_url_name=self.get_url_name("enter"),
            **kwargs,
        )

    def get_urlpatterns(self):
        step = self.construct_view(RequestStepView, template_name=self.inspect_template_name)
        return [
            *super().get_urlpatterns(),
            path("new/", self.construct_view(EnterRequestView), name="enter"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/letter/", self.construct_view(RequestLetterView), name="letter"),
            path("<int:pk>/<slug:step>/", step, name="step"),
        ]
