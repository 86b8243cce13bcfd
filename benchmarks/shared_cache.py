"""The cache that all processes of a site share, for Django's per-site cache: Redis, or files."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.server import OTHER_CORE, START_SECONDS, pin


@contextmanager
def shared_cache() -> Iterator[str]:
    """Its address: a Redis of our own beside PostgreSQL; a folder where no Redis is installed."""
    with TemporaryDirectory(prefix="bench-cache-") as folder:
        program = shutil.which("redis-server")
        if program is None:
            yield folder
            return
        socket = Path(folder) / "redis.sock"
        command = [program, "--port", "0", "--unixsocket", str(socket), "--save", ""]
        child = subprocess.Popen(  # noqa: S603 (our own words)
            command, stdout=subprocess.DEVNULL, preexec_fn=lambda: pin(OTHER_CORE)
        )
        try:
            _wait_for(socket)
            yield f"unix://{socket}"
        finally:
            child.terminate()
            child.wait(timeout=30)


def _wait_for(socket: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not socket.exists():
        if time.monotonic() > deadline:
            raise RuntimeError("Redis did not start.")
        time.sleep(0.05)
