import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def report():
    """What a quick run says: its figures mean little, but all of it has worked."""
    command = [sys.executable, "-m", "benchmarks.run", "--quick"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_contender_is_measured(report):
    figures = dict(
        re.findall(r"^(\w[\w .-]+?) {2,}([\d,]+)(?: +[\d.e+]+){3}$", report, re.MULTILINE)
    )

    assert list(figures) == [
        *("floor", "sign medium", "sign large", "sign empty", "naive medium"),
        *("form only", "order free", "order to be paid"),
        *("count large", "count bare", "count per-site cache"),
        *("count large uncached", "count small uncached"),
        *("page", "page bare", "page per-site cache", "page local cache", "page uncached"),
        *("article uncached", "article first read", "article naive"),
        "scan",
    ]
    assert "0" not in figures.values()


def test_every_goal_has_a_verdict(report):
    goals = re.findall(r"^(?:PASS|FAIL) +[\d.]+ +([<>]= [\d.]+)", report, re.MULTILINE)

    assert goals == [
        *("<= 2.2", "<= 1", "<= 1", ">= 0.85", ">= 8"),
        *(">= 0.25", ">= 0.25", "<= 8", "<= 1", "<= 10", "<= 12"),
        *(">= 0.85", ">= 8", "<= 0.333", "<= 0.333"),
        *(">= 50", "<= 6"),
        *("<= 0", "<= 0", ">= 1.2"),
        *("<= 60", "<= 0", "<= 2"),
        *("<= 15", "<= 0", "<= 0.8", "<= 3"),
        *("<= 3", "<= 3", "<= 200"),
        *("<= 1.5", "<= 10"),
    ]


@pytest.mark.parametrize("what", ["statements", "commits"])
def test_a_signature_is_one(report, what):
    assert re.search(rf"^PASS +1\.00 +<= 1 +{what} of a signature$", report, re.MULTILINE)


@pytest.mark.parametrize(
    "line",
    [
        "5.00  <= 8     statements of an order",
        "1.00  <= 1     transactions in which an order is written",
        "0.00  <= 0     seats sold twice",
        "0.00  <= 0     seats left over or counted for nobody",
        "0.00  <= 0     payments left without their deposit",
    ],
)
def test_what_is_counted_holds_on_any_machine(report, line):
    assert re.search(rf"^PASS +{line}$", report, re.MULTILINE)
