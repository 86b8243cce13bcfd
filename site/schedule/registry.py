"""Periodic jobs and loops, filled by the apps when they start."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone


@dataclass(frozen=True)
class PeriodicJob:
    """``at`` is the local time of day of a daily job."""

    name: str
    every: timedelta
    run: Callable[[], object]
    at: time | None = None

    def next_after(self, moment: datetime) -> datetime:
        """When the job is due again if it ran at ``moment``."""
        if self.at is None:
            return moment + self.every
        local = timezone.localtime(moment)
        today = local.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)
        return today if today > local else today + self.every


@dataclass(frozen=True)
class Loop:
    """``step`` does one piece of work and returns how many seconds to wait before the next.

    A step that takes long looks at ``stopping`` between two items.
    """

    name: str
    step: Callable[[], float]


jobs: dict[str, PeriodicJob] = {}
loops: dict[str, Loop] = {}
starts: list[Callable[[], object]] = []
# Set when the worker was told to end.
stopping = threading.Event()


def register_start(run: Callable[[], object]) -> None:
    """Have each worker call ``run`` before it begins; an exception keeps it from working."""
    starts.append(run)


def register_job(
    name: str, every: timedelta, run: Callable[[], object], at: time | None = None
) -> None:
    """Have the worker call ``run`` once per period, whatever the number of workers."""
    jobs[name] = PeriodicJob(name, every, run, at)


def register_loop(name: str, step: Callable[[], float]) -> None:
    """Have each worker run ``step`` in a thread of its own."""
    loops[name] = Loop(name, step)
