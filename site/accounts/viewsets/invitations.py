"""Who was asked to join the staff, and what became of it."""

from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from desk.viewsets import RowsIndexView, RowsViewSet

from .. import services
from ..exceptions import InvitationOverError
from ..models import Invitation
from .staff import STAFF


class AgainColumn(Column):
    """The buttons of an open invitation."""

    cell_template_name = "accounts/admin/invitation_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "csrf": get_token(parent_context["request"])}


class InvitationIndexView(RowsIndexView):
    any_permission_required = ["add"]

    def get_base_queryset(self):
        return Invitation.objects.select_related("invited_by").prefetch_related("groups")

    def order_queryset(self, queryset):
        return queryset.order_by("-created_at", "-pk")

    @cached_property
    def columns(self):
        return [
            Column("name", label=pgettext("of a person", "Name")),
            Column("email", label=_("E-mail")),
            Column("roles", label=_("Roles"), accessor=_roles),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor=lambda row: row.state.label,
                primary=lambda row: row.is_open,
            ),
            DateColumn("sent_at", label=_("Sent")),
            Column("invited_by", label=_("invited by")),
            AgainColumn("again", label=_("Steps")),
        ]


def _roles(invitation):
    names = [group.name for group in invitation.groups.all()]
    return ", ".join([_("Administrator"), *names] if invitation.is_administrator else names)


class InvitationActView(PermissionCheckedMixin, View):
    """A button of the list: sends an invitation again, or takes it back."""

    permission_policy = STAFF
    permission_required = "add"
    http_method_names = ["post"]
    service = None
    done = ""

    def post(self, request, pk):
        try:
            type(self).service(pk)
        except InvitationOverError:
            messages.error(request, _("This invitation was taken up or taken back before."))
        else:
            messages.success(request, self.done)
        return redirect("invitations:index")


class ResendView(InvitationActView):
    service = services.resend_invitation
    done = gettext_lazy("A new link is on its way; the earlier one stopped working.")


class RevokeView(InvitationActView):
    service = services.revoke_invitation
    done = gettext_lazy("The invitation is taken back; its link stopped working.")


class InvitationViewSet(RowsViewSet):
    model = Invitation
    name = "invitations"
    icon = "mail"
    menu_label = gettext_lazy("Invitations")
    menu_order = 610
    add_to_settings_menu = True
    index_view_class = InvitationIndexView
    inspect_view_enabled = False

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/again/", ResendView.as_view(), name="again"),
            path("<int:pk>/revoke/", RevokeView.as_view(), name="revoke"),
        ]
