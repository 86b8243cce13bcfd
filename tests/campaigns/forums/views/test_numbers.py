"""One forum in numbers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.defaults import EDITOR
from campaigns.forums import services
from campaigns.forums.models import Order
from campaigns.forums.presenters import numbers_of
from campaigns.forums.presenters.numbers import Money
from payments.models import Payment, Refund
from payments.services import mark_paid, send_refund
from tests.campaigns.forums.participant import NAME, asked, payment_of, person
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def pay(order):
    transfer = Payment.Method.BANK_TRANSFER
    mark_paid(payment_of(order), method=transfer, user=UserFactory(), note="확인")


@pytest.fixture
def numbers(state):
    """One paid for two, one waiting, one paid and cancelled, one paid too late."""
    people = [person(organisation="가온연합회"), person("남궁바다", takes_meal=False)]
    pay(services.place_order(state, asked(state, people=people)))
    services.place_order(state, asked(state, email="b@mail.example"))
    gone = services.place_order(state, asked(state, email="c@mail.example"))
    pay(gone)
    services.cancel_order(gone, account=services.RefundAccount("가온은행", "000-98-765432", NAME))
    return numbers_of(state.page, Order.objects.all())


def test_sessions_meals_and_organisations(numbers):
    first, second = numbers.sessions

    assert (first.confirmed, first.waiting, first.meals, first.came) == (2, 1, 1, 0)
    assert (second.confirmed, second.waiting) == (0, 0)
    assert numbers.organisations == [("가온연합회", 1)]
    assert [(day.people, day.share) for day in numbers.days] == [(4, 100)]


def test_money(numbers):
    assert numbers.money == Money(
        expected=80_000, paid=60_000, late=0, to_refund=20_000, sent=0, by_card=0
    )


def test_money_that_was_sent_back(state, numbers):
    send_refund(Refund.objects.get(), user=UserFactory())

    assert numbers_of(state.page, Order.objects.all()).money == Money(
        expected=80_000, paid=60_000, late=0, to_refund=0, sent=20_000, by_card=0
    )


def test_money_that_came_when_the_seats_were_gone(make_state):
    state = make_state(first={"capacity": 1}, alone=True)
    late = services.place_order(state, asked(state))
    services.lapse_order(str(late.public_id))
    services.place_order(state, asked(state, email="b@mail.example"))
    pay(late)

    assert numbers_of(state.page, Order.objects.all()).money == Money(
        expected=20_000, paid=0, late=20_000, to_refund=0, sent=0, by_card=0
    )


def test_the_screen_names_nobody_and_asks_as_often_for_many(client, state, numbers):
    client.force_login(UserFactory(role="행사 담당"))
    address = reverse("forum_numbers", args=[state.page.pk])
    text = client.get(address).content.decode()
    assert NAME not in text
    assert "가온연합회" in text

    with CaptureQueriesContext(connection) as before:
        client.get(address)
    for n in range(2):
        services.place_order(state, asked(state, email=f"q{n}@mail.example"))
    with CaptureQueriesContext(connection) as after:
        client.get(address)

    assert len(after) <= len(before)


def test_an_empty_forum_and_no_right(client, forum):
    address = reverse("forum_numbers", args=[forum.pk])
    client.force_login(UserFactory(role=EDITOR))
    assert client.get(address)["Location"] == reverse("wagtailadmin_home")

    client.force_login(UserFactory(role="행사 담당"))
    assert client.get(address).status_code == 200
