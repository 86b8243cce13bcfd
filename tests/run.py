"""``make test``: everything, in order; ends at the first step that fails.

``python -m tests.run --only unit -k sign`` runs one step; what follows goes to pytest.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.coverage.report import forget
from tests.database.server import private_server
from tests.machine import install_missing
from tests.run_logs import forget_logs, named_in_logs

ROOT = Path(__file__).resolve().parents[1]
STOP_SECONDS = 20
MIGRATE = [sys.executable, "manage.py", "migrate", "-v", "0"]
PYTEST = [sys.executable, "-m", "pytest", "-q"]
# Whoever has nothing left to do takes over half of what the other has not begun.
TWO_PROCESSES = ["-n", "2", "--dist", "worksteal"]
MEASURED = ["-p", "tests.coverage.measuring"]
# What fails fails again; PYTHONHASHSEED=random looks for what leans on the order of a set.
REPEATABLE = {"PYTHONHASHSEED": "0"}
UNSET = (
    *("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL", "SECRET_KEY", "BLIND_INDEX_KEY"),
    *("FIELD_ENCRYPTION_KEYS", "TRUSTED_PROXIES", "PORT", "DEBUG", "DJANGO_SETTINGS_MODULE"),
    "PYTHONDONTWRITEBYTECODE",  # With it every process compiles two thousand modules again.
)


class StepFailedError(Exception):
    """A step ended with an exit code other than 0."""


class Run:
    """The steps, and what they share: one environment and at most one database server."""

    def __init__(self, resources: ExitStack, pytest_arguments: list[str]) -> None:
        self.resources = resources
        self.arguments = pytest_arguments
        kept = {name: value for name, value in os.environ.items() if name not in UNSET}
        python_path = os.pathsep.join([".", "site"])
        self.environment = {**REPEATABLE, **kept, "PYTHONPATH": python_path}
        self.server = self.file = ""

    def lint(self) -> None:
        self.call([sys.executable, "-m", "tests.lint"])

    def database(self) -> None:
        """Start PostgreSQL and migrate once, beside it a file of SQLite; each test process begins
        with what came of it."""
        if not self.server:
            self.server = self.resources.enter_context(private_server())
            folder = self.resources.enter_context(tempfile.TemporaryDirectory())
            self.file = f"{folder}/db.sqlite3"
            beside = self._begin(MIGRATE, **{**self._settings(), **self._on_sqlite()})
            try:
                self.call(MIGRATE, **self._settings())
            except BaseException:
                end_session(beside.pid)
                raise
            self._end(beside)

    def unit(self) -> None:
        self.database()
        forget()
        tests = ["tests", "--ignore=tests/e2e", *TWO_PROCESSES, *MEASURED]
        self.call([*PYTEST, *tests, *self.arguments], **self._settings(cloned=True))

    def sqlite(self) -> None:
        self.database()
        marked = ["tests", "--ignore=tests/e2e", "-m", "sqlite_smoke", *TWO_PROCESSES, *MEASURED]
        settings = {**self._settings(), **self._on_sqlite(), "TEST_DATABASE_TEMPLATE": self.file}
        self.call([*PYTEST, *marked, *self.arguments], **settings)

    def coverage(self) -> None:
        self.call([sys.executable, "-m", "tests.coverage.report"])

    def e2e(self) -> None:
        self.database()
        self.call(
            [*PYTEST, "tests/e2e", *TWO_PROCESSES, *self.arguments], **self._settings(cloned=True)
        )

    def logs(self) -> None:
        """What the run logged until here names nobody."""
        if found := named_in_logs():
            say("\n".join(found[:20]))
            raise StepFailedError

    def _settings(self, *, cloned: bool = False) -> dict[str, str]:
        settings = {"DJANGO_SETTINGS_MODULE": "config.settings.test", "DATABASE_URL": self.server}
        return {**settings, "TEST_DATABASE_TEMPLATE": "yeondae"} if cloned else settings

    def _on_sqlite(self) -> dict[str, str]:
        return {"DATABASE_URL": f"sqlite:///{self.file}"}

    def call(self, command: list[str], **variables: str) -> None:
        """Run a command to its end; what it leaves running ends with it."""
        self._end(self._begin(command, **variables))

    def _begin(self, command: list[str], **variables: str) -> subprocess.Popen[bytes]:
        environment = {**self.environment, **variables}
        return subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)

    def _end(self, child: subprocess.Popen[bytes]) -> None:
        try:
            code = child.wait()
        except KeyboardInterrupt:
            child.send_signal(signal.SIGINT)
            wait_or_give_up(child)
            raise
        finally:
            end_session(child.pid)
        if code != 0:
            raise StepFailedError


def wait_or_give_up(child: subprocess.Popen[bytes]) -> None:
    try:
        child.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()


def end_session(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return


def stop(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


STEPS = ("lint", "database", "unit", "sqlite", "coverage", "e2e", "logs")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=STEPS, action="append", help="run only this step")
    options, pytest_arguments = parser.parse_known_args()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    install_missing()
    forget_logs()
    times: dict[str, float] = {}
    with ExitStack() as resources:
        run = Run(resources, pytest_arguments)
        failed = next((s for s in options.only or STEPS if not passes(run, s, times)), None)
    report(times, failed)
    return 1 if failed else 0


def passes(run: Run, step: str, times: dict[str, float]) -> bool:
    """Do one step; whether all went well."""
    say(f"── {step}")
    started = time.monotonic()
    try:
        getattr(run, step)()
    except (StepFailedError, KeyboardInterrupt):
        return False
    finally:
        times[step] = time.monotonic() - started
    return True


def report(times: dict[str, float], failed: str | None) -> None:
    for step, seconds in times.items():
        say(f"  {step:<10} {seconds:6.1f} s  {'FAILED' if step == failed else 'ok'}")
    say(f"  {'together':<10} {sum(times.values()):6.1f} s")


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
