"""Powers of attorney: two members of staff look at each before it counts."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic

from desk.viewsets import RowsIndexView, RowsViewSet
from privacy.masking import mask_name
from privacy.models import AccessAction

from ..exceptions import AgreementGoneError, TwoPeopleError
from ..models import Delegation
from ..services.delegations import check_delegation, document_of
from ..views.access import DELEGATIONS, READ, log_access, post_of, readable

OF_INVITATION = (
    "invitation__respondent__election",
    "invitation__respondent__region",
    "invitation__respondent__candidacy__contest__post__region__parent__parent",
)


def state_of(row):
    if row.is_proved:
        return pgettext("delegation", "Proved")
    if row.first_check_by_id:
        return pgettext("delegation", "Looked at by one of two")
    return pgettext("delegation", "To be checked")


def _invitations(rows):
    return [row.invitation for row in rows]


class DelegationIndexView(RowsIndexView):
    detail_url_name = None

    def get_base_queryset(self):
        return readable(self.request.user, Delegation).select_related(*OF_INVITATION)

    def order_queryset(self, queryset):
        return queryset.order_by("-pk")

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "respondent",
                label=_("Whom it concerns"),
                accessor="invitation.respondent.name",
                get_url=lambda row: reverse(self.detail_url_name, args=[row.pk]),
            ),
            Column(
                "post", label=_("Post"), accessor=lambda row: post_of(row.invitation.respondent)
            ),
            Column("name", label=_("Delegate"), accessor=lambda row: mask_name(row.name)),
            Column("title", label=pgettext("delegate", "Function"), accessor="title"),
            Column("proof", label=_("Proof"), accessor="get_proof_display"),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor=state_of,
                primary=lambda row: row.is_proved,
            ),
        ]

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        rows = _invitations(context["object_list"])
        log_access(self.request, AccessAction.LIST, DELEGATIONS, rows)
        return context


class DelegationDetailView(generic.InspectView):
    any_permission_required = READ
    page_title = gettext_lazy("Delegation")
    access = AccessAction.DETAIL

    def get_object(self, queryset=None):
        if not self.user_has_any_permission(READ):
            raise PermissionDenied
        rows = readable(self.request.user, Delegation).select_related(
            *OF_INVITATION, "first_check_by", "second_check_by"
        )
        row = rows.filter(pk=self.pk).first()
        if row is None:
            raise Http404
        return row

    def get_page_subtitle(self):
        return self.object.invitation.respondent.name

    def get_fields_context(self):
        return []

    def get_edit_url(self):
        return None

    def get_delete_url(self):
        return None

    def may_change(self):
        return self.user_has_permission_for_instance("change", self.object)

    def get_context_data(self, **kwargs):
        row = self.object
        # Whoever compares needs the name as it stands on the paper.
        action = AccessAction.FULL if self.may_change() else self.access
        log_access(self.request, action, DELEGATIONS, [row.invitation], _("Power of attorney"))
        may = self.may_change() and bool(row.document_sha256) and not row.is_proved
        return super().get_context_data(
            delegation=row,
            respondent=row.invitation.respondent,
            name=row.name if self.may_change() else mask_name(row.name),
            state=state_of(row),
            may_check=may and row.first_check_by_id != self.request.user.pk,
            waits_for_another=may and row.first_check_by_id == self.request.user.pk,
            **kwargs,
        )


class DelegationFileView(DelegationDetailView):
    """The document as it was sent in, never opened by the browser as a page of ours."""

    def get(self, request, **_kwargs):
        row = self.object
        content = document_of(row)
        if not self.may_change() or not content:
            raise Http404
        log_access(
            request, AccessAction.FULL, DELEGATIONS, [row.invitation], _("Power of attorney")
        )
        response = HttpResponse(content, content_type="application/pdf")
        response["Content-Disposition"] = 'attachment; filename="delegation.pdf"'
        response["Cache-Control"] = "no-store"
        return response


class DelegationCheckView(DelegationDetailView):
    http_method_names = ["post"]

    def post(self, request, **_kwargs):
        if not self.may_change():
            raise PermissionDenied
        row = self.object
        log_access(request, AccessAction.CHANGE, DELEGATIONS, [row.invitation])
        try:
            checked = check_delegation(row, user=request.user)
        except TwoPeopleError:
            messages.error(request, _("Another person has to look at it, too."))
        except AgreementGoneError:
            messages.error(request, _("Nothing changed: it is in another state now."))
        else:
            told = _("The delegation is proved.") if checked.is_proved else _("One of two is done.")
            messages.success(request, told)
        return redirect(reverse("delegations:inspect", args=[row.pk]))


class DelegationViewSet(RowsViewSet):
    model = Delegation
    name = "delegations"
    icon = "user"
    menu_label = gettext_lazy("Delegations")
    index_view_class = DelegationIndexView
    inspect_view_class = DelegationDetailView
    inspect_template_name = "pledges/admin/delegation.html"

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            detail_url_name=self.get_url_name("inspect"), **kwargs
        )

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/file/", self.construct_view(DelegationFileView), name="file"),
            path("<int:pk>/check/", self.construct_view(DelegationCheckView), name="check"),
        ]
