from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.sites.views import IndexView as SitesIndexView
from wagtail.users.views.users import IndexView as UsersIndexView

from desk.panels import TODO_HOOK

from .models import User
from .panels import WelcomePanel, todo_items
from .views import review_text, show_guide
from .viewsets import InvitationViewSet

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
    ]


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


@hooks.register("construct_homepage_panels")
def welcome_newcomers(_request, panels):
    """Texts to approve stand in the list of today, each with its review screen."""
    panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    panels.append(WelcomePanel())


@hooks.register("register_help_menu_item")
def offer_guide():
    return MenuItem(_("Guide for editors"), reverse("editors_guide"), icon_name="help", order=0)
