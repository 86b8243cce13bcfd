from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from petitions import emails, services
from petitions.models import Signature
from privacy.tokens import mint_token
from tests.petitions.citizen import EMAIL, NAME

from .conftest import is_private

pytestmark = pytest.mark.integration

Status = Signature.Status


ADDRESSES = [("c", ""), ("s", ""), ("s", "certificate/"), ("s", "withdraw/"), ("s", "not-mine/")]


ADDRESSES += [("d", ""), ("c", "discard/")]


POSTS = [("c", ""), ("c", "discard/"), ("s", "withdraw/"), ("s", "not-mine/"), ("d", "")]


@pytest.mark.parametrize(("letter", "suffix"), ADDRESSES)
@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_an_invented_link_shows_nothing(client, signature, letter, suffix, method):
    for token in ("x", "A" * 43, "가나다", "%00", "..", "A" * 2000):
        response = getattr(client, method)(f"/t/{letter}/{token}/{suffix}")

        assert response.status_code in (404, 405)
        assert EMAIL not in response.content.decode()


@pytest.mark.parametrize(("letter", "suffix"), ADDRESSES)
@pytest.mark.parametrize("other", ["c", "s", "d"])
def test_a_link_opens_only_what_it_was_made_for(
    client, link, counted_signature, letter, suffix, other
):
    if other == letter:
        return
    token = link(other).split("/")[3]
    response = client.post(f"/t/{letter}/{token}/{suffix}")

    assert (response.status_code, is_private(response)) == (404, True)
    assert Signature.objects.get().status == Status.CONFIRMED


@pytest.mark.parametrize(("letter", "suffix"), ADDRESSES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_whose_time_is_up_says_so(client, signature, clock, letter, suffix, method):
    purpose = {"c": emails.CONFIRM_TOKEN, "s": emails.SIGNER_TOKEN, "d": emails.DENY_TOKEN}[letter]
    token = mint_token(purpose, str(signature.public_id), timedelta(seconds=1))
    clock.tick(timedelta(seconds=1))

    response = getattr(client, method)(f"/t/{letter}/{token}/{suffix}")

    assert (response.status_code, is_private(response)) == (410, True)
    assert Signature.objects.get().status == Status.UNCONFIRMED


@pytest.mark.parametrize(("letter", "suffix"), ADDRESSES)
def test_a_link_to_a_row_that_was_purged_shows_nothing(client, link, signature, letter, suffix):
    address = link(letter, suffix)
    Signature.objects.all().delete()

    assert client.get(address).status_code == client.post(address).status_code == 404


@pytest.mark.parametrize(("letter", "suffix"), [("c", ""), ("s", ""), ("s", "certificate/")])
@pytest.mark.parametrize("leave", [services.withdraw_signature, services.deny_signature])
def test_a_link_to_a_signature_that_left_says_so(client, link, signature, letter, suffix, leave):
    services.confirm_signature(signature.public_id)
    address = link(letter, suffix)
    leave(signature.public_id)

    shown, pressed = client.get(address), client.post(address)

    assert (shown.status_code, is_private(shown)) == (404, True)
    assert pressed.status_code == 404
    assert "철회하셨거나" in shown.content.decode()
    assert NAME not in shown.content.decode()
    assert Signature.objects.get().status in (Status.WITHDRAWN, Status.DENIED)


@pytest.mark.parametrize(("letter", "suffix"), [("c", ""), ("s", ""), ("s", "certificate/")])
def test_a_link_mailed_in_the_moment_of_leaving_says_so(client, link, signature, letter, suffix):
    services.confirm_signature(signature.public_id)
    services.withdraw_signature(signature.public_id)

    shown = client.get(link(letter, suffix))

    assert (shown.status_code, is_private(shown)) == (410, True)
    assert NAME not in shown.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_press_after_the_hand_over_is_told_of_it(client, link, signature, petition_page, method):
    petition_page.hand_over_on = timezone.localdate() - timedelta(days=1)
    petition_page.save()

    response = getattr(client, method)(link("c"))

    assert (response.status_code, is_private(response)) == (410, True)
    assert "전달" in response.content.decode()
    assert Signature.objects.get().status == Status.UNCONFIRMED


@pytest.mark.sqlite_smoke
def test_the_owner_of_an_invalidated_signature_sees_it_and_withdraws(
    client, link, counted_signature
):
    services.invalidate_signature(counted_signature.public_id, actor="1", reason="중복")
    services.fold_counts()

    shown = client.get(link("s"))
    asked = client.get(link("s", "withdraw/"))
    left = client.post(link("s", "withdraw/"))

    assert (shown.status_code, is_private(shown)) == (200, True)
    for told in ("집계하지 않은 서명입니다", NAME, EMAIL, "/withdraw/", "/not-mine/"):
        assert told in shown.content.decode()
    assert client.get(link("s", "certificate/")).status_code == 410
    assert (asked.status_code, left.status_code) == (200, 200)
    row = Signature.objects.get()
    assert (row.status, row.name, row.email) == (Status.WITHDRAWN, None, None)
    assert services.live_count(row.petition_id).confirmed == 0


def test_the_owner_of_a_signature_that_staff_took_back_sees_it(client, link, signature):
    services.confirm_by_staff(signature.public_id, actor="1", reason="전화로 확인")
    services.undo_status_change(signature.public_id, actor="1")

    shown = client.get(link("s"))

    assert shown.status_code == 200
    assert "확인하지 않은 서명" in shown.content.decode()


def test_an_invalidated_signature_cannot_be_confirmed_again(client, link, signature):
    services.invalidate_signature(signature.public_id, actor="1", reason="중복")

    assert client.post(link("c")).status_code == 410
    assert Signature.objects.get().status == Status.INVALIDATED


@pytest.mark.parametrize(("letter", "suffix"), POSTS)
@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://mail.example"},
        {"origin": "null"},
    ],
    ids=str,
)
def test_a_press_from_another_site_is_refused(
    client, link, signature, rows, letter, suffix, headers
):
    address = link(letter, suffix)
    before = rows()

    response = client.post(address, headers=headers)

    assert response.status_code == 403
    assert rows() == before


@pytest.mark.parametrize(("letter", "suffix"), POSTS)
def test_a_press_needs_no_log_in(link, counted_signature, letter, suffix):
    browser = Client(enforce_csrf_checks=True)

    response = browser.post(link(letter, suffix), headers={"origin": "http://testserver"})

    assert response.status_code in (200, 303)


@pytest.mark.parametrize(("letter", "suffix"), ADDRESSES)
@pytest.mark.parametrize("method", ["put", "delete", "options"])
def test_other_methods_change_nothing(client, link, signature, rows, letter, suffix, method):
    address = link(letter, suffix)
    before = rows()

    assert getattr(client, method)(address).status_code == 405
    assert rows() == before


@pytest.mark.parametrize(("letter", "suffix"), POSTS)
def test_a_press_while_the_database_takes_no_writes_can_be_repeated(
    client, link, counted_signature, read_only_database, letter, suffix
):
    Signature.objects.update(status=Status.UNCONFIRMED if letter == "c" else Status.CONFIRMED)
    address = link(letter, suffix)
    read_only_database()

    response = client.post(address)

    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert Signature.objects.get().email == EMAIL
