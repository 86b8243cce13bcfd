import pytest
from django.http import HttpResponse

from privacy.decorators import is_same_origin, same_origin_post

HERE, ELSEWHERE = "http://testserver", "https://evil.example"
MATRIX = [
    ({"Sec-Fetch-Site": "same-origin"}, True),
    ({"Sec-Fetch-Site": "none"}, True),
    ({"Sec-Fetch-Site": "same-site"}, False),
    ({"Sec-Fetch-Site": "cross-site"}, False),
    ({"Sec-Fetch-Site": ""}, False),
    ({"Sec-Fetch-Site": "anything"}, False),
    ({"Sec-Fetch-Site": "same-origin", "Origin": ELSEWHERE}, True),
    ({"Sec-Fetch-Site": "cross-site", "Origin": HERE}, False),
    ({"Origin": HERE}, True),
    ({"Origin": ELSEWHERE}, False),
    ({"Origin": "null"}, False),
    ({"Origin": ""}, False),
    ({"Origin": "http://testserver:8000"}, False),
    ({"Origin": "http://testserver.evil.example"}, False),
    ({"Origin": "http://evil.example/testserver"}, False),
    ({"Origin": "http://user@testserver"}, False),
    ({"Origin": "http://["}, False),
    ({}, True),
]


@pytest.mark.parametrize(("headers", "ours"), MATRIX)
def test_a_browser_says_where_a_request_comes_from(rf, headers, ours):
    assert is_same_origin(rf.post("/", headers=headers)) is ours


@same_origin_post
def take(_request, word):
    """Stored."""
    return HttpResponse(f"stored {word}")


@pytest.mark.parametrize(("headers", "ours"), MATRIX)
def test_a_post_of_this_site_is_taken(rf, db, headers, ours):
    response = take(rf.post("/", headers=headers), word="words")

    assert response.status_code == (200 if ours else 403)
    assert (response.content == b"stored words") is ours


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "patch", "options"])
def test_nothing_but_a_post_is_taken(rf, method):
    response = take(getattr(rf, method)("/"), word="words")

    assert response.status_code == 405
    assert response["Allow"] == "POST"


def test_no_token_is_needed_in_the_page():
    assert take.csrf_exempt is True
    assert take.__doc__ == "Stored."
