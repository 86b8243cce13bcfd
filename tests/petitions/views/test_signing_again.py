import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from home.publishing import forget_everything
from messaging.models import OutboxMessage
from petitions.models import Signature
from petitions.tokens import COOKIE, Attempt, seal_attempt
from petitions.views.signing import SIGN_LIMIT
from tests.conftest import publish
from tests.factories.petitions import PetitionPageFactory
from tests.petitions.citizen import EMAIL, NAME, cleaned

from .conftest import CHECK_MAIL, NEW_EMAIL, PETITION, keeps, nothing_is_stored

pytestmark = pytest.mark.integration


# Asking for the mail again


def test_the_mail_can_be_sent_again_after_a_minute(client, sign, clock):
    sign()
    clock.tick(61)

    response = client.post(f"{CHECK_MAIL}resend/")

    assert (response.status_code, response["Location"]) == (303, f"{CHECK_MAIL}?sent=again")
    assert OutboxMessage.objects.count() == 2
    assert client.get(response["Location"]).status_code == 200
    assert client.post(f"{CHECK_MAIL}resend/").status_code == 429
    assert OutboxMessage.objects.count() == 2


def test_the_mail_is_not_sent_again_at_once(client, sign):
    sign()

    response = client.post(f"{CHECK_MAIL}resend/")

    assert response.status_code == 429
    assert EMAIL in response.content.decode()
    assert OutboxMessage.objects.count() == 1


def test_an_old_cookie_cannot_send_mail_without_end(client, sign, clock):
    old = sign().cookies[COOKIE].value
    clock.tick(61)
    statuses = []
    for _time in range(SIGN_LIMIT + 1):
        client.cookies[COOKIE] = old
        statuses.append(client.post(f"{CHECK_MAIL}resend/").status_code)

    assert statuses[-1] == 429
    assert OutboxMessage.objects.count() <= SIGN_LIMIT + 1


@pytest.mark.parametrize("step", ["resend", "correct"])
@pytest.mark.parametrize("cookie", [None, "", "forged", "00000000:AAAA"])
def test_without_a_valid_cookie_the_visitor_starts_again(client, petition_page, step, cookie):
    if cookie is not None:
        client.cookies[COOKIE] = cookie

    response = client.post(f"{CHECK_MAIL}{step}/", {"email": NEW_EMAIL})

    assert (response.status_code, response["Location"]) == (302, PETITION)
    assert nothing_is_stored()


def test_a_cookie_of_another_petition_is_worth_nothing(client, petition_page):
    now = timezone.now()
    other = Attempt(uuid.uuid4(), petition_page.pk + 1, now, now - timedelta(minutes=2), cleaned())
    client.cookies[COOKIE] = seal_attempt(other)

    assert client.post(f"{CHECK_MAIL}resend/")["Location"] == PETITION
    assert EMAIL not in client.get(CHECK_MAIL).content.decode()
    assert nothing_is_stored()


def test_a_cookie_ends_after_an_hour(client, sign, clock):
    sign()
    clock.tick(3601)

    assert client.post(f"{CHECK_MAIL}resend/")["Location"] == PETITION
    assert OutboxMessage.objects.count() == 1


# Correcting the address


@pytest.mark.sqlite_smoke
def test_an_address_can_be_corrected(client, sign):
    sign()

    response = client.post(f"{CHECK_MAIL}correct/", {"email": NEW_EMAIL})

    assert (response.status_code, response["Location"]) == (303, f"{CHECK_MAIL}?sent=corrected")
    assert NEW_EMAIL in client.get(CHECK_MAIL).content.decode()
    assert Signature.objects.get().email == NEW_EMAIL


def test_a_wrong_correction_keeps_what_was_typed(client, sign):
    sign()

    response = client.post(f"{CHECK_MAIL}correct/", {"email": "garam@other"})

    assert response.status_code == 422
    assert keeps(response, new="garam@other", old=EMAIL)
    assert Signature.objects.get().email == EMAIL


def test_a_correction_comes_too_late_for_a_closed_petition(client, sign, petition_page):
    sign()
    petition_page.closes_at = timezone.now()
    publish(petition_page)
    forget_everything()

    response = client.post(f"{CHECK_MAIL}correct/", {"email": NEW_EMAIL})

    assert response.status_code == 409
    assert Signature.objects.get().email == EMAIL


def test_corrections_are_limited_like_signatures(client, sign, clock):
    for number in range(SIGN_LIMIT):
        sign(email=f"citizen{number}@mail.example")

    response = client.post(f"{CHECK_MAIL}correct/", {"email": NEW_EMAIL})

    assert response.status_code == 429
    assert keeps(response, new=NEW_EMAIL)
    assert Signature.objects.count() == SIGN_LIMIT


def test_a_form_that_changed_is_shown_with_what_was_typed(client, sign, petition_page):
    sign(comment="한마디를 씁니다", consent_news="on")
    sensitive = PetitionPageFactory(parent=petition_page.get_parent(), sensitive=True)
    for consent in sensitive.petition_consents.all():
        if consent.definition.slug == "sensitive":
            consent.page = petition_page
            consent.save()
    forget_everything()

    response = client.post(f"{CHECK_MAIL}correct/", {"email": NEW_EMAIL})

    assert response.status_code == 409
    assert keeps(response, name=NAME, email=NEW_EMAIL, comment="한마디를 씁니다")
    html = response.content.decode()
    assert 'href="#id_consent_sensitive' in html
    assert Signature.objects.get().email == EMAIL
