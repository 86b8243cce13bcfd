"""A log-in that nobody touches ends: after 30 minutes, after 15 where personal data is shown."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.defaults import EDITOR, MODERATOR
from accounts.models import User
from accounts.requests import LAST_INPUT
from accounts.views import activity
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ACTIVITY, SIGNATURES = "/admin/activity/", "/admin/signatures/"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def office(clock, home_page, client):
    """A moderator's browser; time stands still."""
    client.force_login(UserFactory(role=MODERATOR))
    return client


def is_inside(client, address="/admin/", **options):
    return client.get(address, **options).status_code == 200


def report(client, **said):
    return client.post(f"{ACTIVITY}?screen=/admin/", {"input": "1", **said})


@pytest.mark.sqlite_smoke
def test_after_half_an_hour_it_asks_to_log_in_and_leads_back(office, clock):
    clock.tick(30 * MINUTE - timedelta(seconds=1))
    assert is_inside(office)

    clock.tick(timedelta(seconds=1))

    assert office.get("/admin/pages/?q=x")["Location"] == "/admin/login/?next=/admin/pages/%3Fq%3Dx"
    assert not is_inside(office)


def test_pages_that_are_asked_for_prolong_nothing(office, clock):
    """As saving by itself, previews and polls are."""
    for _minute in range(29):
        clock.tick(MINUTE)
        office.get("/admin/")
        office.get(f"{ACTIVITY}?screen=/admin/")
        office.post("/admin/pages/1/edit/preview/", {})
    clock.tick(MINUTE)

    assert not is_inside(office)


def test_reported_input_prolongs(office, clock):
    for _time in range(4):
        clock.tick(29 * MINUTE)
        assert report(office).json()["seconds"] == 30 * 60

    assert is_inside(office)


def test_reported_input_keeps_what_another_request_wrote_meanwhile(office, clock, rf):
    clock.tick(10 * MINUTE)
    key = office.session.session_key
    request = rf.post(ACTIVITY, {"input": "1"})
    request.session, request.user = SessionStore(key), User.objects.get()
    assert LAST_INPUT in request.session  # Read before the other one writes.
    other = SessionStore(key)
    other["found"] = "a signer"
    other.save()

    activity(request)

    left = SessionStore(key)
    assert left["found"] == "a signer"
    assert left[LAST_INPUT] == timezone.now().timestamp()
    assert not request.session.modified


def test_reported_input_opens_no_log_in_that_has_just_ended(office, rf):
    request = rf.post(ACTIVITY, {"input": "1"})
    request.session, request.user = SessionStore(office.session.session_key), User.objects.get()
    assert LAST_INPUT in request.session
    office.post("/admin/logout/")

    activity(request)

    assert not Session.objects.exists()


def test_a_screen_with_personal_data_ends_after_15_minutes(office, clock):
    clock.tick(15 * MINUTE)

    assert office.get(SIGNATURES)["Location"] == f"/admin/login/?next={SIGNATURES}"
    assert not is_inside(office)


def test_so_does_what_is_asked_for_from_such_a_screen(office, clock):
    clock.tick(15 * MINUTE)

    assert not is_inside(office, headers={"referer": f"http://testserver{SIGNATURES}"})


def test_the_rest_of_the_admin_does_not(office, clock):
    clock.tick(15 * MINUTE)

    assert is_inside(office)


def test_a_report_after_the_end_brings_nothing_back(office, clock):
    clock.tick(31 * MINUTE)

    assert report(office).status_code == 401
    assert report(office).status_code == 401
    assert not is_inside(office)


def test_a_screen_left_alone_ends_the_log_in_unless_another_is_in_use(office, clock):
    left = {"left_alone": "1"}
    clock.tick(16 * MINUTE)
    report(office)
    clock.tick(5 * MINUTE)
    assert office.post(f"{ACTIVITY}?screen={SIGNATURES}", left).json()["seconds"] == 10 * 60

    clock.tick(10 * MINUTE)
    assert office.get(f"{ACTIVITY}?screen={SIGNATURES}").status_code == 401
    assert is_inside(office)  # Asking changes nothing.
    assert office.post(f"{ACTIVITY}?screen={SIGNATURES}", left).status_code == 401

    assert not is_inside(office)


def test_a_late_answer_about_an_old_session_leaves_the_cookie_of_the_new_one(office, clock):
    """Somebody logged in in another window while this one asked; its cookie is the same."""
    office.session.delete()
    answer = office.get(ACTIVITY)
    assert (answer.status_code, list(answer.cookies)) == (401, [])


@pytest.mark.parametrize("address", [ACTIVITY, "/admin/pages/1/edit/"])
def test_so_does_the_answer_that_ends_it(office, clock, address):
    clock.tick(31 * MINUTE)

    answer = office.post(address, {"left_alone": "1"}, headers={"accept": "application/json"})

    assert (answer.status_code, list(answer.cookies)) == (401, [])
    assert not is_inside(office)


def test_who_logs_out_loses_the_cookie(office):
    answer = office.post("/admin/logout/")

    assert answer.cookies[settings.SESSION_COOKIE_NAME].value == ""


def test_a_form_after_the_end_says_where_the_words_are(office, clock):
    clock.tick(31 * MINUTE)

    answer = office.post("/admin/pages/1/edit/", {"title": "x"})

    assert answer.status_code == 403
    assert answer.templates[0].name == "accounts/ended.html"


@pytest.mark.parametrize(
    "headers", [{"x-requested-with": "XMLHttpRequest"}, {"accept": "application/json"}]
)
def test_what_a_page_asks_in_the_background_is_answered_in_its_language(office, clock, headers):
    clock.tick(31 * MINUTE)

    answer = office.post("/admin/pages/1/edit/", {"title": "x"}, headers=headers)

    assert (answer.status_code, answer.json()) == (401, {"ended": True})


def test_a_log_in_without_a_clock_is_over(office):
    session = office.session
    del session["accounts.last_input_at"]
    session.save()

    assert not is_inside(office)


def test_who_is_not_logged_in_is_told_so(client, home_page):
    assert client.get(ACTIVITY).status_code == 401
    assert client.get("/admin/back/").status_code == 200


def test_an_editor_is_warned_by_a_script_that_is_a_file(client, home_page):
    client.force_login(UserFactory(role=EDITOR))

    page = client.get("/admin/").content.decode()

    assert "js/admin_idle.js" in page
    assert 'data-activity="/admin/activity/"' in page
