import sys

import pytest

from benchmarks import evidence
from evidence.verifier import verify_file

pytestmark = pytest.mark.unit


@pytest.fixture
def calls(tmp_path):
    """How many calls of functions it takes to verify a file of so many events and days."""

    def count(events, days, monkeypatch):
        monkeypatch.setattr(evidence, "DAYS", days)
        file = tmp_path / f"{events}.jsonl"
        evidence.write_file(file, events)
        counted = 0

        def heard(_frame, event, _argument):
            nonlocal counted
            counted += event in ("call", "c_call")

        with file.open(encoding="utf-8") as lines:
            sys.setprofile(heard)
            try:
                report = verify_file(lines)
            finally:
                sys.setprofile(None)
        assert (report.holds, report.events, report.heads) == (True, events, days)
        return counted

    return count


def test_the_work_grows_no_faster_than_events_and_heads(calls, monkeypatch):
    few = calls(300, 30, monkeypatch)
    many = calls(3000, 300, monkeypatch)

    assert many <= few * 10 * 1.1


def test_the_benchmark_says_what_holds(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["evidence", "--events", "60"])
    monkeypatch.setattr(evidence, "MOST", 1000.0)

    assert evidence.main() == 0
    assert capsys.readouterr().out.count("PASS") == 2


def test_the_benchmark_says_what_does_not_hold(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["evidence", "--events", "60"])
    monkeypatch.setattr(evidence, "SECONDS", 0.0)

    assert evidence.main() == 1
    assert "FAIL" in capsys.readouterr().out
