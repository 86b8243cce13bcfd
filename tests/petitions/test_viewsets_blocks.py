import pytest
from django.contrib.sessions.models import Session

from accounts.defaults import CAMPAIGNER, DIRECTOR, MODERATOR
from evidence.models import Event
from petitions.models import BlockedAddress
from privacy.blind_index import address_index
from tests.factories.accounts import UserFactory
from tests.factories.petitions import BlockedAddressFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LIST = "/admin/signatures/"
EMAIL = "garam@mail.example"
LIFT = "차단 풀기"


@pytest.fixture
def blocked():
    BlockedAddressFactory(email_index=address_index("other@mail.example"))
    return BlockedAddressFactory(email_index=address_index(EMAIL))


@pytest.fixture
def staff(client):
    """``staff(role)`` logs somebody with this role in and returns the account."""

    def log_in(role):
        user = UserFactory(role=role)
        client.force_login(user)
        return user

    return log_in


def find(client, query=EMAIL):
    """The page with what was found, and the address to which its form posts."""
    response = client.post(f"{LIST}search/", {"query": query}, follow=True)
    return response, response.context["lift_url"]


@pytest.mark.parametrize("role", [CAMPAIGNER, DIRECTOR])
def test_a_block_is_lifted_with_the_reason_on_record(client, staff, blocked, role):
    user = staff(role)
    page, address = find(client, "Garam@Mail.example")
    assert LIFT in page.content.decode()

    response = client.post(address, {"reason": "같은 주소에서 메일로 요청"}, follow=True)

    assert "차단을 풀었습니다" in response.content.decode()
    assert LIFT not in response.content.decode()
    assert [bytes(row.email_index) for row in BlockedAddress.objects.all()] == [
        address_index("other@mail.example")
    ]
    event = Event.objects.get(subject_type="blocked_address")
    assert (event.subject_type, event.subject_id) == ("blocked_address", address_index(EMAIL).hex())
    assert (event.kind, event.actor) == ("block_lifted", str(user.pk))
    assert event.payload.values == {"reason": "같은 주소에서 메일로 요청"}


def test_a_moderator_sees_the_block_and_cannot_lift_it(client, staff, blocked):
    staff(MODERATOR)
    page, address = find(client)
    assert "차단한 주소입니다" in page.content.decode()
    assert LIFT not in page.content.decode()

    client.post(address, {"reason": "요청"})

    assert BlockedAddress.objects.count() == 2
    assert not Event.objects.filter(subject_type="blocked_address").exists()


@pytest.mark.parametrize("query", ["free@mail.example", "한가람", "7K3D-92QF"])
def test_what_is_not_blocked_has_nothing_to_lift(client, staff, blocked, query):
    staff(DIRECTOR)
    page, address = find(client, query)
    assert LIFT not in page.content.decode()

    response = client.post(address, {"reason": "요청"}, follow=True)

    assert len(list(response.context["messages"])) == 1
    assert BlockedAddress.objects.count() == 2
    assert not Event.objects.filter(subject_type="blocked_address").exists()


@pytest.mark.parametrize("reason", ["", "  ", "900101-1234567"])
def test_without_a_proper_reason_the_block_stays(client, staff, blocked, reason):
    staff(DIRECTOR)
    _page, address = find(client)

    client.post(address, {"reason": reason})

    assert BlockedAddress.objects.count() == 2
    assert not Event.objects.filter(subject_type="blocked_address").exists()


def test_a_search_that_is_over_lifts_nothing(client, staff, blocked):
    staff(DIRECTOR)
    _page, address = find(client)
    Session.objects.all().delete()
    staff(DIRECTOR)

    client.post(address, {"reason": "요청"})

    assert client.get(address).status_code == 405
    assert BlockedAddress.objects.count() == 2
