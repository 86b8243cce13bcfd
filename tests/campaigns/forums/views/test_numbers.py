"""One forum in numbers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.defaults import EDITOR
from campaigns.forums import services
from campaigns.forums.models import Order
from campaigns.forums.presenters import numbers_of
from payments.models import Payment
from payments.services import mark_paid
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
    money = numbers.money

    assert (money.late, money.to_refund) == (0, 20_000)
    assert money.expected - money.paid == 20_000


def test_money_that_came_when_the_seats_were_gone(make_state):
    state = make_state(first={"capacity": 1}, alone=True)
    late = services.place_order(state, asked(state))
    services.lapse_order(str(late.public_id))
    services.place_order(state, asked(state, email="b@mail.example"))
    pay(late)

    assert numbers_of(state.page, Order.objects.all()).money.late == 20_000


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
