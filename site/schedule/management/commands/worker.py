"""The worker: periodic jobs, loops such as mail delivery, and queued tasks, in one process."""

import logging
import os
import queue
import secrets
import signal
import socket
import threading
import time
from collections.abc import Callable

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections, connection

from schedule import services
from schedule.queue import run_queued_task
from schedule.registry import loops, starts, stopping

logger = logging.getLogger("schedule.worker")

TICK_SECONDS = 0.5
BEAT_SECONDS = 10.0
TASK_SECONDS = 1.0
RETRY_SECONDS = 5.0
STOP_SECONDS = 8.0

Step = Callable[[], float]


class Command(BaseCommand):
    help = (
        "Run periodic jobs, mail delivery and queued tasks until told to stop. Any number of "
        "workers may run."
    )

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="run what is due and exit")

    def handle(self, *args, **options):
        # The random part tells a worker from a dead one with the same host name and number.
        host = socket.gethostname()[:40]
        self.name = f"{host}:{os.getpid()}:{secrets.token_hex(3)}"
        for check in starts:
            check()
        if options["once"]:
            self.run_once()
        else:
            self.run()

    def run_once(self):
        for step in self.steps().values():
            while step() == 0:
                continue

    def steps(self) -> dict[str, Step]:
        """What runs side by side: nothing here waits for anything else here."""
        return {
            "frequent jobs": lambda: self.run_jobs(frequent=True),
            "jobs": lambda: self.run_jobs(frequent=False),
            "tasks": self.run_task,
            **{loop.name: loop.step for loop in loops.values()},
        }

    def run(self):
        # A queue, since setting an event in a signal handler may wait for itself for ever.
        signals: queue.SimpleQueue[int] = queue.SimpleQueue()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda received, _frame: signals.put(received))
        stopping.clear()
        steps = {"heartbeat": self.beat, **self.steps()}
        threads = [
            threading.Thread(target=self.repeat, args=item, name=item[0], daemon=True)
            for item in steps.items()
        ]
        for thread in threads:
            thread.start()
        signals.get()
        stopping.set()
        if self.all_end(threads):
            self.leave()

    @staticmethod
    def all_end(threads):
        """Let each finish its item. What takes too long counts as killed and is repaired later."""
        deadline = time.monotonic() + STOP_SECONDS
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in threads)

    def leave(self):
        try:
            services.leave(self.name)
        except Error as error:  # Then it is forgotten after a day.
            logger.warning("The database is away at the end: %s", type(error).__name__)
        connection.close()

    def repeat(self, name: str, step: Step) -> None:
        """Call ``step`` until told to stop. A lost database is waited for, never fatal."""
        while not stopping.is_set():
            try:
                close_old_connections()
                wait = step()
            except Error as error:
                logger.warning("%s waits for the database: %s", name, type(error).__name__)
                connection.close()
                wait = RETRY_SECONDS
            except Exception:  # A thread that ended would be missed by nobody.
                logger.exception("%s failed", name)
                wait = RETRY_SECONDS
            stopping.wait(wait)
        connection.close()

    def beat(self):
        services.beat(self.name)
        return BEAT_SECONDS

    def run_jobs(self, *, frequent):
        services.run_due_jobs(self.name, frequent=frequent)
        return TICK_SECONDS

    def run_task(self):
        return 0.0 if run_queued_task(self.name) else TASK_SECONDS
