"""A payment for a card lapses at its deadline, waits for no bank, and not while it is being paid."""

from datetime import timedelta

import pytest
from django.utils import timezone

from payments.models import CardAttempt, Payment
from payments.services import begin_attempt
from payments.services.lapses import TOLD_BY, lapse_overdue
from tests.factories.cards import card_company
from tests.factories.payments import DepositFactory, PaymentFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
URLS = {"done_url": "https://site.example/done/", "back_url": "https://site.example/back/"}


@pytest.fixture
def company():
    with card_company() as stand_in:
        yield stand_in


@pytest.fixture
def chosen(things, company):
    """A payment by card whose deadline has just passed; nothing of its bank was imported."""
    now = timezone.now()
    payment = PaymentFactory(method=Payment.Method.CARD, due_at=now - timedelta(minutes=1))
    Payment.objects.update(created_at=now - timedelta(days=1))
    return payment


def attempt(payment, *, minutes):
    now = timezone.now()
    return CardAttempt.objects.create(
        payment=payment,
        amount_krw=payment.amount_krw,
        session="cs_test",
        created_at=now,
        expires_at=now + timedelta(minutes=minutes),
    )


def test_it_waits_for_no_bank(chosen, things):
    assert lapse_overdue() == 1
    assert things.lapsed == {str(chosen.subject)}


def test_a_transfer_still_waits_for_its_bank(chosen, things):
    Payment.objects.update(method=Payment.Method.BANK_TRANSFER)
    assert lapse_overdue() == 0


def test_without_a_key_it_waits_like_a_transfer(chosen, settings):
    settings.STRIPE_SECRET_KEY = ""
    assert lapse_overdue() == 0


def test_a_deposit_in_question_keeps_it(chosen):
    DepositFactory(account=chosen.account, occurred_at=timezone.now() - timedelta(hours=2))
    assert lapse_overdue() == 0


@pytest.mark.parametrize("method", [Payment.Method.CARD, Payment.Method.BANK_TRANSFER])
def test_while_it_is_being_paid_it_keeps_its_seat(chosen, method):
    """An hour more than the page is open: until then its last moment is told or asked for."""
    chosen.account.covered_until = timezone.now()
    chosen.account.save()
    Payment.objects.update(method=method)
    row = attempt(chosen, minutes=-59)
    assert lapse_overdue() == 0
    CardAttempt.objects.update(expires_at=timezone.now() - TOLD_BY)
    assert lapse_overdue() == 1
    row.refresh_from_db()
    assert row.state == CardAttempt.State.OPEN


def test_a_page_that_ended_keeps_nothing(chosen):
    row = attempt(chosen, minutes=10)
    CardAttempt.objects.filter(pk=row.pk).update(state=CardAttempt.State.EXPIRED)
    assert lapse_overdue() == 1


def test_a_declined_card_keeps_the_hold_until_the_deadline(things, company):
    payment = PaymentFactory(due_at=timezone.now() + timedelta(hours=2))
    checkout = begin_attempt(payment, title="토론회", email="", **URLS)
    company.books.decline(checkout.id)
    assert lapse_overdue() == 0
    payment.refresh_from_db()
    assert payment.state == Payment.State.OPEN
