"""What people ask about their data, by the day the law wants an answer."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic

from desk.viewsets import RowsIndexView, RowsViewSet
from privacy.models import AccessAction
from privacy.requests import client_ip
from privacy.services import record_access

from .. import services
from ..admin_forms import AnswerForm, ExtensionForm
from ..exceptions import AlreadyExtendedError, RequestClosedError
from ..models import Request
from ..panels import contact_of, history_of

DATA_SET = "rights.requests"


class RequestIndexView(RowsIndexView):
    """Names nobody: who asks is on the page of the request, and looking there is on record."""

    detail_url_name = None

    def order_queryset(self, queryset):
        return queryset.most_urgent_first()

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
            Column("is_proven", label=pgettext("request", "Who it is"), accessor=_proof),
        ]


def _due(request):
    if not request.is_open:
        return "—"
    day = date_format(request.due_on)
    return _("%(day)s, overdue") % {"day": day} if request.is_overdue else day


def _proof(request):
    return _("proven by the mailbox") if request.is_proven else _("to be asked")


class RequestDetailView(generic.InspectView):
    any_permission_required = ["view", "change"]
    page_title = gettext_lazy("Request about personal data")

    def get_object(self, queryset=None):
        row = Request.objects.filter(pk=self.pk).first()
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
        request = self.object
        self._write_down(request)
        return super().get_context_data(
            **{
                "asked": request,
                "contact": contact_of(request),
                "history": history_of(request),
                "can_change": self.user_has_permission("change") and request.is_open,
                "answer_form": AnswerForm(),
                "extension_form": ExtensionForm(),
                **kwargs,
            }
        )

    def _write_down(self, request):
        record_access(
            user=self.request.user,
            address=client_ip(self.request),
            action=AccessAction.DETAIL,
            data_set=DATA_SET,
            subjects=[str(request.public_id)],
        )


def _start(request, actor, _words):
    services.start_request(request.pk, actor=actor)
    return _("It is in work now.")


def _extend(request, actor, words):
    services.extend_request(request.pk, actor=actor, reason=words)
    return _("There are ten more days, and the person is told why.")


def _finish(request, actor, words):
    services.finish_request(request.pk, actor=actor, answer=words)
    return _("It is answered as done.")


def _refuse(request, actor, words):
    services.refuse_request(request.pk, actor=actor, answer=words)
    return _("It is answered as refused, with the ways to object.")


# What each step does, and the form that it needs.
STEPS = {
    "start": (_start, None),
    "extend": (_extend, ("extension_form", ExtensionForm)),
    "finish": (_finish, ("answer_form", AnswerForm)),
    "refuse": (_refuse, ("answer_form", AnswerForm)),
}


class RequestStepView(RequestDetailView):
    """One step of staff on a request, by POST. What was typed stays when it is refused."""

    permission_required = "change"
    any_permission_required = None
    http_method_names = ["post"]

    def post(self, request, **_kwargs):
        if self.kwargs["step"] not in STEPS:
            raise Http404
        take, needed = STEPS[self.kwargs["step"]]
        form = needed[1](request.POST) if needed else None
        if form and not form.is_valid():
            messages.error(request, form.errors["words"][0])
            return self.render_to_response(self.get_context_data(**{needed[0]: form}))
        try:
            told = take(
                self.object, str(request.user.pk), form.cleaned_data["words"] if form else ""
            )
        except RequestClosedError:
            messages.error(request, _("Nothing changed: it was answered already."))
        except AlreadyExtendedError:
            messages.error(request, _("Nothing changed: the time was extended once already."))
        else:
            messages.success(request, f"{told} {self._by_phone()}".strip())
        return redirect("data-requests:inspect", self.object.pk)

    def _by_phone(self):
        """Mails go by themselves; who left a phone number must be called."""
        if self.object.has_mailbox or self.kwargs["step"] == "start":
            return ""
        return _("There is no mailbox: please call and say so.")


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
    list_filter = ["status", "kind"]

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            detail_url_name=self.get_url_name("inspect"), **kwargs
        )

    def get_urlpatterns(self):
        step = self.construct_view(RequestStepView, template_name=self.inspect_template_name)
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/<slug:step>/", step, name="step"),
        ]
