"""The access log as the privacy officer reads it."""

import django_filters
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef
from django.forms import CheckboxSelectMultiple
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from desk.viewsets import RowsIndexView, RowsViewSet
from evidence.models import EvidenceCheck

from ..models import AccessAction, AccessEntry
from ..presenters import AccessDetail
from ..registry import data_set_label
from ..requests import client_ip
from ..services import accesses_about, find_faults_of_year, record_look_at_log

User = get_user_model()


class LookAtLogMixin:
    """Who reads the log stands in it too."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.has_perm("privacy.view_accessentry"):
            record_look_at_log(request.user, client_ip(request))
        return super().dispatch(request, *args, **kwargs)


def staff_of_log(_request=None):
    looks = AccessEntry.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(Exists(looks)).order_by("last_name", "first_name", "pk")


def data_set_choices():
    names = AccessEntry.objects.order_by("data_set").values_list("data_set", flat=True)
    return [(name, data_set_label(name)) for name in names.distinct()]


class AccessFilterSet(WagtailFilterSet):
    user = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("access", "Who"), queryset=staff_of_log
    )
    accessed_at = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Period"), widget=DateRangePickerWidget
    )
    action = django_filters.MultipleChoiceFilter(
        label=pgettext_lazy("access", "Action"),
        choices=AccessAction.choices,
        widget=CheckboxSelectMultiple,
        distinct=False,
    )
    data_set = django_filters.ChoiceFilter(label=gettext_lazy("Data set"), choices=data_set_choices)
    subject = django_filters.CharFilter(
        label=gettext_lazy("Exact number of the person's row"), method="about"
    )

    class Meta:
        model = AccessEntry
        fields = []

    def about(self, entries, _name, value):
        return entries.filter(pk__in=accesses_about([value.strip()]).order_by().values("pk"))


class AccessIndexView(LookAtLogMixin, RowsIndexView):
    detail_url_name = check_url_name = None

    def get_base_queryset(self):
        return AccessEntry.objects.as_stored().select_related("user")

    def order_queryset(self, queryset):
        return queryset.order_by("-pk")

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "accessed_at",
                label=pgettext("access", "When"),
                accessor=_moment,
                get_url=lambda entry: reverse(self.detail_url_name, args=[entry.pk]),
            ),
            Column("user", label=pgettext("access", "Who"), accessor="user.get_full_name"),
            Column("action", label=pgettext("access", "Action"), accessor="get_action_display"),
            Column(
                "data_set", label=_("Data set"), accessor=lambda row: data_set_label(row.data_set)
            ),
            Column("count", label=pgettext("access", "People")),
        ]

    def get_context_data(self, **kwargs):
        last = EvidenceCheck.objects.order_by("checked_at").last()
        return super().get_context_data(
            last_check=last, check_url=reverse(self.check_url_name), **kwargs
        )


def _data_set(entry):
    return data_set_label(entry.data_set)


def _moment(entry):
    return timezone.localtime(entry.accessed_at).strftime("%Y-%m-%d %H:%M:%S")


class AccessDetailView(LookAtLogMixin, generic.InspectView):
    any_permission_required = ["view"]
    page_title = gettext_lazy("Access to personal data")

    def get_object(self, queryset=None):
        rows = AccessEntry.objects.as_stored().select_related("user", "event")
        entry = rows.filter(pk=self.pk).first()
        if entry is None:
            raise Http404
        return entry

    def get_page_subtitle(self):
        return _moment(self.object)

    def get_fields_context(self):
        return []

    def get_edit_url(self):
        return None

    def get_delete_url(self):
        return None

    def get_context_data(self, **kwargs):
        return super().get_context_data(detail=AccessDetail(self.object), **kwargs)


class AccessCheckView(PermissionCheckedMixin, View):
    """Recomputes the chain of this year while the officer waits."""

    model = AccessEntry
    any_permission_required = ["view"]
    index_url_name = None
    http_method_names = ["post"]

    def post(self, request):
        year = timezone.localdate().year
        faults = list(find_faults_of_year(year))
        if faults:
            told = _("The access log of %(year)d does not hold, first at link %(where)s.")
            messages.error(request, told % {"year": year, "where": faults[0].where})
        else:
            told = _("The chain of %(year)d is intact: each entry says what was written.")
            messages.success(request, told % {"year": year})
        return redirect(self.index_url_name)


class AccessLogViewSet(RowsViewSet):
    """Who saw whose data. Nobody changes it; who reads it is written down as well."""

    model = AccessEntry
    name = "access-log"
    icon = "view"
    menu_label = gettext_lazy("Access log")
    filterset_class = AccessFilterSet
    index_view_class = AccessIndexView
    inspect_view_class = AccessDetailView
    index_template_name = "privacy/admin/access_log.html"
    index_results_template_name = "wagtailadmin/generic/listing_results.html"
    inspect_template_name = "privacy/admin/access_entry.html"

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            detail_url_name=self.get_url_name("inspect"),
            check_url_name=self.get_url_name("check"),
            **kwargs,
        )

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("check/", self.construct_view(AccessCheckView), name="check"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
        ]
