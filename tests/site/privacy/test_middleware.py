import pytest
from django.http import HttpResponse

from privacy.exceptions import AccessLogUnavailableError
from privacy.middleware import AccessLogMiddleware

pytestmark = pytest.mark.unit


def test_a_look_that_cannot_be_written_down_shows_nothing_and_says_why(rf, db, caplog):
    answer = AccessLogMiddleware.process_exception(rf.get("/admin/"), AccessLogUnavailableError())

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert answer["Cache-Control"] == "no-store"
    assert "The access log could not be written" in caplog.text
    assert "/admin/" in answer.content.decode()


def test_other_failures_are_left_to_others(rf):
    assert AccessLogMiddleware.process_exception(rf.get("/admin/"), ValueError()) is None


def test_an_answer_passes_unchanged(rf):
    response = HttpResponse()

    assert AccessLogMiddleware(lambda _request: response)(rf.get("/admin/")) is response
