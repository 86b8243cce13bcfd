from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScheduleConfig(AppConfig):
    """The worker: one process for periodic jobs, loops such as mail delivery, and queued tasks."""

    name = "schedule"
    verbose_name = _("Schedule")

    def ready(self):
        from .jobs import publish_scheduled, tend_task_queue
        from .registry import register_job

        register_job("schedule.publish_scheduled", timedelta(minutes=1), publish_scheduled)
        register_job("schedule.tend_task_queue", timedelta(minutes=1), tend_task_queue)
