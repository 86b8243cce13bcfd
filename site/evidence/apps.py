from datetime import time, timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    """What happened, provable: chains of events that nobody can change afterwards."""

    name = "evidence"
    verbose_name = _("Evidence")

    def ready(self):
        # Models can only be imported once the registry is full.
        from schedule.registry import register_job

        from .services import append_waiting, check_everything, close_day

        register_job("evidence.append_waiting", timedelta(seconds=5), append_waiting)
        register_job("evidence.close_day", timedelta(hours=1), close_day)
        register_job(
            "evidence.check_everything", timedelta(days=1), check_everything, at=time(4, 10)
        )
