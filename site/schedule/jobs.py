from django.core.management import call_command

from .queue import requeue_stuck_tasks, uses_database_queue


def publish_scheduled() -> None:
    """Publish and unpublish what editors scheduled with Wagtail."""
    call_command("publish_scheduled", verbosity=0)


def tend_task_queue() -> None:
    """Start again what dead workers left, forget what is long done."""
    if uses_database_queue():
        requeue_stuck_tasks()
        call_command("prune_db_task_results", verbosity=0)
