"""What is true of the repository as a whole."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.lint import CHECKS

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
# Drawers for odds and ends; what is in them belongs to a noun we have or are missing.
DRAWERS = {"utils", "util", "helpers", "common", "core", "lib", "misc", "extra", "shared"}
SECRETS = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|\bsk_live_\w{8}|\bAKIA[0-9A-Z]{16}\b")


def git(*arguments):
    command = ["git", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def tracked(*patterns):
    return [ROOT / name for name in git("ls-files", "-z", *patterns).stdout.split("\0") if name]


@pytest.fixture(scope="module")
def modules():
    return [path for path in tracked("*.py") if path.exists() and "migrations" not in path.parts]


def test_readme_is_short():
    assert len((ROOT / "README.md").read_text().splitlines()) < 120


def test_site_is_a_source_root_and_no_package():
    assert not (ROOT / "site" / "__init__.py").exists()


def test_site_is_in_git():
    assert git("check-ignore", "site/config/settings/base.py").returncode == 1
    assert (ROOT / "site/config/settings/base.py") in tracked("site")


@pytest.mark.parametrize("name", LOCKS)
def test_lock_names_no_host(name):
    text = (ROOT / name).read_text()

    assert re.findall(r".*(?:://|--index-url|--find-links|^-i ).*", text, re.MULTILINE) == []
    assert "--hash=sha256:" in text


def test_npm_lock_names_no_registry():
    lock = (ROOT / "package-lock.json").read_text()

    assert re.findall(r'.*(?:"resolved"|registry).*', lock) == []
    assert '"integrity"' in lock


def test_no_other_lock_is_committed():
    assert tracked("*uv.lock", "*pylock*.toml", "*poetry.lock", "*yarn.lock") == []


def test_every_dependency_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = {
        "requirements.lock": project["project"]["dependencies"],
        "requirements-dev.lock": [
            *project["project"]["dependencies"],
            *project["dependency-groups"]["dev"],
        ],
    }

    for name, dependencies in wanted.items():
        locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / name).read_text(), re.MULTILINE))
        names = {re.match(r"[\w-]+", text)[0].lower() for text in dependencies}
        assert names - locked == set()


def test_no_module_is_a_drawer_for_odds_and_ends(modules):
    drawers = [path for path in modules if DRAWERS & {path.stem, *path.parent.parts}]

    assert drawers == []


def test_no_module_is_longer_than_300_lines(modules):
    code = [path for path in modules if ROOT / "tests" not in path.parents]

    assert [path for path in code if path.read_text().count("\n") > 300] == []


def test_every_exception_to_a_rule_says_why(modules):
    silent = re.compile(
        r"#\s*(?:noqa(?::[ \w,]+)?|type: ignore(?:\[[\w, -]+\])?|pragma: no \w+)\s*$"
    )
    lines = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in modules
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if silent.search(line)
    ]

    assert lines == []


def test_no_secret_is_committed():
    files = [path for path in tracked() if path.is_file() and path.stat().st_size < 1_000_000]

    assert [path for path in files if SECRETS.search(path.read_text(errors="ignore"))] == []


def test_every_catalogue_is_compiled():
    catalogues = {path.with_suffix("") for path in tracked("*.po")}
    compiled = {path.with_suffix("") for path in tracked("*.mo")}

    assert catalogues == compiled != set()


def test_pre_commit_runs_what_lint_runs():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    hooks = [hook for repository in config["repos"] for hook in repository["hooks"]]

    assert [hook["id"] for hook in hooks] == list(CHECKS)
    assert {hook["entry"] for hook in hooks} == {
        f".venv/bin/python -m tests.lint {name}" for name in CHECKS
    }


def test_ci_runs_make_test():
    script = ROOT / ".ci" / "run"

    assert os.access(script, os.X_OK)
    assert script.read_text().splitlines()[-1] == "exec make test"
