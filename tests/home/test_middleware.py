import io
import json

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, InterfaceError, InternalError, OperationalError
from django.http import HttpResponse
from django.urls import resolve

from accounts.models import User
from home.middleware import (
    PUBLIC_CACHE_CONTROL,
    DatabaseAwayMiddleware,
    PublicPageMiddleware,
    RefusalMiddleware,
    UploadLimitMiddleware,
)

pytestmark = pytest.mark.unit


def passed_on(request, response=None):
    request.resolver_match = resolve(request.path)
    return PublicPageMiddleware(lambda _request: response or HttpResponse("page"))(request)


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_page_for_everybody_is_marked_public(rf, method):
    response = passed_on(getattr(rf, method)("/about/"))

    assert response["Cache-Control"] == PUBLIC_CACHE_CONTROL


def test_a_page_that_says_otherwise_is_left_alone(rf):
    response = passed_on(rf.get("/about/"), HttpResponse(headers={"Cache-Control": "no-store"}))

    assert response["Cache-Control"] == "no-store"


def _with_cookie():
    response = HttpResponse()
    response.set_cookie("a", "b")
    return response


@pytest.mark.parametrize(
    "response",
    [HttpResponse(status=404), HttpResponse(headers={"Vary": "Cookie"}), _with_cookie()],
    ids=["missing", "varies", "sets a cookie"],
)
def test_other_answers_are_not_marked_public(rf, response):
    assert "Cache-Control" not in passed_on(rf.get("/about/"), response)


def test_a_post_is_not_marked_public(rf):
    assert "Cache-Control" not in passed_on(rf.post("/about/"))


def test_a_page_for_somebody_logged_in_is_not_marked_public(rf):
    request = rf.get("/about/", headers={"cookie": f"{settings.SESSION_COOKIE_NAME}=abc"})

    assert "Cache-Control" not in passed_on(request)


def test_what_is_no_page_is_not_marked_public(rf):
    assert "Cache-Control" not in passed_on(rf.get("/robots.txt"))


def test_an_address_that_was_never_resolved_is_not_marked_public(rf):
    request = rf.get("/about/")
    request.resolver_match = None

    response = PublicPageMiddleware(lambda _request: HttpResponse())(request)

    assert "Cache-Control" not in response


@pytest.mark.parametrize(
    ("path", "relaxed"),
    [("/admin/", True), ("/admin/login/", False), ("/admin/password_reset/", False)],
)
def test_the_admin_is_private_and_only_inside_it_scripts_may_be_inline(rf, path, relaxed):
    response = PublicPageMiddleware(lambda _request: HttpResponse())(rf.get(path))

    assert response["Cache-Control"] == "private, no-store"
    assert hasattr(response, "_csp_update") is relaxed


@pytest.mark.parametrize("failure", [OperationalError, InterfaceError, InternalError])
def test_a_view_without_its_database_asks_to_come_back(db, rf, failure, caplog):
    response = DatabaseAwayMiddleware.process_exception(rf.get("/"), failure("gone"))

    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert response["Cache-Control"] == "no-store"
    assert "The database did not answer" in caplog.text


@pytest.mark.parametrize("failure", [IntegrityError, PermissionDenied, ValueError])
def test_other_failures_are_left_to_django(rf, failure):
    assert DatabaseAwayMiddleware.process_exception(rf.get("/"), failure()) is None


def test_an_answer_passes_unchanged(rf):
    response = HttpResponse()

    assert DatabaseAwayMiddleware(lambda _request: response)(rf.get("/")) is response
    assert RefusalMiddleware(lambda _request: response)(rf.get("/")) is response


@pytest.mark.parametrize(
    ("method", "path", "failure"),
    [
        ("get", "/admin/pages/1/edit/", ValidationError("no")),
        ("post", "/campaigns/", ValidationError("no")),
        ("post", "/admin/pages/1/edit/", ValueError("no")),
    ],
)
def test_only_what_staff_posted_and_a_model_refused_is_told(rf, method, path, failure):
    assert RefusalMiddleware.process_exception(getattr(rf, method)(path), failure) is None


def _upload(rf, user, size=3_000, **headers):
    request = rf.post("/admin/images/add/", {"file": io.BytesIO(b"x" * size)}, headers=headers)
    request.user = user
    return request


def _limited(request):
    return UploadLimitMiddleware(lambda _request: HttpResponse("taken"))(request)


@pytest.fixture
def _small_limit(settings):
    settings.UPLOAD_MAX_REQUEST_SIZE = 2_000


@pytest.mark.usefixtures("_small_limit", "db")
def test_a_body_of_usual_size_passes(rf):
    assert _limited(_upload(rf, AnonymousUser(), size=100)).content == b"taken"
    assert _limited(rf.post("/", CONTENT_LENGTH="many")).content == b"taken"


@pytest.mark.usefixtures("_small_limit", "db")
def test_a_stranger_is_refused_before_anything_is_read(rf):
    request = _upload(rf, AnonymousUser())

    response = _limited(request)

    assert response.status_code == 413
    assert request.read(10) != b""


@pytest.mark.usefixtures("_small_limit", "db")
def test_staff_read_why_once_their_browser_has_sent_all(rf):
    request = _upload(rf, User())

    response = _limited(request)

    assert request.read(10) == b""
    assert response.status_code == 413
    assert "50.0" in response.content.decode()


@pytest.mark.usefixtures("_small_limit", "db")
def test_an_upload_in_the_background_is_told_in_its_own_form(rf):
    response = _limited(_upload(rf, User(), **{"x-requested-with": "XMLHttpRequest"}))

    answer = json.loads(response.content)
    assert (response.status_code, answer["success"]) == (413, False)
    assert "50.0" in answer["error_message"]


@pytest.mark.usefixtures("_small_limit", "db")
def test_a_body_without_end_is_not_read(rf, monkeypatch):
    monkeypatch.setattr(UploadLimitMiddleware, "PATIENCE", 2_500)
    request = _upload(rf, User())

    assert _limited(request).status_code == 413
    assert request.read(10) != b""


@pytest.mark.usefixtures("_small_limit", "db")
def test_a_door_that_looks_at_the_length_itself_is_left_alone(rf):
    request = rf.post("/verify/file/", bytes(3_000), content_type="application/pdf")
    request.user = AnonymousUser()
    assert _limited(request).content == b"taken"
    unknown = rf.post("/nowhere", bytes(3_000), content_type="application/pdf")
    unknown.user = AnonymousUser()
    assert _limited(unknown).status_code == 413
