from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from desk.panels import TODO_HOOK

from .panels import todo_items
from .viewsets import AccessLogViewSet, ConsentViewSet, ReviewViewSet

consent_texts = ConsentViewSet()


class AccessGroup(ViewSetGroup):
    menu_label = _("Access log")
    menu_icon = "view"
    menu_order = 170
    items = (AccessLogViewSet, ReviewViewSet)


access = AccessGroup()


@hooks.register("register_admin_viewset")
def edit_consent_texts():
    return consent_texts


@hooks.register("register_admin_viewset")
def read_access_log():
    return access


hooks.register(TODO_HOOK, todo_items, order=15)
