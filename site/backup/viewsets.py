from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn

from desk.viewsets import RowsIndexView, RowsViewSet

from .models import BackupRun


class BackupIndexView(RowsIndexView):
    def order_queryset(self, queryset):
        return queryset.latest_first()

    @cached_property
    def columns(self):
        return [
            DateColumn("finished_at", label=_("Time")),
            Column("file_name", label=_("File"), accessor=lambda run: run.file_name or "–"),
            Column("size", label=_("Size"), accessor="size_in_words"),
            Column("error", label=_("What failed"), accessor=lambda run: run.error or "–"),
        ]


class BackupViewSet(RowsViewSet):
    """Backups that were made or failed. Only the command line makes and restores them."""

    model = BackupRun
    index_view_class = BackupIndexView
    url_prefix = "backups"
    url_namespace = "backups"
    menu_label = gettext_lazy("Backups")
    icon = "download"
    inspect_view_enabled = False
    add_to_settings_menu = True
