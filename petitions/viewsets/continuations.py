"""새 국회에 서명 이어 가기: staff start and stop it, and see how many were asked and went on."""

from urllib.parse import urlencode

from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from desk.viewsets import RowsIndexView, RowsViewSet

from .. import services
from ..admin_forms import ContinuationForm
from ..exceptions import ContinuationRunningError, ContinuationUnfitError
from ..models import Continuation, PetitionPage


def _form(data=None, **kwargs):
    petitions = PetitionPage.objects.live().only("title").order_by("-pk")
    return ContinuationForm(data, petitions=petitions, **kwargs)


class StopColumn(Column):
    """A button on each one that runs."""

    cell_template_name = "petitions/admin/stop_continuation_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        request = parent_context["request"]
        return {**context, "runs": instance.stopped_at is None, "csrf": get_token(request)}


class ContinuationIndexView(RowsIndexView):
    start_url_name = None

    def get_base_queryset(self):
        return Continuation.objects.with_progress().select_related("old", "new")

    def order_queryset(self, queryset):
        return queryset.order_by("-started_at", "-pk")

    @cached_property
    def columns(self):
        columns = [
            Column("old", label=_("Signed until now"), accessor="old.title"),
            Column("new", label=_("To be signed from now on"), accessor="new.title"),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor=_state,
                primary=lambda row: row.stopped_at is None,
            ),
            Column("asked", label=pgettext("signers", "Asked")),
            Column("went_on", label=pgettext("signers", "Signed again")),
            DateColumn("started_at", label=pgettext("moment", "Started")),
        ]
        if self.user_has_permission("change"):
            columns.append(StopColumn("stop", label=_("Stop")))
        return columns

    def get_context_data(self, **kwargs):
        chosen = {name: self.request.GET.get(name, "") for name in ("old", "new")}
        return super().get_context_data(
            start_form=_form(initial=chosen) if self.user_has_permission("add") else None,
            start_url=reverse(self.start_url_name),
            **kwargs,
        )


def _state(row):
    return pgettext("asking signers", "running") if row.stopped_at is None else _("stopped")


class ContinuationStartView(PermissionCheckedMixin, View):
    """Takes the two petitions; what cannot be is told, and the choice stays."""

    model = Continuation
    permission_required = "add"
    index_url_name = None
    http_method_names = ["post"]

    def post(self, request):
        form = _form(request.POST)
        problem = self._start(form) if form.is_valid() else next(iter(form.errors.values()))[0]
        if not problem:
            messages.success(request, _("The mails go out within minutes, each signer gets one."))
            return redirect(self.index_url_name)
        messages.error(request, problem)
        chosen = urlencode({name: request.POST.get(name, "") for name in form.fields})
        return redirect(f"{reverse(self.index_url_name)}?{chosen}")

    def _start(self, form):
        old, new = form.cleaned_data["old"], form.cleaned_data["new"]
        try:
            services.start_continuation(old, new, user=self.request.user)
        except ContinuationUnfitError:
            return _("Choose another petition to be signed next, one that takes signatures now.")
        except ContinuationRunningError:
            return _("These signers are asked to go on with another petition. Stop that first.")
        return ""


class ContinuationStopView(PermissionCheckedMixin, View):
    model = Continuation
    permission_required = "change"
    index_url_name = None
    http_method_names = ["post"]

    def post(self, request, pk):
        services.stop_continuation(pk)
        messages.success(request, _("Nobody is asked any more, and the links in mails are over."))
        return redirect(self.index_url_name)


class ContinuationViewSet(RowsViewSet):
    model = Continuation
    name = "continued-petitions"
    icon = "redirect"
    menu_label = gettext_lazy("Signing again")
    menu_order = 115
    add_to_admin_menu = True
    index_view_class = ContinuationIndexView
    index_template_name = "petitions/admin/continuations.html"
    index_results_template_name = "wagtailadmin/generic/listing_results.html"

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(start_url_name=self.get_url_name("start"), **kwargs)

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("start/", self.construct_view(ContinuationStartView), name="start"),
            path("<int:pk>/stop/", self.construct_view(ContinuationStopView), name="stop"),
        ]
