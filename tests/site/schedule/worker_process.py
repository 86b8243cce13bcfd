"""A real worker in a process of its own."""

import subprocess
import sys
from contextlib import contextmanager

SECONDS = 60


@contextmanager
def worker_process(environment, *arguments):
    """``manage.py worker``; killed at the end unless it ended before."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=SECONDS)
