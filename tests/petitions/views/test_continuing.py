import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from petitions import services
from petitions.models import Continuation, Invitation, Signature
from tests.factories.petitions import BlockedAddressFactory
from tests.petitions.citizen import EMAIL, NAME, typed
from tests.petitions.continuing import ask, old_signer

pytestmark = pytest.mark.integration


@pytest.fixture
def signer(petition_page, region):
    return old_signer(petition_page, region)


@pytest.fixture
def link(signer, petition_page):
    return ask(signer, petition_page)


def soup_of(response):
    return BeautifulSoup(response.content, "html.parser")


def new_signatures(petition_page):
    return Signature.objects.filter(petition=petition_page)


def test_the_form_is_filled_from_the_old_row_and_nothing_is_ticked(client, link, signer):
    response = client.get(link)

    soup = soup_of(response)
    assert soup.select_one("input[name=name]")["value"] == NAME
    email = soup.select_one("input[name=email]")
    assert (email["value"], email.has_attr("disabled")) == (EMAIL, True)
    assert soup.select_one("option[selected]")["value"] == signer.region.code
    boxes = soup.select("input[name^=consent_]")
    assert len(boxes) >= 4
    assert not [box for box in boxes if box.has_attr("checked")]
    assert "지난 국회에 낸 서명" in soup.get_text()
    assert response["Cache-Control"] == "no-store"


def test_looking_signs_nothing(client, link, petition_page):
    for _time in range(2):
        assert client.get(link).status_code == 200

    assert not new_signatures(petition_page).exists()


def test_the_press_signs_and_leads_to_the_new_signature(client, link, petition_page):
    response = client.post(link, typed(email="forged@mail.example"))

    assert response.status_code == 303
    assert response["Location"].startswith("/t/s/")
    assert new_signatures(petition_page).get().email == EMAIL
    assert services.live_count(petition_page.pk).confirmed == 1
    again = client.post(link, typed())
    assert again.status_code == 303
    assert new_signatures(petition_page).count() == 1
    assert soup_of(client.get(link)).select_one("form.sign__form") is None


def test_without_the_needed_consents_nothing_is_signed(client, link, petition_page):
    response = client.post(link, typed(consent_collection=None, name="새 이름"))

    assert response.status_code == 422
    assert soup_of(response).select_one("input[name=name]")["value"] == "새 이름"
    assert not new_signatures(petition_page).exists()


def test_a_form_that_changed_is_shown_anew(client, link, petition_page):
    response = client.post(link, typed(form_version="of yesterday"))

    assert response.status_code == 409
    assert not new_signatures(petition_page).exists()
    assert not [
        b for b in soup_of(response).select("input[name^=consent_]") if b.has_attr("checked")
    ]


def test_a_blocked_address_is_told_so(client, link, signer, petition_page):
    BlockedAddressFactory(email_index=signer.email_index)

    assert client.post(link, typed()).status_code == 409
    assert not new_signatures(petition_page).exists()


@pytest.mark.parametrize("ending", ["stopped", "closed"])
def test_what_is_over_says_so(client, link, petition_page, ending):
    if ending == "stopped":
        services.stop_continuation(Continuation.objects.get().pk)
    else:
        type(petition_page).objects.update(closes_at=timezone.now())

    assert client.get(link).status_code == 410
    assert client.post(link, typed()).status_code == 410
    assert Invitation.objects.get().continued_at is None


def test_it_may_end_between_the_look_and_the_press(client, link, monkeypatch, signer):
    real = services.continue_signature

    def late(*args):
        services.stop_continuation(Continuation.objects.get().pk)
        return real(*args)

    monkeypatch.setattr("petitions.views.continuing.services.continue_signature", late)

    assert client.post(link, typed()).status_code == 410


def test_the_link_of_somebody_who_left_is_unknown(client, link, signer):
    services.withdraw_signature(signer.public_id)

    assert client.get(link).status_code == 404


def test_a_foreign_site_cannot_press(client, link, petition_page):
    response = client.post(link, typed(), headers={"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 403
    assert not new_signatures(petition_page).exists()
