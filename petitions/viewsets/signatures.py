from django.db.models import F
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import (
    BulkActionsCheckboxColumn,
    Column,
    DateColumn,
    StatusTagColumn,
    TitleColumn,
)
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from desk.viewsets import RowsIndexView, RowsViewSet
from exports.registry import sources_for
from privacy.models import AccessAction
from privacy.services import searches as search

from .. import services
from ..admin_forms import ReasonForm, SignatureSearchForm
from ..models import BlockedAddress, Signature
from .access import log_access, readable_signatures
from .blocks import LIFT_RIGHT, BlockLiftView
from .detail import SignatureDetailView, SignatureFullView, SignatureStepView
from .filters import SignatureFilterSet
from .masks import masked_email, masked_name


class SignatureIndexView(RowsIndexView):
    """All signatures, newest first; or those of one search, then without filters."""

    detail_url_name = None
    search_url_name = None
    lift_url_name = None

    @cached_property
    def search_key(self):
        return self.request.GET.get(search.FOUND, "")

    @cached_property
    def found(self):
        return search.recall_search(self.request.session, self.search_key)

    @cached_property
    def filters(self):
        return None if self.search_key else super().filters

    def get_base_queryset(self):
        signatures = readable_signatures(self.request.user)
        signatures = signatures.select_related("region").defer("comment")
        signatures = signatures.annotate(petition_title=F("petition__title"))
        if not self.search_key:
            return signatures
        return search.found_by(self.found, signatures) if self.found else signatures.none()

    def order_queryset(self, queryset):
        """By an index that also serves the filter; without one by the key, which is as old."""
        chosen = self.filters.form.cleaned_data if self.is_filtering else {}
        if chosen.get("petition") or chosen.get("comment_status"):
            return queryset.order_by("-created_at", "-pk")
        return queryset.order_by("-pk")

    @cached_property
    def header_buttons(self):
        if not sources_for(self.request.user):
            return []
        return [HeaderButton(_("Export"), url=reverse("exports:index"), icon_name="download")]

    @cached_property
    def columns(self):
        return [*self._checkboxes(), *self._texts()]

    def _checkboxes(self):
        if self.user_has_permission("change"):
            yield BulkActionsCheckboxColumn("bulk_actions", obj_type="signature")

    def _texts(self):
        yield TitleColumn(
            "name",
            label=_("Name"),
            accessor=masked_name,
            get_url=lambda row: reverse(self.detail_url_name, args=[row.pk]),
            get_title_id=lambda row: f"signature_{row.pk}_title",
        )
        yield Column("email", label=_("E-mail"), accessor=masked_email)
        yield Column("region", label=_("Region"), accessor="region.short_name")
        yield StatusTagColumn(
            "status",
            label=_("Status"),
            accessor="get_status_display",
            primary=lambda row: row.is_countable,
        )
        yield Column(
            "comment_status", label=pgettext("signature", "Comment"), accessor=_comment_state
        )
        yield DateColumn("created_at", label=_("Signed"))
        yield Column("reference", label=_("Reference"))
        yield Column("petition", label=_("Petition"), accessor="petition_title")

    @cached_property
    def no_results_message(self):
        if self.search_key and not self.found:
            return _("This search is over. Please search again.")
        if self.search_key:
            return _("Nobody signed under exactly this name, address or number.")
        return super().no_results_message

    @cached_property
    def is_blocked(self):
        """Whether the address that was searched for can't sign."""
        # Blocks have no region: who sees one region only is not told of them.
        if not self.permission_policy.holds_everywhere(self.request.user, "view"):
            return False
        index = self.found["email"] if self.found else ""
        return bool(index) and services.is_blocked(bytes.fromhex(index))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**self._around_the_list(), **kwargs)
        action = AccessAction.SEARCH if self.search_key else AccessAction.LIST
        log_access(self.request, action, context["object_list"])
        return context

    def _around_the_list(self):
        return {
            "is_blocked": self.is_blocked,
            "can_lift": self.is_blocked and self.request.user.has_perm(LIFT_RIGHT),
            "lift_form": ReasonForm(),
            "lift_url": f"{reverse(self.lift_url_name)}?{search.FOUND}={self.search_key}",
            "can_change": self.user_has_permission("change"),
            "find_form": SignatureSearchForm(),
            "find_url": reverse(self.search_url_name),
            "searched": self.found["shown"] if self.found else "",
            "is_found_list": bool(self.search_key),
        }


def _comment_state(signature):
    if signature.comment_status == Signature.CommentStatus.NONE:
        return ""
    return signature.get_comment_status_display()


@method_decorator(sensitive_post_parameters("query"), name="dispatch")
class SignatureSearchView(PermissionCheckedMixin, View):
    """Takes a person's name or address by POST and leads to a list whose address names nobody."""

    model = Signature
    any_permission_required = ["view", "change"]
    index_url_name = None
    http_method_names = ["post"]

    def post(self, request):
        form = SignatureSearchForm(request.POST)
        index_url = reverse(self.index_url_name)
        if not form.is_valid():
            messages.error(request, _("Write a full name, a full e-mail address or a number."))
            return redirect(index_url)
        key = search.remember_search(request.session, form.cleaned_data["query"])
        return redirect(f"{index_url}?{search.FOUND}={key}")


class SignatureViewSet(RowsViewSet):
    """Signatures for staff: masked, found by filters or an exact search, each with its history."""

    model = Signature
    name = "signatures"
    icon = "edit"
    menu_label = gettext_lazy("Signatures")
    menu_order = 110
    add_to_admin_menu = True
    filterset_class = SignatureFilterSet
    index_view_class = SignatureIndexView
    inspect_view_class = SignatureDetailView
    index_template_name = "petitions/admin/signatures.html"
    index_results_template_name = "petitions/admin/signatures_results.html"
    inspect_template_name = "petitions/admin/signature.html"

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            detail_url_name=self.get_url_name("inspect"),
            search_url_name=self.get_url_name("search"),
            lift_url_name=self.get_url_name("lift-block"),
            **kwargs,
        )

    def get_urlpatterns(self):
        step = self.construct_view(SignatureStepView, template_name=self.inspect_template_name)
        full = self.construct_view(SignatureFullView, template_name=self.inspect_template_name)
        lift = self.construct_view(
            BlockLiftView, permission_policy=ModelPermissionPolicy(BlockedAddress)
        )
        return [
            *super().get_urlpatterns(),
            path("lift-block/", lift, name="lift-block"),
            path("search/", self.construct_view(SignatureSearchView), name="search"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/full/", full, name="full"),
            path("<int:pk>/<slug:step>/", step, name="step"),
        ]
