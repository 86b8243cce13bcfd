from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportsConfig(AppConfig):
    """The one way by which personal data leaves the site."""

    name = "exports"
    verbose_name = _("Exports")

    def ready(self):
        # Models can only be imported once the registry is full.
        from accounts.registry import register_personal_data
        from schedule.registry import register_job

        from . import services

        register_personal_data(
            *("exports.add_exportjob", "exports.view_exportjob"), screens=["/admin/exports/"]
        )
        register_job("exports.purge_expired", timedelta(minutes=10), services.purge_expired)
