"""Tasks queued through django-tasks, run inside our worker."""

from django.conf import settings
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from .services import beat, living_workers

MAX_RUNS = 3


def uses_database_queue() -> bool:
    """Whether this project's tasks wait in the database; else another backend runs them."""
    return settings.TASKS["default"]["BACKEND"].startswith("django_tasks_db.")


def run_queued_task(worker: str) -> bool:
    """Run the next queued task, if any; whether there was one."""
    if not uses_database_queue() or not DBTaskResult.objects.ready().exists():
        return False
    beat(worker)  # A task of a worker that was never heard of looks like a dead one's.
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=worker,
        excluded_queue_names=[],
    ).run()
    return True


def requeue_stuck_tasks() -> int:
    """Queue the tasks of workers that died again; returns how many. Tasks are safe to run twice.

    A task that outlived three workers is left as it is.
    """
    alive = living_workers()
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    stuck = [
        task.pk
        for task in running
        if len(task.worker_ids) < MAX_RUNS and not alive.intersection(task.worker_ids[-1:])
    ]
    return running.filter(pk__in=stuck).update(status=TaskResultStatus.READY, started_at=None)
