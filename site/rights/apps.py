from datetime import time, timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    """What people may ask of us about their data, and when it goes."""

    name = "rights"
    verbose_name = _("People's rights")

    def ready(self):
        # Models can only be imported once the registry is full.
        from accounts.registry import register_personal_data
        from exports.registry import register_source
        from messaging.registry import register
        from privacy.registry import name_data_set
        from schedule.registry import register_job

        from . import data_sets, emails, export_sources, services
        from .registry import keep_apart_with
        from .services.foundations import register_foundations

        register_personal_data(
            *("rights.view_request", "rights.change_request"), screens=["/admin/data-requests/"]
        )
        kept = ("rights.view_retainedrecord", "rights.export_retainedrecord")
        register_personal_data(*kept, screens=["/admin/kept-by-law/"])
        for source in export_sources.SOURCES:
            register_source(source)
        name_data_set(export_sources.KEPT, _("Data kept by law"))
        keep_apart_with(services.clock_for)
        register_foundations()
        data_sets.register_own()
        for purpose, (build, label) in emails.MAILS.items():
            register(purpose, build, label=label)
        register_job(
            "rights.destroy_due", every=timedelta(days=1), at=time(3, 20), run=services.destroy_due
        )
