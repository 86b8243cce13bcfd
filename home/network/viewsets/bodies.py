import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic

from ..models import Body, Meeting
from .rows import READ, KeptIndexView, KeptViewSet, OwnRowMixin


class BodyFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Body.Kind.choices)
    status = django_filters.ChoiceFilter(label=_("Status"), choices=Body.Status.choices)

    class Meta:
        model = Body
        fields = ["kind", "status"]


class BodyIndexView(KeptIndexView):
    def get_base_queryset(self):
        year = timezone.localdate().year
        bodies = Body.objects.select_related("parent", "predecessor").with_meetings(year)
        return bodies.order_by("sort_order", "name")


class BodyViewSet(KeptViewSet):
    model = Body
    name = "bodies"
    icon = "site"
    menu_label = pgettext_lazy("of the coalition", "Bodies")
    instead_of_deleting = _("Set its status to “Ended”; the page then lists it under the past.")
    index_view_class = BodyIndexView
    filterset_class = BodyFilterSet
    search_fields = ["name", "summary"]
    list_display = [
        "name",
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("status", label=_("Status"), accessor="get_status_display"),
        Column(
            "parent",
            label=pgettext_lazy("of the coalition", "Part of"),
            accessor=lambda body: body.parent or "-",
        ),
        Column("before", label=_("Was before"), accessor=lambda body: body.predecessor or "-"),
        Column("meetings", label=_("Meetings this year"), accessor="meetings_held"),
    ]


class MeetingFilterSet(WagtailFilterSet):
    body = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("of the coalition", "Body"), queryset=Body.objects.all()
    )
    held_on = django_filters.DateFromToRangeFilter(
        label=_("Held between"),
        widget=DateRangePickerWidget,
    )

    class Meta:
        model = Meeting
        fields = ["body", "held_on"]


class MeetingIndexView(KeptIndexView):
    def get_base_queryset(self):
        own = self.permission_policy.instances_user_has_any_permission_for(self.request.user, READ)
        return own.select_related("body")


class MeetingEditView(OwnRowMixin, generic.EditView):
    pass


class MeetingHistoryView(OwnRowMixin, generic.HistoryView):
    pass


class MeetingUsageView(OwnRowMixin, generic.UsageView):
    pass


class MeetingViewSet(KeptViewSet):
    model = Meeting
    name = "meetings"
    icon = "calendar-alt"
    menu_label = _("Meetings")
    index_view_class = MeetingIndexView
    edit_view_class = MeetingEditView
    history_view_class = MeetingHistoryView
    usage_view_class = MeetingUsageView
    filterset_class = MeetingFilterSet
    search_fields = ["body__name", "agenda", "result"]
    list_display = [
        "held_on",
        Column("body", label=pgettext_lazy("of the coalition", "Body"), accessor="body.name"),
        Column("number", label=_("Number"), accessor=lambda one: one.number or "-"),
        Column("attendance", label=_("People present"), accessor=lambda one: one.attendance or "-"),
        Column("agenda", label=_("Agenda"), accessor="first_point"),
    ]
