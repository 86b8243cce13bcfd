import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from messaging.models import OutboxMessage
from petitions import emails, services
from petitions.models import BlockedAddress, Signature
from privacy.tokens import mint_token
from tests.factories.petitions import PetitionPageFactory
from tests.petitions.citizen import NAME, cleaned

from .conftest import PETITION, is_private

pytestmark = pytest.mark.integration

Status = Signature.Status


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
