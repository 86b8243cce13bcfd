"""Candidates: found by filters or name, each with its story and what staff may do."""

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permissions import policy_registry

from desk.viewsets import RowsIndexView, RowsViewSet
from home.dates import korean_date
from home.network.models import Region

from .. import services
from ..exceptions import MoveRefusedError
from ..forms import CandidacyForm, CorrectionForm, MoveForm, TakeBackForm
from ..models import Candidacy, Contest, Election, Office
from ..policies import reaches
from ..presenters import story_of

READ = ("view", "change")
CORRECTED = ("name", "hanja", "party_name", "ballot_number")


def readable_candidacies(user):
    """Those that this person may see; others do not exist for them."""
    policy = policy_registry.get_by_type(Candidacy)
    rows = policy.instances_user_has_any_permission_for(user, READ)
    return rows.select_related("contest__election", "contest__post__region__parent__parent")


class CandidacyFilterSet(WagtailFilterSet):
    election = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Election"),
        queryset=Election.objects.all(),
        field_name="contest__election",
    )
    office = django_filters.ChoiceFilter(
        label=pgettext_lazy("election", "Office"),
        choices=Office.choices,
        field_name="contest__post__office",
    )
    province = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Region"), queryset=Region.objects.provinces(), method="in_province"
    )
    status = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"),
        choices=Candidacy.Status.choices,
        widget=forms.CheckboxSelectMultiple,
        distinct=False,
    )
    missing = django_filters.ChoiceFilter(
        label=gettext_lazy("Missing in the list"),
        choices=[("on", gettext_lazy("Missing"))],
        method="only_missing",
    )

    class Meta:
        model = Candidacy
        fields = []

    def only_missing(self, rows, _name, _value):
        return rows.exclude(missing_since=None)

    def in_province(self, rows, _name, province):
        in_it = rows.filter(contest__post__region=province)
        return in_it | rows.filter(contest__post__region__parent=province)


class CandidacyIndexView(RowsIndexView):
    detail_url_name = None

    def get_base_queryset(self):
        return readable_candidacies(self.request.user)

    def order_queryset(self, queryset):
        return queryset.order_by("-contest__election__vote_on", "contest", "ballot_number", "name")

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "name",
                label=_("Name"),
                get_url=lambda row: reverse(self.detail_url_name, args=[row.pk]),
            ),
            Column("party", label=_("Party"), accessor="party"),
            Column("post", label=_("Post"), accessor="contest.post"),
            StatusTagColumn(
                "status",
                label=_("State"),
                accessor="get_status_display",
                primary=lambda row: row.status in Candidacy.STANDING,
            ),
            Column("status_on", label=pgettext("candidacy", "Since"), accessor=_since),
            Column("missing_since", label=_("Missing"), accessor=_missing),
            Column("election", label=_("Election"), accessor="contest.election"),
        ]


def _since(row):
    return korean_date(row.status_on)


def _missing(row):
    return korean_date(row.missing_since) if row.missing_since else "—"


class CandidacyDetailView(generic.InspectView):
    any_permission_required = READ
    page_title = pgettext_lazy("screen", "Candidate")

    def get_object(self, queryset=None):
        if not self.user_has_any_permission(READ):
            raise PermissionDenied
        row = readable_candidacies(self.request.user).filter(pk=self.pk).first()
        if row is None:
            raise Http404
        return row

    def get_page_subtitle(self):
        return self.object.name

    def get_fields_context(self):
        return []

    def get_edit_url(self):
        return None

    def get_delete_url(self):
        return None

    def get_context_data(self, **kwargs):
        row = self.object
        may_change = self.user_has_permission_for_instance("change", row)
        moves = services.MOVES.get(row.status, ())
        moved = row.changes.filter(field="status").exists()
        forms_ = {
            "move_form": MoveForm(moves=moves, auto_id="id_move_%s") if moves else None,
            "take_back_form": TakeBackForm(auto_id="id_back_%s") if moved else None,
            "correct_form": CorrectionForm(instance=row, auto_id="id_correct_%s"),
        }
        shown = {**forms_, **kwargs} if may_change else kwargs
        return super().get_context_data(candidacy=row, story=story_of(row), **shown)


class CandidacyStepView(CandidacyDetailView):
    """One of the buttons: ``move``, ``take-back`` or ``correct``."""

    http_method_names = ["post"]
    any_permission_required = ["change"]

    def post(self, request, step, **_kwargs):
        if not self.user_has_permission_for_instance("change", self.object):
            raise PermissionDenied
        steps = {"move": self._move, "take-back": self._take_back, "correct": self._correct}
        if step not in steps:
            raise Http404
        refused = steps[step](request)
        if refused:
            response = self.render_to_response(self.get_context_data(**refused))
            response.status_code = 422
            return response
        return redirect("candidacies:inspect", self.object.pk)

    def _move(self, request):
        moves = services.MOVES.get(self.object.status, ())
        form = MoveForm(request.POST, moves=moves, auto_id="id_move_%s")
        if not form.is_valid():
            return {"move_form": form}
        cleaned = form.cleaned_data
        proof = services.Proof(cleaned["changed_on"], cleaned["source"])
        try:
            services.move_candidacy(self.object, cleaned["status"], proof, user=request.user)
        except MoveRefusedError:
            messages.error(request, _("The state was changed meanwhile. Please look again."))
        else:
            messages.success(request, _("The new state is entered."))
        return None

    def _take_back(self, request):
        form = TakeBackForm(request.POST, auto_id="id_back_%s")
        if not form.is_valid():
            return {"take_back_form": form}
        try:
            services.take_back_move(self.object, form.cleaned_data["reason"], user=request.user)
        except MoveRefusedError:
            messages.error(request, _("There is no step to take back."))
        else:
            messages.success(request, _("The state before holds again."))
        return None

    def _correct(self, request):
        row = Candidacy.objects.get(pk=self.object.pk)
        form = CorrectionForm(request.POST, instance=row, auto_id="id_correct_%s")
        if not form.is_valid():
            return {"correct_form": form}
        cleaned = form.cleaned_data
        proof = services.Proof(cleaned["changed_on"], cleaned["source"], cleaned["reason"])
        values = {name: cleaned[name] for name in CORRECTED}
        if services.correct_candidacy(self.object, values, proof, user=request.user):
            messages.success(request, _("It was put right."))
        else:
            messages.warning(request, _("Nothing is different from before."))
        return None


class CandidacyEntryView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Somebody whom no list names yet, for one contest."""

    model = Candidacy
    permission_required = "add"
    form_class = CandidacyForm
    template_name = "pledges/admin/candidacy_new.html"
    page_title = gettext_lazy("Enter a candidate")
    header_icon = "user"

    @cached_property
    def contest(self):
        rows = Contest.objects.select_related("election", "post__region__parent__parent")
        return get_object_or_404(rows, pk=self.kwargs["contest"])

    def dispatch(self, request, *args, **kwargs):
        if not reaches(request.user, "pledges.add_candidacy", self.contest.post.region_id):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        cleaned = form.cleaned_data
        row = services.enter_candidacy(
            self.contest,
            {name: cleaned[name] for name in ("name", "hanja", "party_name")},
            services.Proof(cleaned["changed_on"], cleaned["source"]),
            status=cleaned["status"],
            birth_on=cleaned["birth_on"],
        )
        messages.success(self.request, _("“%(name)s” is entered.") % {"name": row})
        return redirect("candidacies:inspect", row.pk)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs):
        return super().get_context_data(contest=self.contest, **kwargs)


class CandidacyViewSet(RowsViewSet):
    model = Candidacy
    name = "candidacies"
    icon = "user"
    menu_label = gettext_lazy("Candidates")
    filterset_class = CandidacyFilterSet
    index_view_class = CandidacyIndexView
    inspect_view_class = CandidacyDetailView
    inspect_template_name = "pledges/admin/candidacy.html"
    search_fields = ["name", "party_name"]
    search_backend_name = None

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            detail_url_name=self.get_url_name("inspect"), **kwargs
        )

    def get_urlpatterns(self):
        step = self.construct_view(CandidacyStepView, template_name=self.inspect_template_name)
        return [
            *super().get_urlpatterns(),
            path("enter/<int:contest>/", self.construct_view(CandidacyEntryView), name="enter"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/<slug:step>/", step, name="step"),
        ]
