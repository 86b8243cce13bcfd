import pytest
from django.http import HttpResponse

from privacy.exceptions import AccessLogUnavailableError
from privacy.logging import current_request_id
from privacy.middleware import AccessLogMiddleware, RequestIdMiddleware

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


def number_of(request):
    """The number under which a request is logged while it is answered."""
    seen = []

    def answer(request):
        seen.append((request.request_id, current_request_id.get()))
        return HttpResponse()

    RequestIdMiddleware(answer)(request)
    assert seen[0][0] == seen[0][1]
    assert current_request_id.get() == "-", "the next request starts without it"
    return seen[0][0]


def test_each_request_has_a_number_of_its_own(rf):
    assert number_of(rf.get("/")) != number_of(rf.get("/"))


@pytest.mark.parametrize(
    ("given", "remote", "kept"),
    [
        ("a1b2c3d4-0001", "10.0.0.1", True),
        ("a1b2c3d4-0001", "203.0.113.9", False),
        ("line\nbreak-123", "10.0.0.1", False),
        ("x" * 65, "10.0.0.1", False),
        ("", "10.0.0.1", False),
    ],
)
def test_only_our_own_proxy_numbers_a_request(rf, settings, given, remote, kept):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    request = rf.get("/", REMOTE_ADDR=remote, headers={"X-Request-ID": given})

    assert (number_of(request) == given) is kept
