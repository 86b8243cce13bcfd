"""Agreements: found by filters, each with its text, signatures and what staff may do."""

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from desk.viewsets import RowsIndexView, RowsViewSet
from privacy.models import AccessAction

from ..exceptions import AgreementGoneError, ResponseBusyError, TwoPeopleError
from ..forms import NoteForm, PublicReasonForm, ReopeningForm, VoidForm, WithdrawalForm
from ..models import Election, PledgeAgreement
from ..presenters import AgreementPresenter
from ..services.countersigning import RIGHT
from ..services.endings import decide_void, propose_void, refuse_agreement, withdraw_agreement
from ..services.moderation import reopen_answers
from ..services.notes import write_note
from ..views.access import AGREEMENTS, OF_RESPONDENT, READ, log_access, party_of, post_of, readable

State = PledgeAgreement.State


class AgreementFilterSet(WagtailFilterSet):
    election = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Election"),
        queryset=Election.objects.all(),
        field_name="respondent__election",
    )
    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"),
        choices=State.choices,
        widget=forms.CheckboxSelectMultiple,
        distinct=False,
    )
    form = django_filters.ChoiceFilter(
        label=pgettext_lazy("agreement", "Form"), choices=PledgeAgreement.Form.choices
    )

    class Meta:
        model = PledgeAgreement
        fields = []


class AgreementIndexView(RowsIndexView):
    detail_url_name = None

    def get_base_queryset(self):
        rows = readable(self.request.user, PledgeAgreement)
        return rows.defer("text").select_related(*OF_RESPONDENT)

    def order_queryset(self, queryset):
        return queryset.order_by("-signed_at", "-pk")

    @cached_property
    def header_buttons(self):
        if not self.request.user.has_perm(RIGHT):
            return []
        url = reverse("pledges_countersign")
        return [HeaderButton(_("Countersign agreements"), url, icon_name="edit")]

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "number",
                label=pgettext("pledge agreement", "Number"),
                get_url=lambda row: reverse(self.detail_url_name, args=[row.pk]),
            ),
            Column("name", label=_("Name"), accessor="respondent.name"),
            Column("party", label=_("Party"), accessor=lambda row: party_of(row.respondent)),
            Column("post", label=_("Post"), accessor=lambda row: post_of(row.respondent)),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor="get_state_display",
                primary=lambda row: row.state in PledgeAgreement.LIVING,
            ),
            Column("form", label=pgettext("agreement", "Form"), accessor="get_form_display"),
            DateColumn("signed_at", label=pgettext("agreement", "Signed")),
            DateColumn("countersigned_at", label=pgettext("agreement", "Concluded")),
        ]

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        log_access(self.request, AccessAction.LIST, AGREEMENTS, context["object_list"])
        return context


class AgreementDetailView(generic.InspectView):
    any_permission_required = READ
    page_title = pgettext_lazy("screen", "Pledge agreement")
    access = AccessAction.DETAIL
    access_reason = ""

    def get_object(self, queryset=None):
        if not self.user_has_any_permission(READ):
            raise PermissionDenied
        rows = readable(self.request.user, PledgeAgreement).select_related(*OF_RESPONDENT)
        row = rows.select_related("response", "supersedes").filter(pk=self.pk).first()
        if row is None:
            raise Http404
        return row

    def get_page_subtitle(self):
        return self.object.number

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
        log_access(self.request, self.access, AGREEMENTS, [row], self.access_reason)
        shown = AgreementPresenter(row, self.request.user)
        offered = {}
        if self.may("change"):
            offered = {name: form(auto_id=f"id_{name}_%s") for name, form in shown.steps}
        return super().get_context_data(**{"shown": shown, **offered, **kwargs})


def _refuse(row, form, user):
    refuse_agreement(row, form.cleaned_data["reason"], user=user)
    return _("It is not countersigned; the reason is public.")


def _withdraw(row, form, user):
    cleaned = form.cleaned_data
    withdraw_agreement(row, cleaned["reason"], user=user, withdrawn_on=cleaned["withdrawn_on"])
    return _("The withdrawal is public, with its day and reason. The text stays readable.")


def _propose_void(row, form, user):
    propose_void(row, form.cleaned_data["cause"], form.cleaned_data["reason"], user=user)
    return _("Another person now has to confirm it.")


def _correct(row, form, user):
    write_note(
        row.respondent, form.kind, form.cleaned_data["reason"], actor=str(user.pk), agreement=row
    )
    return _("The correction is public.")


def _reopen(row, form, user):
    cleaned = form.cleaned_data
    reopen_answers(row.response, cleaned["reason"], until=cleaned["until"], user=user)
    return _("The answers are open again, for this one respondent. All can read why.")


STEPS = {
    "refuse": ("refuse", PublicReasonForm, _refuse),
    "withdraw": ("withdraw", WithdrawalForm, _withdraw),
    "void": ("void", VoidForm, _propose_void),
    "correct": ("correct", NoteForm, _correct),
    "reopen": ("reopen", ReopeningForm, _reopen),
}


class AgreementStepView(AgreementDetailView):
    """One step of staff on an agreement, by POST."""

    http_method_names = ["post"]
    access = AccessAction.CHANGE

    def post(self, request, step, **_kwargs):
        if not self.may("change"):
            raise PermissionDenied
        if step == "decide-void":
            return self._answer(self._decide_void)
        if step not in STEPS:
            raise Http404
        name, form_class, take = STEPS[step]
        form = form_class(request.POST, auto_id=f"id_{name}_%s")
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(**{name: form}), status=422)
        self.access_reason = form.cleaned_data["reason"]
        return self._answer(lambda: take(self.object, form, request.user))

    def _answer(self, take):
        row = self.object
        log_access(self.request, self.access, AGREEMENTS, [row], self.access_reason[:300])
        try:
            messages.success(self.request, take())
        except (AgreementGoneError, ResponseBusyError):
            messages.error(self.request, _("Nothing changed: it is in another state now."))
        except TwoPeopleError:
            messages.error(self.request, _("Another person than the one who asked must confirm."))
        return redirect(reverse("agreements:inspect", args=[row.pk]))

    def _decide_void(self):
        proposal = self.object.void_proposals.filter(decided_at=None).first()
        if proposal is None:
            raise AgreementGoneError
        accepted = self.request.POST.get("do") == "confirm"
        decide_void(proposal, accepted=accepted, user=self.request.user)
        if accepted:
            return _("The agreement is void; the reason is public.")
        return _("The agreement stays as it is.")


class AgreementViewSet(RowsViewSet):
    model = PledgeAgreement
    name = "agreements"
    icon = "doc-full-inverse"
    menu_label = gettext_lazy("Pledge agreements")
    filterset_class = AgreementFilterSet
    index_view_class = AgreementIndexView
    inspect_view_class = AgreementDetailView
    inspect_template_name = "pledges/admin/agreement.html"
    search_fields = ["number", "respondent__candidacy__name", "respondent__party_name"]
    search_backend_name = None

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            detail_url_name=self.get_url_name("inspect"), **kwargs
        )

    def get_urlpatterns(self):
        step = self.construct_view(AgreementStepView, template_name=self.inspect_template_name)
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/<slug:step>/", step, name="step"),
        ]
