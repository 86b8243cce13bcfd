from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from .outbox import OutboxViewSet
from .suppressions import SuppressionViewSet

__all__ = ["MailGroup", "OutboxViewSet", "SuppressionViewSet"]


class MailGroup(ViewSetGroup):
    menu_label = _("Mail")
    menu_icon = "mail"
    menu_order = 160
    items = (OutboxViewSet, SuppressionViewSet)
