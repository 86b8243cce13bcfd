from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from desk.panels import TodoItem

from .models import OutboxMessage


def todo_items(user) -> list[TodoItem]:
    """Mails that could not be sent."""
    if not user.has_perm("messaging.view_outboxmessage"):
        return []
    number = OutboxMessage.objects.failed().count()
    url = reverse("outgoing-mail:index") + "?state=failed"
    return [TodoItem(_("Mails that could not be sent"), url, number=number)] if number else []
