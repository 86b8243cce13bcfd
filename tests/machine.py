"""What the tests need besides Python: a browser, PostgreSQL's own programs, an HTML checker, a PDF reader."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# The checker of the HTML standard's own people, pinned in package-lock.json.
HTML_CHECKER = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def find_browser() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def find_postgres() -> Path | None:
    """The folder with initdb; Debian keeps it off the PATH."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(installed, key=lambda path: int(path.parts[-3]), default=None)
    return newest and newest.parent


def missing_packages() -> list[str]:
    found = {
        "chromium": find_browser(),
        "postgresql": find_postgres(),
        "default-jre-headless": shutil.which("java"),
        "npm": shutil.which("npm"),
        "poppler-utils": shutil.which("pdftotext"),
    }
    return [package for package, place in found.items() if place is None]


def install_missing() -> None:
    """Install what is missing where that is possible; else say what it is, and stop."""
    packages = missing_packages()
    if packages:
        _install(packages)
    if not HTML_CHECKER.exists():
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=ROOT, check=True)


def _install(packages: list[str]) -> None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(f"Missing for the tests: {', '.join(packages)}. Please install and try again.")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-qq"], install):
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
