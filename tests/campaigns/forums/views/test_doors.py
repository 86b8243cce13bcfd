"""The phone at the door and the office that lets it in."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.defaults import EDITOR
from campaigns.forums import services
from campaigns.forums.models import CheckIn, Door
from campaigns.forums.views import doors
from privacy.exceptions import AccessLogUnavailableError
from privacy.models import AccessAction, AccessEntry
from privacy.requests import throttle
from tests.campaigns.forums.participant import NAME, asked, person
from tests.factories.accounts import UserFactory
from tests.factories.forums import ForumPageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

DOOR = "/door/"


@pytest.fixture
def code(free_state):
    """Of the QR that lets a phone in."""
    return services.make_door(free_state.page, "1층 입구", user=UserFactory())[1]


@pytest.fixture
def phone(client, code):
    client.post(f"/t/b/{code}/")
    return client


@pytest.fixture
def ticket(free_state):
    people = [person(organisation="가온연합회")]
    return services.place_order(free_state, asked(free_state, people=people)).tickets.get()


def post(phone, state, **told):
    response = phone.post(DOOR, {"session": state.sessions[0].pk, **told})
    return response, response.content.decode()


def test_looking_at_the_code_changes_nothing(client, code):
    assert client.get(f"/t/b/{code}/").status_code == 200
    assert not Door.objects.filter(enrolled_at__isnull=False).exists()
    assert client.get(DOOR).status_code == 403


def test_one_press_lets_the_phone_in_and_no_second_one(client, code):
    response = client.post(f"/t/b/{code}/")

    assert response["Location"] == DOOR
    cookie = response.cookies["door"]
    assert cookie["httponly"]
    assert cookie["path"] == DOOR
    assert cookie.value.encode() not in bytes(Door.objects.get().device_hash)
    for method in (client.get, client.post):
        assert method(f"/t/b/{code}/").status_code == 410


def test_nobody_else_gets_in(client):
    for method in (client.get, client.post):
        assert method(DOOR).status_code == 403
    client.cookies["door"] = "forged"
    assert client.get(DOOR).status_code == 403


def test_the_page_is_kept_nowhere_and_may_use_the_camera(phone, free_state):
    response = phone.get(DOOR, {"session": free_state.sessions[0].pk})

    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Permissions-Policy"] == "camera=(self)"
    assert "0 / 0" in response.content.decode()


def test_a_typed_code_lets_in_and_shows_the_person(phone, free_state, ticket):
    _response, text = post(phone, free_state, code=ticket.code)

    assert CheckIn.objects.get().seat.ticket == ticket
    assert all(told in text for told in (NAME, "가온연합회", "1부", "점심", "1 / 1"))
    assert ticket.code not in text
    _response, text = post(phone, free_state, code=ticket.code)
    assert CheckIn.objects.get().checked_in_at.strftime("%M") in text


def test_a_name_is_found_written_down_and_let_in(phone, free_state, ticket):
    _response, text = post(phone, free_state, query="한")

    assert NAME in text
    entry = AccessEntry.objects.get(action=AccessAction.SEARCH)
    assert entry.user == Door.objects.get().made_by
    [pressed] = re.findall(r'name="ticket" value="([^"]+)"', text)
    post(phone, free_state, ticket=pressed)
    assert CheckIn.objects.count() == 1


def test_nobody_is_shown_when_it_cannot_be_written_down(phone, free_state, ticket, monkeypatch):
    def broken(**_kwargs):
        raise AccessLogUnavailableError

    monkeypatch.setattr(doors, "record_access", broken)

    response, text = post(phone, free_state, query="한")

    assert response.status_code == 503
    assert NAME not in text


@pytest.mark.parametrize(
    "told", [{}, {"code": " "}, {"ticket": "x"}, {"code": "ABCDEFGHJK"}, {"query": "없는이름"}]
)
def test_bad_input_gets_an_answer(phone, free_state, ticket, told):
    response, text = post(phone, free_state, **told)

    assert response.status_code == 200
    assert NAME not in text
    assert "alert" in text or "없는이름" in text
    assert not CheckIn.objects.exists()


def test_a_ticket_of_another_forum_shows_nobody(phone, free_state, campaign_page):
    other = services.state_of(ForumPageFactory(parent=campaign_page, free=True))
    ticket = services.place_order(other, asked(other, people=["남궁바다"])).tickets.get()

    response, text = post(phone, free_state, code=ticket.code)

    assert response.status_code == 200
    assert "남궁바다" not in text


def test_a_scan_asks_six_times_at_most(phone, free_state, ticket):
    post(phone, free_state, code="ABCDEFGHJK")  # The page's frame is known by then.
    with CaptureQueriesContext(connection) as queries:
        post(phone, free_state, code=ticket.code)

    assert len(queries) <= 6
    assert CheckIn.objects.count() == 1


def test_a_script_gets_the_answer_without_the_page_around_it(phone, free_state, ticket):
    _response, text = post(phone, free_state, code=ticket.code, nonce=str(uuid.uuid4()))

    assert all(told in text for told in (NAME, "1 / 1", "data-door-told", "data-door-incidents"))
    assert "<html" not in text


def test_another_site_cannot_press(phone, free_state, ticket):
    told = {"session": free_state.sessions[0].pk, "code": ticket.code}

    assert phone.post(DOOR, told, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not CheckIn.objects.exists()


def test_too_many_scans_are_slowed_down(phone, free_state, ticket, monkeypatch, clock):
    def sooner(request, name, *, limit, seconds):
        assert (name, limit) == ("door", doors.SCANS_PER_MINUTE)
        return throttle(request, name, limit=3, seconds=seconds)

    monkeypatch.setattr(doors, "throttle", sooner)
    answers = [post(phone, free_state, code="ABCDEFGHJK")[0] for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200] * 3 + [429]
    assert answers[-1]["Retry-After"] == "60"
    assert post(phone, free_state, code=ticket.code)[0].status_code == 429
    assert not CheckIn.objects.exists()
    clock.tick(timedelta(minutes=1))
    assert post(phone, free_state, code=ticket.code)[0].status_code == 200
    assert CheckIn.objects.exists()


def test_a_queue_of_scans_keeps_no_further_phone_out(phone, free_state):
    raw = services.make_door(free_state.page, "2층 입구", user=UserFactory())[1]
    for _ in range(doors.ENROLMENTS_PER_MINUTE + 1):
        phone.post(DOOR)

    assert phone.post(f"/t/b/{raw}/")["Location"] == DOOR


def test_the_office_makes_a_code_once_and_ends_the_phone(client, free_state):
    client.force_login(UserFactory(role="행사 담당"))
    pk = free_state.page.pk
    assert client.get(reverse("forum_doors", args=[pk])).status_code == 200
    assert client.post(reverse("forum_make_door", args=[pk]), {"label": ""}).status_code == 422

    made = client.post(reverse("forum_make_door", args=[pk]), {"label": "1층 입구"})

    assert 'class="segno"' in made.content.decode()
    door = Door.objects.get()
    assert 'class="segno"' not in client.get(reverse("forum_doors", args=[pk])).content.decode()
    client.post(reverse("forum_close_door", args=[pk, door.pk]))
    door.refresh_from_db()
    assert door.closed_at


def test_without_the_right_there_are_no_doors(client, free_state):
    client.force_login(UserFactory(role=EDITOR))

    response = client.get(reverse("forum_doors", args=[free_state.page.pk]))

    assert response["Location"] == reverse("wagtailadmin_home")


def test_an_unknown_ticket_is_told(phone, free_state):
    assert post(phone, free_state, ticket=str(uuid.uuid4()))[0].status_code == 200
