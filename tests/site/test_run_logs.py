"""The search through the logs of a run finds what must not be there."""

import logging

import pytest

from tests import run_logs

pytestmark = pytest.mark.unit

TOKEN = "q2fX0rBqJ8mC1vZ_5dT-9wKpLs7eYhUa3nRgOi6xEbM"


@pytest.fixture
def lines(tmp_path, monkeypatch):
    """What is found after these lines were logged past the filter of production, or through it."""
    monkeypatch.setattr(run_logs, "FOLDER", tmp_path)

    def log(line, *, masked):
        handler = run_logs.keep_log()
        logging.getLogger().removeHandler(handler)
        if not masked:
            handler.filters.clear()
        handler.handle(logging.LogRecord("tests", logging.INFO, "", 0, line, None, None))
        handler.close()
        return run_logs.named_in_logs()

    return log


@pytest.mark.parametrize(
    "line", ["홍길동 님이 서명", "sent to garam@mail.example", f"GET /t/c/{TOKEN}/"]
)
def test_a_person_an_address_and_a_link_are_found(lines, line):
    assert len(lines(line, masked=False)) == 1


@pytest.mark.parametrize("line", ["sent to garam@mail.example", f"GET /t/c/{TOKEN}/", "ok"])
def test_what_the_filter_masks_is_not(lines, line):
    assert lines(line, masked=True) == []


def test_a_run_begins_with_nothing(lines):
    lines("홍길동", masked=False)

    run_logs.forget_logs()

    assert run_logs.named_in_logs() == []
