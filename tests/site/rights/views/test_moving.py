from datetime import timedelta

import pytest
from django.utils import timezone

from petitions.models import Signature
from rights import emails, tokens
from rights.models import AddressChange, Request
from rights.services.mailboxes import MOST_CHANGES
from tests.factories.petitions import SignatureFactory
from tests.petitions.citizen import EMAIL, NAME

pytestmark = pytest.mark.integration

NEW = "new@mail.example"


@pytest.fixture
def link(client, mine, signature):
    """What the new mailbox is asked to open."""
    client.post(f"{mine}address/", {"email": NEW})
    change = AddressChange.objects.get()
    email = emails.ask_new_mailbox(str(change.public_id))
    assert email.to == NEW
    return "/t/a/" + email.text.split("/t/a/")[1].split()[0]


@pytest.mark.sqlite_smoke
def test_the_address_changes_when_the_new_mailbox_confirms(client, link):
    assert client.get(link).status_code == 200
    assert Signature.objects.get().email == EMAIL

    answer = client.post(link)

    assert Signature.objects.get().email == NEW
    assert answer.status_code == 303
    page = client.get(answer.url)
    assert (page.context["everything"].address, NAME in page.content.decode()) == (NEW, True)
    assert client.post(link).status_code == 303


def test_what_stays_behind_is_told(client, link, signature):
    SignatureFactory(petition=signature.petition, region=signature.region, email=NEW)

    answer = client.post(link)

    assert (answer.status_code, len(answer.context["left"])) == (200, 1)
    assert client.get(answer.context["my_path"]).status_code == 200


def test_a_day_later_nobody_is_moved(client, link):
    AddressChange.objects.update(asked_at=timezone.now() - timedelta(hours=25))

    assert client.post(link).status_code == 410
    assert Signature.objects.get().email == EMAIL


def test_a_wish_of_nobody_opens_nothing(client, home_page):
    assert client.get("/t/a/garbage-garbage/").status_code == 404


def test_what_is_no_address_is_told(client, mine, home_page):
    answer = client.post(f"{mine}address/", {"email": "새 주소"})

    assert answer.status_code == 422
    assert not AddressChange.objects.exists()


def test_wishes_come_to_an_end(client, mine, home_page):
    answers = [
        client.post(f"{mine}address/", {"email": f"stranger{n}@mail.example"}).url
        for n in range(MOST_CHANGES + 1)
    ]

    assert answers == [f"{mine}?done=move-asked"] * MOST_CHANGES + [f"{mine}?done=move-limit"]


def test_a_request_over_the_link_is_proven(client, mine, home_page):
    assert client.post(f"{mine}request/", {"kind": "stop"}).status_code == 422

    answer = client.post(f"{mine}request/", {"kind": "stop", "words": "그만 써 주세요."})

    lodged = Request.objects.get()
    assert answer.url == f"{mine}?done=lodged"
    assert (lodged.contact, lodged.is_proven, lodged.words) == (EMAIL, True, "그만 써 주세요.")


def test_cookies_of_one_hour(clock):
    sealed = tokens.seal_typed(EMAIL)
    undo = tokens.Undo("a", "b", {"name": NAME})
    sealed_undo = tokens.seal_undo(undo)
    assert (tokens.open_typed(sealed), tokens.open_undo(sealed_undo)) == (EMAIL, undo)
    assert (tokens.open_typed(sealed_undo), tokens.open_undo(sealed)) == ("", None)

    clock.tick(timedelta(minutes=61))

    assert (tokens.open_typed(sealed), tokens.open_undo(sealed_undo)) == ("", None)
