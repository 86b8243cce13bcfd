"""``make lint``: what a machine can hold. All checks run, also after one has failed."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
BIN = Path(PYTHON).parent

AT_ONCE = 2  # A small machine has two cores.

CHECKS: dict[str, list[object]] = {
    "ruff": [BIN / "ruff", "check", "."],
    "format": [BIN / "ruff", "format", "--check", "."],
    "layers": [BIN / "lint-imports", "--no-logo"],
    "types": [BIN / "mypy"],
    "templates": [BIN / "djhtml", "--check", "--tabwidth", "2", "templates"],
    "system": [PYTHON, "manage.py", "check", "--fail-level", "WARNING"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "messages": [PYTHON, "-m", "tests.messages"],
    "assets": [PYTHON, "-m", "tests.assets"],
    "repository": [BIN / "pytest", "-q", "-n", "0", "tests/site/test_repository.py"],
}


def main(names: list[str]) -> int:
    wanted = names or CHECKS
    with ThreadPoolExecutor(AT_ONCE) as pool:
        passed = dict(zip(wanted, pool.map(passes, wanted), strict=True))
    failed = [name for name in wanted if not passed[name]]
    if failed:
        print(f"\nfailed: {', '.join(failed)}")
    return 1 if failed else 0


def passes(name: str) -> bool:
    """Run one check; its words are shown only when it fails."""
    started = time.monotonic()
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([".", "site"]),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": "sqlite://:memory:",
    }
    result = subprocess.run(
        list(map(str, CHECKS[name])),
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    passed = result.returncode == 0
    verdict = "ok" if passed else "FAILED"
    words = "" if passed else f"\n{result.stdout}"
    print(f"  {name:<12} {verdict:<7} {time.monotonic() - started:5.1f} s{words}", flush=True)
    return passed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
