import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from messaging.models import OutboxMessage
from petitions import emails, services
from petitions.models import BlockedAddress, Signature
from privacy.tokens import mint_token
from tests.factories.petitions import PetitionPageFactory
from tests.petitions.citizen import EMAIL, NAME, attempt_key, cleaned

from .conftest import PETITION

pytestmark = pytest.mark.integration

Status = Signature.Status
ADDRESSES = [("c", ""), ("s", ""), ("s", "certificate/"), ("s", "withdraw/"), ("s", "not-mine/")]
ADDRESSES += [("d", ""), ("c", "discard/")]
POSTS = [("c", ""), ("c", "discard/"), ("s", "withdraw/"), ("s", "not-mine/"), ("d", "")]


def is_private(response):
    return (
        response["Cache-Control"] == "no-store"
        and response["X-Robots-Tag"] == "noindex"
        and response["Referrer-Policy"] == "same-origin"
    )


# The way of a citizen


@pytest.mark.sqlite_smoke
def test_a_citizen_confirms_and_the_count_rises_at_once(client, link, signature):
    address = link("c")
    shown = client.get(address)
    assert shown.status_code == 200
    assert is_private(shown)
    assert NAME in shown.content.decode()
    assert Signature.objects.get().status == Status.UNCONFIRMED

    response = client.post(address)

    assert response.status_code == 303
    assert response["Location"].startswith("/t/s/")
    assert is_private(response)
    assert services.live_count(signature.petition_id).confirmed == 1
    mine = client.get(response["Location"])
    assert mine.status_code == 200
    assert is_private(mine)
    for shown in (signature.reference, NAME, "1"):
        assert shown in mine.content.decode()


def test_confirming_twice_leads_to_the_same_page_and_counts_once(client, link, signature):
    address = link("c")
    client.post(address)

    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 303
    assert services.live_count(signature.petition_id).confirmed == 1
    assert OutboxMessage.objects.filter(purpose=emails.SIGNATURE_CONFIRMED).count() == 1


def test_the_owner_of_the_mailbox_sees_all_that_will_stand_under_the_name(client, state):
    values = cleaned(comment="꼭 의결해\n주십시오", name_display="full", consent_roll=False)
    row = Signature.objects.get(public_id=services.sign_petition(state, values).public_id)
    token = mint_token(emails.CONFIRM_TOKEN, str(row.public_id), emails.CONFIRM_LIFETIME)

    html = client.get(f"/t/c/{token}/").content.decode()

    summary = html[html.index("<dl") : html.rindex("</dl>")]
    for shown in (NAME, row.region.name, "꼭 의결해<br>주십시오", row.get_name_display_display()):
        assert shown in summary
    given = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)<br>", summary.split("<dl")[2]))
    answers = {"collection": "동의함", "display": "동의함", "age": "확인함"}
    assert given == {c.title: answers.get(c.slug, "동의하지 않음") for _pk, c in state.consents}


@pytest.mark.sqlite_smoke
def test_what_is_not_what_one_wrote_is_discarded_and_typed_anew(client, link, signature, sign):
    shown = link("c")
    address = f"{shown}discard/"
    assert f'action="{address}"' in client.get(shown).content.decode()
    assert client.get(address)["Location"].startswith("/t/c/")
    assert Signature.objects.get().status == Status.UNCONFIRMED

    response = client.post(address)

    assert (response.status_code, response["Location"]) == (303, f"{PETITION}#sign")
    assert is_private(response)
    assert not Signature.objects.exists()
    assert client.post(address).status_code == 404
    assert sign(name="한나래").status_code == 303
    assert Signature.objects.get().name == "한나래"


def test_what_is_confirmed_is_not_discarded(client, link, counted_signature):
    address = link("c", "discard/")

    response = client.post(address, follow=True)

    assert response.redirect_chain[0][0].startswith("/t/c/")
    assert "discard/" not in response.content.decode()
    assert Signature.objects.get().status == Status.CONFIRMED


@pytest.mark.sqlite_smoke
def test_a_signer_withdraws_in_two_clicks(client, link, counted_signature):
    address = link("s", "withdraw/")
    asked = client.get(address)
    assert (asked.status_code, is_private(asked)) == (200, True)
    assert Signature.objects.get().status == Status.CONFIRMED

    response = client.post(address)

    assert (response.status_code, is_private(response)) == (200, True)
    row = Signature.objects.get()
    assert (row.status, row.name, row.email) == (Status.WITHDRAWN, None, None)
    assert services.live_count(row.petition_id).confirmed == 0
    assert client.post(address).status_code == 200
    assert client.get(address).status_code == 410
    assert services.live_count(row.petition_id).confirmed == 0


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize(("letter", "suffix"), [("d", ""), ("s", "not-mine/")])
def test_the_owner_of_an_address_removes_what_others_signed(
    client, link, counted_signature, letter, suffix
):
    address = link(letter, suffix)
    asked = client.get(address)
    assert (asked.status_code, is_private(asked)) == (200, True)
    assert not BlockedAddress.objects.exists()

    response = client.post(address)

    assert (response.status_code, is_private(response)) == (200, True)
    row = Signature.objects.get()
    assert (row.status, row.email) == (Status.DENIED, None)
    assert BlockedAddress.objects.count() == 1
    assert services.live_count(row.petition_id).confirmed == 0
    assert client.get(address).status_code == client.post(address).status_code == 200


def test_a_signer_takes_the_certificate_home(client, link, counted_signature):
    response = client.get(link("s", "certificate/"))

    assert response.status_code == 200
    assert is_private(response)
    assert response["Content-Type"] == "application/pdf"
    assert "attachment" in response["Content-Disposition"]
    assert b"".join(response.streaming_content).startswith(b"%PDF-")


def test_a_signer_sees_the_consents_given(client, link, counted_signature, state):
    html = client.get(link("s")).content.decode()

    for _pk, consent in state.consents:
        assert consent.title in html


@pytest.mark.parametrize("rows", [1, 3])
def test_a_signers_page_costs_as_much_for_three_as_for_one(
    client, link, counted_signature, petition_page, rows
):
    PetitionPageFactory.create_batch(rows, parent=petition_page.get_parent())
    address = link("s")
    client.get(address)

    with CaptureQueriesContext(connection) as asked:
        html = client.get(address).content.decode()

    assert len(asked) == 6
    assert html.count("/campaigns/basic-act/petition-") >= rows


# Refusals


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


# Mail scanners


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize(
    ("state_of_row", "times"),
    [("unconfirmed", 50), ("confirmed", 50), ("withdrawn", 3), ("invalidated", 3)],
)
def test_opening_every_link_of_every_mail_fifty_times_changes_nothing(
    client, signature, petition_page, rows, state_of_row, times
):
    mails = [emails.answer_sign_attempt(attempt_key(petition_page))]
    if state_of_row != "unconfirmed":
        services.confirm_signature(signature.public_id)
        mails.append(emails.answer_sign_attempt(attempt_key(petition_page)))
        mails.append(emails.thank_signer(str(signature.public_id)))
    if state_of_row == "withdrawn":
        services.withdraw_signature(signature.public_id)
    if state_of_row == "invalidated":
        services.invalidate_signature(signature.public_id, actor="1", reason="중복")
    mailed = {address for mail in mails for address in links_of(mail)}
    below = {f"{a}{end}" for a in mailed if "/t/s/" in a for end in BELOW_SIGNER}
    assert len(mailed | below) >= (3 if state_of_row == "unconfirmed" else 14)
    opened = dict.fromkeys(mailed, times) | dict.fromkeys(below, 3)  # No mail links below.
    before = rows()

    for address, often in sorted(opened.items()):
        for _time in range(often):
            client.get(address)
            client.head(address)

    assert rows() == before


BELOW_SIGNER = ("certificate/", "withdraw/", "not-mine/")


def links_of(mail):
    words = mail.text.split() + mail.html.replace('"', " ").split()
    return {
        word.removeprefix("http://testserver")
        for word in words
        if word.startswith("http://testserver/")
    } | {PETITION}


def test_no_link_of_a_mail_names_its_owner(signature, petition_page):
    mail = emails.answer_sign_attempt(attempt_key(petition_page))

    for address in links_of(mail):
        assert str(signature.public_id) not in address
        assert signature.reference not in address
        assert "garam" not in address
