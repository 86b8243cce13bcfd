"""What the site tells a phone without a log-in, and hears from it; whom it refuses."""

import json
import re
import uuid
from datetime import timedelta

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns.forums import services
from campaigns.forums.models import CheckIn, Door, DoorIncident
from campaigns.forums.views import door_network
from privacy.exceptions import AccessLogUnavailableError
from privacy.models import AccessAction, AccessEntry
from tests.browser import StaffClient
from tests.campaigns.forums.gates import let_in
from tests.campaigns.forums.participant import NAME, asked, person
from tests.factories.accounts import UserFactory
from tests.factories.forums import ForumPageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LIST, ADMISSIONS, SHELL = "/door/list/", "/door/admissions/", "/door/shell/"
LIST_QUERIES, TELLING_QUERIES = 9, 7


def enrolled(state, label="A문"):
    raw = services.make_door(state.page, label, user=UserFactory())[1]
    browser = Client(headers={"sec-fetch-site": "same-origin"})
    browser.post(f"/t/b/{raw}/")
    return browser


@pytest.fixture
def phone(free_state):
    return enrolled(free_state)


@pytest.fixture
def ticket(free_state):
    people = [person(organisation="가온연합회")]
    return services.place_order(free_state, asked(free_state, people=people)).tickets.get()


def post(browser, address, words, **headers):
    return browser.post(address, json.dumps(words), content_type="text/plain", headers=headers)


def listed(browser, known=()):
    response = post(browser, LIST, {"known": [*known]})
    assert response.status_code == 200
    return response.json()


def as_sent(one):
    return {
        "nonce": str(one.nonce),
        "ticket": str(one.ticket),
        "session": str(one.session_id),
        "at": one.at.isoformat(),
    }


def told(browser, *admissions):
    return post(browser, ADMISSIONS, {"admissions": [as_sent(one) for one in admissions]})


def test_the_list_holds_the_least_that_is_needed(phone, free_state, ticket):
    found = listed(phone)

    key = str(ticket.public_id)
    session = free_state.sessions[0]
    assert set(found["people"][key]) == {"key", "code", "name", "organisation"}
    assert found["people"][key]["name"] == NAME
    assert found["states"][key] == {
        **{"refusal": "", "paid": "참가비 없음", "meal": True},
        "seats": {str(session.pk): []},
    }
    assert found["sessions"] == [{"id": session.pk, "name": "1부", "meal": "점심"}]
    assert found["until"] == Door.objects.get().ends_at.isoformat()
    for secret in (ticket.code, ticket.order.email, ticket.order.phone, ticket.order.reference):
        assert secret not in json.dumps(found, ensure_ascii=False)


def test_each_load_is_written_down_under_whoever_let_the_phone_in(phone, ticket):
    found = listed(phone)

    entry = AccessEntry.objects.get(action=AccessAction.EXPORT)
    assert (entry.user, entry.count, entry.reason) == (Door.objects.get().made_by, 1, "A문")
    keys = [one["key"] for one in found["people"].values()]
    assert listed(phone, keys)["people"] == {}
    assert AccessEntry.objects.filter(action=AccessAction.EXPORT).count() == 1


def test_nothing_is_sent_when_it_cannot_be_written_down(phone, ticket, monkeypatch):
    def broken(**_kwargs):
        raise AccessLogUnavailableError

    monkeypatch.setattr(door_network, "record_access", broken)

    response = post(phone, LIST, {})

    assert response.status_code == 503
    assert NAME not in response.content.decode()


def test_who_is_gone_is_named_nowhere(phone, ticket):
    services.cancel_order(ticket.order)

    found = listed(phone)

    assert found["states"] == {str(ticket.public_id): {"refusal": "cancelled"}}
    assert set(found["people"][str(ticket.public_id)]) == {"key", "code"}
    assert not AccessEntry.objects.filter(action=AccessAction.EXPORT).exists()


def test_who_came_is_told_with_gate_and_time(phone, free_state, ticket):
    told(enrolled(free_state, "B문"), let_in(ticket))

    [state] = listed(phone)["states"].values()

    at, gate = state["seats"][str(free_state.sessions[0].pk)]
    assert gate == "B문"
    assert at == CheckIn.objects.get().checked_in_at.isoformat()


def test_another_forums_phone_is_told_nothing_of_this_one(free_state, ticket, campaign_page):
    other = services.state_of(ForumPageFactory(parent=campaign_page, slug="other", free=True))
    phone = enrolled(other)

    assert listed(phone)["states"] == {}
    assert told(phone, let_in(ticket)).json()["results"][0]["became"] == "unknown"
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("address", [LIST, ADMISSIONS])
def test_nobody_else_is_answered(address, free_state, ticket):
    stranger, staff = Client(), StaffClient()
    staff.force_login(UserFactory(role="행사 담당"))
    forged = Client()
    forged.cookies["door"] = "forged"

    for browser in (stranger, staff, forged):
        response = post(browser, address, {"admissions": [as_sent(let_in(ticket))]})
        assert (response.status_code, response.json()) == (403, {"closed": True})
        assert browser.get(SHELL).status_code == 403
    assert not CheckIn.objects.exists()
    assert not AccessEntry.objects.filter(action=AccessAction.EXPORT).exists()


@pytest.mark.parametrize("over", ["closed_at", "ends_at"])
def test_a_door_that_ended_is_told_nothing_and_still_heard(phone, ticket, over):
    Door.objects.update(**{over: timezone.now()})

    assert post(phone, LIST, {}).json() == {"closed": True}
    assert "data-door-ended" in phone.get("/door/").content.decode()
    response = told(phone, let_in(ticket))

    assert response.json()["results"][0]["became"] == "came"
    assert CheckIn.objects.count() == 1


def test_from_noon_on_nothing_is_heard(phone, ticket):
    Door.objects.update(ends_at=timezone.now() - services.TELLING)

    assert told(phone, let_in(ticket)).status_code == 403
    assert not CheckIn.objects.exists()


def test_the_cookie_lives_as_long_as_the_phone_is_heard(client, free_state):
    raw = services.make_door(free_state.page, "A문", user=UserFactory())[1]

    cookie = client.post(f"/t/b/{raw}/").cookies["door"]

    left = Door.objects.get().ends_at + services.TELLING - timezone.now()
    assert timedelta(seconds=int(cookie["max-age"])) - left < timedelta(minutes=1)


@pytest.mark.parametrize("address", [LIST, ADMISSIONS])
def test_other_sites_and_reading_do_nothing(phone, address, ticket):
    words = {"admissions": [as_sent(let_in(ticket))]}

    answer = post(phone, address, words, **{"sec-fetch-site": "cross-site"})

    assert answer.status_code == 403
    assert phone.get(address).status_code == 405
    assert not CheckIn.objects.exists()
    assert "no-store" in post(phone, address, {})["Cache-Control"]


@pytest.mark.parametrize("words", [b"", b"{", b"[]", b"\xff", b'"x"'])
@pytest.mark.parametrize("address", [LIST, ADMISSIONS])
def test_what_is_no_json_is_refused(phone, address, words):
    response = phone.post(address, words, content_type="text/plain")

    assert response.status_code == 400


@pytest.mark.parametrize(
    "changed",
    [
        {"nonce": None},
        {"ticket": "x"},
        {"session": None},
        {"session": "9" * 400},
        {"at": "yesterday"},
        {"at": "2026-11-24T10:03:00"},
        {"at": "2026-13-45T10:03:00Z"},
    ],
)
def test_a_malformed_admission_is_answered_and_harms_no_other(phone, ticket, changed):
    good = as_sent(let_in(ticket))
    bad = {**as_sent(let_in(ticket)), **changed}

    response = post(phone, ADMISSIONS, {"admissions": [bad, good, "x"]})

    assert [one["became"] for one in response.json()["results"]] == ["unknown", "came"]
    assert CheckIn.objects.count() == 1


def test_known_and_admissions_of_another_shape(phone, ticket):
    assert len(post(phone, LIST, {"known": 3}).json()["people"]) == 1
    assert post(phone, ADMISSIONS, {"admissions": {}}).json() == {"results": []}


def test_both_phones_and_the_office_see_both_gates(free_state, ticket):
    front, back = enrolled(free_state), enrolled(free_state, "B문")
    told(front, let_in(ticket, 3))
    assert told(back, let_in(ticket, 5)).json()["results"][0]["became"] == "double"
    office = StaffClient()
    office.force_login(UserFactory(role="행사 담당"))

    gates = re.compile(r"A문 \d\d:\d\d, B문 \d\d:\d\d")
    for browser in (front, back):
        text = browser.get("/door/").content.decode()
        assert gates.search(text)
        assert NAME not in text
        assert not gates.search(browser.get(SHELL).content.decode())
    pk = free_state.page.pk
    assert gates.search(office.get(reverse("forum_doors", args=[pk])).content.decode())
    assert "이중 입장: 1" in office.get(reverse("forum_numbers", args=[pk])).content.decode()


def test_the_kept_page_names_nobody_and_counts_nothing(phone, free_state, ticket):
    told(phone, let_in(ticket))

    text = phone.get(SHELL).content.decode()

    assert NAME not in text
    assert "1 / 1" not in text


def test_the_worker_names_what_is_kept_and_reaches_the_door_only(client):
    response = client.get("/door/worker.js")

    assert response["Content-Type"].startswith("text/javascript")
    assert "worker-src 'self'" in response["Content-Security-Policy"]
    assert "Service-Worker-Allowed" not in response
    kept = json.loads(re.search(r"self.KEPT = (.*);", response.content.decode())[1])
    assert kept["shell"] == SHELL
    assert all(finders.find(address.removeprefix("/static/")) for address in kept["files"])


@pytest.mark.parametrize("people", [1, 8])
def test_list_and_telling_ask_as_often_for_many(free_state, people):
    phone = enrolled(free_state)
    tickets = [
        services.place_order(free_state, asked(free_state)).tickets.get() for _ in range(people)
    ]
    admissions = [let_in(ticket) for ticket in tickets]
    listed(phone)

    with CaptureQueriesContext(connection) as queries:
        listed(phone)
    # The door, the list in three; the entry in the access log with its seal.
    assert len([q for q in queries if "SAVEPOINT" not in q["sql"]]) == LIST_QUERIES
    with CaptureQueriesContext(connection) as queries:
        told(phone, *admissions)
    assert len([q for q in queries if "SAVEPOINT" not in q["sql"]]) == TELLING_QUERIES
    assert CheckIn.objects.count() == people
    assert not DoorIncident.objects.exists()


def test_a_scan_with_a_nonce_is_known_when_told_again(phone, free_state, ticket):
    nonce = uuid.uuid4()
    scan = {"session": free_state.sessions[0].pk, "code": ticket.code, "nonce": str(nonce)}

    pages = [phone.post("/door/", scan).content.decode() for _ in range(2)]

    assert all(NAME in page for page in pages)
    assert told(phone, let_in(ticket, nonce=nonce)).json()["results"][0]["became"] == "came"
    assert CheckIn.objects.get().nonce == nonce
