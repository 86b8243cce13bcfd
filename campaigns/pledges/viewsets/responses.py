"""Answers and comments: read, a comment held back or let go, one respondent's opened again."""

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic

from desk.viewsets import RowsIndexView, RowsViewSet
from privacy.models import AccessAction

from ..exceptions import ResponseBusyError
from ..forms import HoldingForm, ReopeningForm
from ..models import Election, Response
from ..presenters import ResponsePresenter
from ..services.moderation import hold_comment, release_comment, reopen_answers
from ..views.access import ANSWERS, OF_RESPONDENT, READ, log_access, party_of, post_of, readable


class ResponseFilterSet(WagtailFilterSet):
    election = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Election"),
        queryset=Election.objects.all(),
        field_name="respondent__election",
    )
    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"),
        choices=Response.State.choices,
        widget=forms.CheckboxSelectMultiple,
        distinct=False,
    )
    held = django_filters.ChoiceFilter(
        label=pgettext_lazy("answers", "Comments"),
        choices=[("on", gettext_lazy("Kept back"))],
        method="only_held",
    )

    class Meta:
        model = Response
        fields = []

    def only_held(self, rows, _name, _value):
        return rows.exclude(answers__held_reason="").filter(answers__isnull=False).distinct()


class ResponseIndexView(RowsIndexView):
    detail_url_name = None

    def get_base_queryset(self):
        return readable(self.request.user, Response).select_related(*OF_RESPONDENT)

    def order_queryset(self, queryset):
        return queryset.order_by("-began_at", "-pk")

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "name",
                label=_("Name"),
                accessor="respondent.name",
                get_url=lambda row: reverse(self.detail_url_name, args=[row.pk]),
            ),
            Column("party", label=_("Party"), accessor=lambda row: party_of(row.respondent)),
            Column("post", label=_("Post"), accessor=lambda row: post_of(row.respondent)),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor="get_state_display",
                primary=lambda row: row.state not in Response.OPEN,
            ),
            DateColumn("submitted_at", label=pgettext_lazy("response", "Answered")),
        ]

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        log_access(self.request, AccessAction.LIST, ANSWERS, context["object_list"])
        return context


class ResponseDetailView(generic.InspectView):
    any_permission_required = READ
    page_title = gettext_lazy("Answers and comments")
    access = AccessAction.DETAIL
    access_reason = ""

    def get_object(self, queryset=None):
        if not self.user_has_any_permission(READ):
            raise PermissionDenied
        rows = readable(self.request.user, Response).select_related(*OF_RESPONDENT)
        row = rows.filter(pk=self.pk).first()
        if row is None:
            raise Http404
        return row

    def get_page_subtitle(self):
        return self.object.respondent.name

    def get_fields_context(self):
        return []

    def get_edit_url(self):
        return None

    def get_delete_url(self):
        return None

    def may(self, action):
        return self.user_has_permission_for_instance(action, self.object)

    def get_context_data(self, **kwargs):
        row = self.object
        log_access(self.request, self.access, ANSWERS, [row], self.access_reason)
        shown = ResponsePresenter(row)
        offered = {}
        if self.may("change"):
            offered["hold"] = HoldingForm(auto_id=False)
            if shown.may_reopen:
                offered["reopen"] = ReopeningForm(auto_id="id_reopen_%s")
        return super().get_context_data(**{"shown": shown, **offered, **kwargs})


class ResponseStepView(ResponseDetailView):
    """``hold`` or ``release`` a comment, or ``reopen`` the answers; by POST."""

    http_method_names = ["post"]
    access = AccessAction.CHANGE

    def post(self, request, step, **_kwargs):
        if not self.may("change"):
            raise PermissionDenied
        steps = {"hold": self._hold, "release": self._release, "reopen": self._reopen}
        if step not in steps:
            raise Http404
        refused = steps[step]()
        if refused:
            return self.render_to_response(self.get_context_data(**refused), status=422)
        log_access(request, self.access, ANSWERS, [self.object], self.access_reason)
        return redirect(reverse("responses:inspect", args=[self.object.pk]))

    @cached_property
    def answer(self):
        key = self.request.POST.get("answer", "")
        return get_object_or_404(self.object.answers, pk=key if key.isdigit() else 0)

    def _hold(self):
        form = HoldingForm(self.request.POST, auto_id=False)
        if not form.is_valid():
            return {"hold": form, "held_answer": self.answer.pk}
        self.access_reason = form.cleaned_data["reason"]
        hold_comment(self.answer, self.access_reason, user=self.request.user)
        messages.success(self.request, _("The comment is kept back; its author is told."))
        return None

    def _release(self):
        release_comment(self.answer, user=self.request.user)
        messages.success(self.request, _("The comment is public again."))

    def _reopen(self):
        form = ReopeningForm(self.request.POST, auto_id="id_reopen_%s")
        if not form.is_valid():
            return {"reopen": form}
        cleaned = form.cleaned_data
        self.access_reason = cleaned["reason"][:300]
        try:
            reopen_answers(
                self.object, cleaned["reason"], until=cleaned["until"], user=self.request.user
            )
        except ResponseBusyError:
            messages.error(self.request, _("Nothing changed: it is in another state now."))
        else:
            messages.success(
                self.request,
                _("The answers are open again, for this one respondent. All can read why."),
            )
        return None


class ResponseViewSet(RowsViewSet):
    model = Response
    name = "responses"
    icon = "comment"
    menu_label = gettext_lazy("Answers and comments")
    filterset_class = ResponseFilterSet
    index_view_class = ResponseIndexView
    inspect_view_class = ResponseDetailView
    inspect_template_name = "pledges/admin/response.html"
    search_fields = ["respondent__candidacy__name", "respondent__party_name"]
    search_backend_name = None

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            detail_url_name=self.get_url_name("inspect"), **kwargs
        )

    def get_urlpatterns(self):
        step = self.construct_view(ResponseStepView, template_name=self.inspect_template_name)
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/<slug:step>/", step, name="step"),
        ]
