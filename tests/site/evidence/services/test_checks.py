import io
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence.models import EventValues, EvidenceCheck
from evidence.registry import keepers
from evidence.services import (
    check_everything,
    close_day,
    erase_payloads,
    export_evidence,
    verify_everything,
)
from evidence.verifier import Fault, verify_file
from tests.factories.evidence import EventFactory


@pytest.fixture
def history(clock, db):
    """Three events on two chains under one head, and one more."""
    for subject in ("1", "2", "1"):
        EventFactory(subject_id=subject)
    clock.tick(timedelta(days=1))
    close_day()
    EventFactory(subject_id="2")


def export(**options):
    file = io.StringIO()
    count = export_evidence(file, **options)
    file.seek(0)
    return count, file


@pytest.mark.sqlite_smoke
def test_an_honest_history_holds(history):
    check = check_everything()

    check.refresh_from_db()
    assert (check.events, check.chains, check.heads, check.found) == (4, 2, 1, 0)
    assert check.holds
    assert check.faults == []
    assert str(check) == "2026-11-25 03:00 0"


def test_what_does_not_hold_is_kept_with_its_place(history):
    EventValues.objects.filter(event__sequence=2, event__subject_id="1").update(values={})

    check = check_everything()

    check.refresh_from_db()
    assert not check.holds
    assert check.faults == [["tests.paper 1 #2", "values changed"]]


def test_a_head_noted_elsewhere_is_compared(history):
    assert not verify_everything({"2026-11-24": "abc"}).holds


def test_rooms_compare_what_they_keep_themselves(history, monkeypatch):
    monkeypatch.setitem(keepers, "paper", lambda: [Fault("paper 1 #1", "values missing")])

    assert verify_everything().faults == [Fault("paper 1 #1", "values missing")]


def test_old_checks_are_forgotten_after_three_years(clock, history):
    check_everything()
    clock.tick(timedelta(days=3 * 365, seconds=1))

    last = check_everything()

    assert list(EvidenceCheck.objects.all()) == [last]


@pytest.mark.parametrize("chains", [1, 3])
def test_the_number_of_queries_does_not_grow(db, chains):
    for number in range(chains):
        EventFactory(subject_id=str(number))

    with CaptureQueriesContext(connection) as queries:
        check_everything()

    assert len(queries) == 8  # one each by the keepers of pledges and of closed months


@pytest.mark.sqlite_smoke
def test_what_is_exported_verifies_without_us_and_names_nobody(history):
    erase_payloads("tests.paper", "2")

    count, file = export()

    assert (count, "김가람" in file.getvalue()) == (4, False)
    report = verify_file(file)
    assert report.holds
    assert (report.events, report.chains, report.heads, report.payloads) == (4, 2, 1, 0)


def test_values_that_are_kept_can_be_exported_too(history):
    erase_payloads("tests.paper", "2")

    _, file = export(with_values=True)

    assert "김가람" in file.getvalue()
    report = verify_file(file)
    assert (report.holds, report.payloads) == (True, 2)


def test_each_line_says_one_thing(history):
    _, file = export()

    kinds = [next(iter(json.loads(line))) for line in file]
    assert kinds == ["evidence", "head", *["event"] * 4, "end"]
