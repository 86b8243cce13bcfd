"""How old the last backup is, on the first screen of whoever keeps the site running."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from desk.panels import TodoItem

from .models import BackupRun

TOO_OLD = timedelta(days=2)
SEES = "backup.view_backuprun"


class BackupPanel(Component):
    """The last backup; red where it is too old, failed or was never made."""

    name = "backup"
    template_name = "backup/admin/panel.html"
    order = 60

    def get_context_data(self, parent_context):
        last = BackupRun.objects.successful().latest_first().first()
        return {"last": last, "trouble": trouble(), "url": reverse("backups:index")}

    def render_html(self, parent_context=None):
        if not parent_context["request"].user.has_perm(SEES):
            return ""
        return super().render_html(parent_context)


def trouble() -> str:
    """What is wrong with the backups, or nothing."""
    last = BackupRun.objects.latest_first().first()
    if last is None:
        return _("There is no backup yet.")
    if last.error:
        return last.error
    if timezone.now() - last.finished_at > TOO_OLD:
        return _("The last backup is more than two days old. Is the worker running?")
    return ""


def todo_items(user) -> list[TodoItem]:
    """A backup that is missing waits for somebody who can make one."""
    if not user.has_perm(SEES) or not (words := trouble()):
        return []
    return [TodoItem(label=_("See to the backup"), url=reverse("backups:index"), note=words)]
