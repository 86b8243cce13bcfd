"""A site without a key of Stripe's: nothing of cards shows anywhere, and all else works."""

import re

import pytest
from django.conf import settings as configured
from django.urls import reverse

from campaigns.forums import emails, services
from campaigns.forums.models import Order
from home.models import PrivacyPolicyPage
from home.services.policy_text import compose_sections
from payments.models import CardAttempt, Payment
from payments.services import ask_refund
from tests.campaigns.forums.participant import payment_of
from tests.factories.accounts import UserFactory
from tests.factories.cards import card_company

from .conftest import APPLY
from .order_reading import page_of, pay, said

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

SAME = {"sec-fetch-site": "same-origin"}
OF_CARDS = re.compile("카드 결제|카드로|간편결제|신용|스트라이프|stripe|/card/", re.IGNORECASE)
ADMIN = ("/admin/registrations/", "/admin/payments/", "/admin/")


def found(text):
    return OF_CARDS.findall(text)


def pages_of(state, order, address):
    yield from (state.path, APPLY, f"{state.path}calendar.ics", "/")
    yield from (address, f"{address}cancel/", f"{address}calendar.ics", f"{address}?card=done")
    yield f"{address}?told=card-away"


def test_no_page_of_a_visitor_speaks_of_cards(client, state, order, address):
    for paid in (False, True):
        if paid:
            pay(order)
        for page in pages_of(state, order, address):
            response = client.get(page)
            assert response.status_code == 200, page
            assert found(response.content.decode()) == [], page
            assert "stripe" not in response.headers.get("Content-Security-Policy", ""), page


def test_the_same_pages_speak_of_them_with_a_key(client, state, order, address):
    """The crawl can find something."""
    with card_company() as stand_in:
        for page in (state.path, APPLY, address):
            assert found(client.get(page).content.decode()), page
        policy = client.get(address)["Content-Security-Policy"]
        assert f"form-action 'self' {stand_in.url}" in policy
    assert "stripe" not in str(configured.CONTENT_SECURITY_POLICY)


def test_no_screen_of_staff_speaks_of_cards(client, state, order):
    pay(order)
    ask_refund(payment_of(order), amount_krw=1_000, reason="취소")
    for role in ("행사 담당", "회계 담당"):
        client.force_login(UserFactory(role=role))
        for page in (*ADMIN, reverse("registrations:inspect", args=[order.pk])):
            response = client.get(page, follow=True)
            assert response.status_code == 200, page
            main = page_of(response).select_one("main")
            assert found(main.get_text() if main else "") == [], (role, page)


def test_no_mail_speaks_of_cards(state, order):
    builders = [emails.answer_order, emails.remind_of_payment]
    mails = [builder(str(order.public_id)) for builder in builders]
    services.lapse_order(str(order.public_id))
    mails.append(emails.tell_lapse(str(order.public_id)))
    pay(order)
    mails.append(emails.confirm_order(str(order.public_id)))
    services.cancel_order(Order.objects.get(), actor="1")
    mails.append(emails.tell_cancellation(str(order.public_id)))
    for mail in mails:
        assert found(mail.subject + mail.text + mail.html) == []


def test_the_privacy_policy_names_stripe_only_with_a_key(db):
    page = PrivacyPolicyPage(title="개인정보처리방침")
    assert found(str(compose_sections(page))) == []
    with card_company():
        assert found(str(compose_sections(page)))


def test_pressing_what_is_not_there_changes_nothing(client, order, address):
    for page in ("card/", "card/check/", "card/transfer/"):
        answer = client.post(f"{address}{page}", headers=SAME)
        assert answer.status_code == 303
        assert "카드" not in said(client.get(answer.url))
    assert not CardAttempt.objects.exists()
    assert payment_of(order).method == Payment.Method.BANK_TRANSFER


def test_a_form_that_names_the_card_registers_for_a_transfer(client, register):
    assert "/t/o/" in register(pay="card").url
    assert payment_of(Order.objects.get()).method == Payment.Method.BANK_TRANSFER


def test_what_was_begun_with_a_key_is_paid_by_transfer_without(client, order, address):
    with card_company():
        services.open_card_page(order, "https://site.example/")
    assert payment_of(order).method == Payment.Method.CARD
    told = said(client.get(address))
    assert "000-12-345678" in told
    assert found(told) == []
