"""The site as it really runs: its tasks wait for a worker, where tests run them at once."""

from django.conf import settings

settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

from config.wsgi import application  # noqa: E402 (what is imported reads the setting)

__all__ = ["application"]
