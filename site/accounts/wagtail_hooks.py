from django.core.exceptions import PermissionDenied
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.admin.widgets.button import Button
from wagtail.sites.views import IndexView as SitesIndexView
from wagtail.users.views.users import IndexView as UsersIndexView

from desk.panels import TODO_HOOK

from .models import User
from .panels import WelcomePanel, todo_items
from .views import (
    give_preset,
    give_role,
    review_roles,
    review_text,
    show_guide,
    show_roles,
    take_back,
)
from .viewsets import InvitationViewSet, RightsChangeViewSet

hooks.register(TODO_HOOK, todo_items, order=0)

# Wagtail heads these columns with the English names of their fields.
SITE_COLUMNS = {"port": _("port"), "site_name": _("site name"), "root_page": _("root page")}
for column in SitesIndexView.columns:
    column.label = capfirst(SITE_COLUMNS.get(column.name, column.label))

# Wagtail gives the list of staff to whoever may see it as a file, without a reason or a record.
UsersIndexView.FORMATS = ()


@hooks.register("register_admin_urls")
def open_our_screens():
    return [
        path("review/<int:task_state_id>/", review_text, name="review_text"),
        path("guide/", show_guide, name="editors_guide"),
        path("roles/", review_roles, name="review_roles"),
        path("roles/<int:pk>/", show_roles, name="staff_roles"),
        path("roles/<int:pk>/give/", give_role, name="give_role"),
        path("roles/<int:pk>/preset/", give_preset, name="give_preset"),
        path("roles/grants/<int:pk>/take-back/", take_back, name="take_back_grant"),
    ]


@hooks.register("register_account_menu_item")
def lead_to_second_factor(_request):
    return {
        "url": reverse("mfa_index"),
        "label": _("Second factor"),
        "help_text": _("Authenticator app, passkeys and recovery codes of your log-in."),
    }


@hooks.register("insert_global_admin_js")
def watch_for_input():
    told = {
        "activity": reverse("activity"),
        "login": f"{reverse('account_login')}?next={reverse('back_again')}",
        "soon": _("Your log-in ends soon"),
        "left": _("Nobody has touched this screen for a while. It ends in:"),
        "prolong": _("Prolong the log-in"),
        "leave": pgettext_lazy("a button", "Log out"),
        "ended": _("Your log-in has ended"),
        "kept": _(
            "What you typed is still here. Log in again in a new window; then this screen goes on."
        ),
        "again": _("Log in again in a new window"),
        "other": _("Somebody else is logged in now. Please log in as yourself."),
    }
    data = format_html_join(" ", 'data-{}="{}"', told.items())
    return format_html('<script src="{}" {}></script>', static("js/admin_idle.js"), data)


@hooks.register("register_admin_viewset")
def list_invitations():
    return InvitationViewSet()


@hooks.register("before_delete_user")
def keep_accounts(_request, _user):
    """What they did has their name on it."""
    raise PermissionDenied


@hooks.register("before_bulk_action")
def keep_staff_out_of_bulk_actions(_request, _action_type, _objects, action):
    """Leaving has a reason, roles a record: both one by one."""
    if User in action.models:
        raise PermissionDenied


@hooks.register("register_log_actions")
def name_what_happens_to_accounts(actions):
    actions.register_action(
        "accounts.reset_factor", _("Reset second factor"), _("Second factor reset")
    )
    actions.register_action("accounts.close", _("Close account"), _("Account closed"))
    actions.register_action("accounts.reopen", _("Open account again"), _("Account opened again"))


rights_changes = RightsChangeViewSet()


@hooks.register("register_admin_viewset")
def list_changes_of_rights():
    return rights_changes


@hooks.register("register_reports_menu_item")
def list_changes_in_menu():
    return rights_changes.get_menu_item(order=900)


class RolesMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("accounts.view_grant")


@hooks.register("register_settings_menu_item")
def offer_roles():
    url = reverse("review_roles")
    return RolesMenuItem(_("Who may do what"), url, icon_name="group", order=610)


@hooks.register("register_user_listing_buttons")
def lead_to_roles(user, request_user):
    if request_user.has_perm("accounts.view_grant"):
        url = reverse("staff_roles", args=[user.pk])
        yield Button(_("Roles"), url=url, icon_name="group", priority=5)


@hooks.register("construct_homepage_panels")
def welcome_newcomers(_request, panels):
    """Texts to approve stand in the list of today, each with its review screen."""
    panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    panels.append(WelcomePanel())


@hooks.register("register_help_menu_item")
def offer_guide():
    return MenuItem(_("Guide for editors"), reverse("editors_guide"), icon_name="help", order=0)
