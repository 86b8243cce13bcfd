"""Two databases on one server: a site nobody has signed yet, and one with many signatures."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg

from benchmarks.rows import fill
from benchmarks.server import OTHER_CORE, ROOT, pin

# Keys for nobody's data; everything else that production wants to be told.
KEY = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
    "SECRET_KEY": "only-for-benchmarks",
    "FIELD_ENCRYPTION_KEYS": KEY,
    "BLIND_INDEX_KEY": KEY,
    "SITE_URL": "http://127.0.0.1",
    "EMAIL_URL": "dummy:",
    "TRUSTED_PROXIES": "127.0.0.1",
}
OTHERS = ("REDIS_URL", "PORT", "DEBUG")
DURABLE = ("fsync", "synchronous_commit", "full_page_writes")


@dataclass(frozen=True)
class Database:
    """An address, and the environment of a process that works on it."""

    address: str

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in OTHERS}
        python_path = os.pathsep.join([".", "site"])
        return kept | SETTINGS | {"PYTHONPATH": python_path, "DATABASE_URL": self.address}

    def run(self, module: str, **variables: str) -> str:
        """What a module of ours says when it is run on this database."""
        command = [sys.executable, "-m", module]
        environment = self.environment | variables
        done = subprocess.run(  # noqa: S603 (our own module)
            command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout

    def make_copy(self, name: str) -> "Database":
        """A database beside this one, with all that is in it."""
        server, _, own_name = self.address.rpartition("/")
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{own_name}"')
        return Database(f"{server}/{name}")

    def fill(self, sizes: dict[str, int]) -> None:
        fill(self.address, sizes)


def keep_still(database: Database) -> None:
    """Let nothing but ourselves write, while what a request writes is counted."""
    _change(database, ["ALTER SYSTEM SET autovacuum = off"])


def make_durable(database: Database) -> None:
    """From here on a commit is on the disk, as in production; filling did without."""
    _change(
        database,
        [
            *(f"ALTER SYSTEM SET {name} = on" for name in DURABLE),
            "ALTER SYSTEM RESET autovacuum",
            "CHECKPOINT",
        ],
    )


def _change(database: Database, statements: list[str]) -> None:
    with psycopg.connect(database.address, autocommit=True) as connection:
        for statement in [*statements, "SELECT pg_reload_conf()"]:
            connection.execute(statement)


def pin_server(database: Database) -> None:
    """Keep the database, and every process it starts for a client, off the web server's core."""
    with psycopg.connect(database.address) as connection:
        [folder] = connection.execute("SHOW data_directory").fetchone()
    pin(OTHER_CORE, int((Path(folder) / "postmaster.pid").read_text().split()[0]))
