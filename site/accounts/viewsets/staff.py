"""Staff in the admin: inviting, roles, a lost factor, leaving."""

from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import (
    BooleanColumn,
    BulkActionsCheckboxColumn,
    StatusTagColumn,
)
from wagtail.admin.views import generic
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.users.views.users import EditView, IndexView, UserViewSet

from .. import services
from ..admin_forms import ReasonForm, ResetFactorForm, StaffEditForm
from ..exceptions import (
    AlreadyInvitedError,
    AlreadyStaffError,
    LastAdministratorError,
    OwnAccountError,
)
from ..forms import InvitationForm
from ..models import User
from ..presenters import left_behind

STAFF = ModelPermissionPolicy(User)


class StaffIndexView(IndexView):
    FORMATS = ()
    add_item_label = gettext_lazy("Invite somebody")

    @cached_property
    def columns(self):
        """Without boxes to tick: who leaves does so with a reason, one by one."""
        # Wagtail's mark of who can log in is read aloud as "True".
        others = (BulkActionsCheckboxColumn, BooleanColumn)
        columns = [c for c in IndexView.columns.func(self) if not isinstance(c, others)]
        state = StatusTagColumn(
            "state", label=_("Status"), accessor=_state, primary=lambda person: person.is_active
        )
        return [*columns, state]

    def get_delete_url(self, instance):
        return None


def _state(person):
    return pgettext("account", "in use") if person.is_active else pgettext("account", "closed")


class InviteView(generic.CreateView):
    """In place of an account with a password that somebody else has typed."""

    page_title = gettext_lazy("Invite somebody")
    template_name = "wagtailadmin/generic/create.html"
    submit_button_label = gettext_lazy("Send the invitation")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "by": self.request.user}

    def form_valid(self, form):
        chosen = form.cleaned_data
        try:
            services.invite(
                name=chosen["name"],
                email=chosen["email"],
                groups=chosen["groups"],
                administrator=chosen.get("is_administrator", False),
                by=self.request.user,
            )
        except AlreadyStaffError:
            form.add_error("email", _("This address has an account already."))
            return self._again(form)
        except AlreadyInvitedError:
            form.add_error(
                "email", _("This address is invited already. Send that invitation again.")
            )
            return self._again(form)
        messages.success(self.request, _("The invitation is on its way."))
        return redirect("invitations:index")

    def _again(self, form):
        self.produced_error_code = self.produced_error_message = None
        return self.form_invalid(form)


class StaffEditView(EditView):
    """Roles and name; the rest by buttons of its own, each with a reason."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.can_delete = False

    @cached_property
    def header_more_buttons(self):
        buttons = list(EditView.header_more_buttons.func(self))
        if self.editing_self:
            return buttons
        return [*buttons, *(self._button(*act) for act in self._acts())]

    def _acts(self):
        if not self.object.is_active:
            return [("reopen", _("Open the account again"), "redo")]
        return [
            ("reset-factor", _("Reset the second factor"), "key"),
            ("close", _("Close the account"), "no-view"),
        ]

    def _button(self, act, label, icon):
        url = reverse(f"wagtailusers_users:{act}", args=[self.object.pk])
        return Button(label, url=url, icon_name=icon, priority=30)


class StaffActView(PermissionCheckedMixin, View):
    """A grave change to somebody's account: a page that says what follows, and asks why."""

    model = User
    permission_policy = STAFF
    permission_required = "change"
    form_class = ReasonForm
    service = None
    title = done = intro = ""

    def dispatch(self, request, *args, **kwargs):
        self.person = get_object_or_404(User, pk=kwargs["pk"])
        # Only an administrator touches an administrator.
        if self.person.is_superuser and not request.user.is_superuser:
            return redirect("wagtailusers_users:index")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        return self._show(self.form_class())

    def post(self, request, pk):
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self._show(form)
        try:
            type(self).service(self.person.pk, by=request.user, reason=form.cleaned_data["reason"])
        except OwnAccountError:
            messages.error(request, _("Somebody else has to do this to your account."))
        except LastAdministratorError:
            messages.error(
                request, _("This is the last administrator. Make somebody else one first.")
            )
        else:
            messages.success(request, self.done)
        return redirect("wagtailusers_users:edit", pk)

    def _show(self, form):
        context = {
            **{"person": self.person, "form": form, "page_title": self.title, "intro": self.intro},
            **{"page_subtitle": str(self.person), "left_behind": self.left_behind()},
            "back_url": reverse("wagtailusers_users:edit", args=[self.person.pk]),
        }
        return TemplateResponse(self.request, "accounts/admin/act.html", context)

    def left_behind(self):
        return []


class ResetFactorView(StaffActView):
    form_class = ResetFactorForm
    service = services.reset_factor
    title = gettext_lazy("Reset the second factor")
    done = gettext_lazy("The second factor is reset. The person is told by mail.")
    intro = gettext_lazy(
        "For who lost the phone and has no recovery codes. Every log-in of this person ends; at "
        "the next one a new second factor is set up."
    )


class CloseView(StaffActView):
    service = services.close_account
    title = gettext_lazy("Close the account")
    done = gettext_lazy("The account is closed.")
    intro = gettext_lazy(
        "For who leaves. Log-ins end at once, roles and second factor are taken away. What the "
        "person wrote stays, with the name."
    )

    def left_behind(self):
        return left_behind(self.person)


class ReopenView(StaffActView):
    service = services.reopen_account
    title = gettext_lazy("Open the account again")
    done = gettext_lazy("The account is open again. Now give it its roles.")
    intro = gettext_lazy("The person gets a mail to set a new password. Roles are given anew.")


class StaffViewSet(UserViewSet):
    menu_label = gettext_lazy("Staff")
    copy_view_enabled = False  # Nobody is made by copying somebody else.
    index_view_class = StaffIndexView
    # Wagtail's own would show no field but those it knows.
    create_template_name = "wagtailadmin/generic/create.html"
    index_template_name = "wagtailadmin/generic/index.html"
    index_results_template_name = "wagtailadmin/generic/index_results.html"
    add_view_class = InviteView
    edit_view_class = StaffEditView

    def get_form_class(self, for_update=False):
        return StaffEditForm if for_update else InvitationForm

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("reset-factor/<int:pk>/", ResetFactorView.as_view(), name="reset-factor"),
            path("close/<int:pk>/", CloseView.as_view(), name="close"),
            path("reopen/<int:pk>/", ReopenView.as_view(), name="reopen"),
        ]
