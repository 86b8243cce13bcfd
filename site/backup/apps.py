from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class BackupConfig(AppConfig):
    """Copies of database, files and keys, and the way back from them."""

    name = "backup"
    verbose_name = _("Backup")

    def ready(self):
        # Models can only be imported once the registry is full.
        from schedule.registry import register_job

        from .jobs import back_up_daily

        register_job(
            "backup.back_up_daily",
            every=timedelta(days=1),
            at=settings.BACKUP_AT,
            run=back_up_daily,
        )
