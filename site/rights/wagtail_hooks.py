from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from desk.panels import TODO_HOOK

from . import views
from .panels import VIEW, todo_items
from .viewsets import BreachViewSet, RequestViewSet, RetainedViewSet

requests = RequestViewSet()
breaches = BreachViewSet()
retained = RetainedViewSet()


@hooks.register("register_admin_viewset")
def list_requests():
    return requests


@hooks.register("register_admin_viewset")
def list_breaches():
    return breaches


@hooks.register("register_admin_viewset")
def list_retained():
    return retained


hooks.register(TODO_HOOK, todo_items, order=30)


class RetentionMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(VIEW)


@hooks.register("register_admin_urls")
def open_retention():
    return [
        path("retention/", views.show_calendar, name="retention_calendar"),
        path("retention/today/", views.show_today, name="retention_today"),
        path("retention/log/", views.show_log, name="retention_log"),
        path("retention/log/print/", views.print_log, name="retention_log_print"),
        path("retention/holds/", views.place_hold, name="place_hold"),
        path("retention/holds/<int:pk>/lift/", views.lift_hold, name="lift_hold"),
    ]


@hooks.register("register_admin_menu_item")
def show_retention():
    url = reverse("retention_calendar")
    return RetentionMenuItem(
        _("Retention and destruction"), url, name="retention", icon_name="date", order=170
    )
