"""Names on paper: with the right, for a reason, and on record before anything is printed."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from campaigns.forums import services
from campaigns.forums.models import Speaker
from campaigns.forums.views import sheets
from privacy.exceptions import AccessLogUnavailableError
from privacy.models import AccessAction, AccessEntry
from tests.campaigns.forums.participant import NAME, asked
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

REASON = "당일 접수대에서 쓸 명찰"


@pytest.fixture
def staff(client):
    client.user = UserFactory(role="행사 담당")
    client.force_login(client.user)
    return client


@pytest.fixture
def address(free_state):
    return reverse("forum_sheets", args=[free_state.page.pk])


@pytest.fixture
def order(free_state):
    return services.place_order(free_state, asked(free_state))


@pytest.mark.parametrize(("kind", "name"), [("badges", "명찰"), ("list", "참석자 명부")])
def test_a_pdf_for_a_reason_that_is_written_down(staff, address, order, kind, name):
    response = staff.post(address, {"kind": kind, "reason": REASON})

    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    assert response.headers["Content-Type"] == "application/pdf"
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert quote(name) in response.headers["Content-Disposition"]
    entry = AccessEntry.objects.get(action=AccessAction.PRINT)
    assert (entry.user_id, entry.reason) == (staff.user.pk, REASON)
    assert [row.subject for row in entry.subjects.all()] == [str(order.public_id)]


def test_one_session_only(staff, address, order, free_state):
    told = {"kind": "list", "reason": REASON, "session": free_state.sessions[0].pk}

    assert staff.post(address, told).status_code == 200


def test_looking_at_the_form_names_nobody_and_prints_nothing(staff, address, order):
    response = staff.get(address)

    assert response.status_code == 200
    assert NAME not in response.content.decode()
    assert not AccessEntry.objects.filter(action=AccessAction.PRINT).exists()


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "badges", "reason": " "},
        {"kind": "badges", "reason": "900101-1234567"},
        {"kind": "x", "reason": REASON},
        {"reason": REASON},
        {"kind": "list", "reason": REASON, "session": "999999"},
    ],
)
def test_without_a_reason_or_a_choice_nothing_is_printed(staff, address, order, told):
    assert staff.post(address, told).status_code == 422
    assert not AccessEntry.objects.filter(action=AccessAction.PRINT).exists()


def test_nobody_has_a_seat_yet(staff, address):
    response = staff.post(address, {"kind": "list", "reason": REASON})

    assert response.status_code == 422


def test_those_on_the_podium_have_badges_before_anybody_registers(staff, address, free_state):
    Speaker.objects.create(forum=free_state.page, name="이을", role="chair")

    told = {"kind": "badges", "podium": "on", "reason": REASON}

    assert staff.post(address, told)["Content-Type"] == "application/pdf"
    assert staff.post(address, {**told, "kind": "list"}).status_code == 422


def test_nothing_is_printed_when_it_cannot_be_written_down(staff, address, order, monkeypatch):
    def broken(**_kwargs):
        raise AccessLogUnavailableError

    monkeypatch.setattr(sheets, "record_access", broken)

    response = staff.post(address, {"kind": "badges", "reason": REASON})

    assert response.status_code == 503
    assert response["Content-Type"].startswith("text/html")


def test_seeing_the_masked_list_is_not_the_right_to_print(client, address, order):
    client.force_login(UserFactory(role="사무국장(승인자)"))

    assert client.get("/admin/registrations/").status_code == 200
    assert client.post(address, {"kind": "list", "reason": REASON}).status_code == 302
    assert not AccessEntry.objects.filter(action=AccessAction.PRINT).exists()
