from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackupConfig(AppConfig):
    """Copies of database, files and keys, and the way back from them."""

    name = "backup"
    verbose_name = _("Backup")
