"""Running what is due, once per period, whatever the number of workers."""

import logging
from datetime import datetime, timedelta

from django.utils import timezone

from .models import Job, WorkerHeartbeat
from .registry import PeriodicJob, jobs

logger = logging.getLogger(__name__)

# A job whose worker was killed is free again after this time. A living worker extends it with
# each heartbeat, so a long job is not started twice.
LEASE = timedelta(seconds=30)
ALIVE = timedelta(seconds=60)
HEARTBEAT_KEPT = timedelta(days=1)
# Jobs more frequent than this run in a thread of their own: a long nightly job delays no count.
FREQUENT = timedelta(seconds=10)

# What this process is at. A job whose end could not be written down is not here any more, so its
# lease runs out although the worker lives.
_running: set[str] = set()


def run_due_jobs(worker: str = "", *, frequent: bool | None = None) -> int:
    """Run each job that is due and not claimed by another worker; returns how many ran.

    ``frequent`` limits this to jobs that are due every few seconds, or to the others.
    """
    chosen = [j for j in jobs.values() if frequent in (None, j.every < FREQUENT)]
    rows = Job.objects.in_bulk([job.name for job in chosen])
    now = timezone.now()
    for job in chosen:
        if job.name not in rows:
            rows[job.name] = _introduce(job, now)
    due = [job for job in chosen if rows[job.name].next_run_at <= now]
    return sum(_run(job, worker) for job in due if _claim(job, worker))


def _introduce(job: PeriodicJob, now: datetime) -> Job:
    first = job.next_after(now) if job.at else now
    return Job.objects.get_or_create(pk=job.name, defaults={"next_run_at": first})[0]


def _claim(job: PeriodicJob, worker: str) -> bool:
    """Take the job by one conditional update: of two workers only one changes the row."""
    now = timezone.now()
    due = Job.objects.filter(pk=job.name, next_run_at__lte=now)
    return bool(due.update(next_run_at=now + LEASE, claimed_by=worker, last_started_at=now))


def _run(job: PeriodicJob, worker: str) -> int:
    started = timezone.now()
    _running.add(job.name)
    try:
        error = _outcome(job)
    finally:
        _running.discard(job.name)
    Job.objects.filter(pk=job.name, claimed_by=worker).update(
        next_run_at=job.next_after(started),
        claimed_by="",
        last_finished_at=timezone.now(),
        last_error=error,
    )
    return 1


def _outcome(job: PeriodicJob) -> str:
    """The class of the exception that ended the job, or nothing."""
    try:
        job.run()
    except Exception as failure:  # A failing job must not stop the others; it is retried.
        logger.exception("Job %s failed", job.name)
        return type(failure).__name__
    return ""


def beat(worker: str) -> None:
    """Say that this worker lives, keep the jobs it is at, and forget workers gone for a day."""
    now = timezone.now()
    WorkerHeartbeat.objects.update_or_create(pk=worker, defaults={"beat_at": now})
    WorkerHeartbeat.objects.filter(beat_at__lt=now - HEARTBEAT_KEPT).delete()
    mine = Job.objects.filter(claimed_by=worker, pk__in=list(_running))
    mine.update(next_run_at=now + LEASE)


def leave(worker: str) -> None:
    """Say that this worker ends."""
    WorkerHeartbeat.objects.filter(pk=worker).delete()


def living_workers(within: timedelta = ALIVE) -> set[str]:
    """The workers that gave a sign of life lately."""
    alive = WorkerHeartbeat.objects.filter(beat_at__gte=timezone.now() - within)
    return set(alive.values_list("worker", flat=True))


def worker_is_alive(within: timedelta = ALIVE) -> bool:
    """Whether any worker gave a sign of life lately."""
    return bool(living_workers(within))
