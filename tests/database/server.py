"""A PostgreSQL server for one test run, in a folder and on a port of its own."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.machine import find_postgres
from tests.ports import free_port

NAME = "yeondae"
# Nothing here has to outlive the run.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
}


@contextmanager
def private_server() -> Iterator[str]:
    """The address of an empty database; the server and its folder are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="yeondae-pg-"))
    user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root.
    if user:
        shutil.chown(folder, user)
    data, port = folder / "data", free_port()
    try:
        _run(user, "initdb", "-A", "trust", "-U", NAME, "-E", "UTF8", "-D", data)
        with (data / "postgresql.conf").open("a") as file:
            settings = {**SETTINGS, "unix_socket_directories": folder, "port": port}
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
        _run(user, "pg_ctl", "-D", data, "-w", "-l", folder / "log", "start")
        _run(user, "createdb", "-h", folder, "-p", port, "-U", NAME, NAME)
        yield f"postgres://{NAME}@127.0.0.1:{port}/{NAME}"
    finally:
        if (data / "postmaster.pid").exists():
            _run(user, "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def _run(user: str | None, program: str, *arguments: object) -> None:
    command = [str(find_postgres() / program), *map(str, arguments)]
    locale = {"LC_ALL": "C.UTF-8"}
    subprocess.run(
        command,
        user=user,
        cwd="/",
        env={**os.environ, **locale},
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
