"""Staff change a forum while people register, pay and cancel: nobody's press fails for it."""

from collections import Counter

import pytest

from campaigns.forums import services
from campaigns.forums.models import ForumPage, Order
from payments.models import Refund
from tests.campaigns.forums.participant import asked, payment_of, taken
from tests.campaigns.forums.test_races import ACCOUNT, at_once, buyers, counted_right, pay
from tests.factories.accounts import UserFactory

pytestmark = [
    pytest.mark.integration,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]

ROUNDS = pytest.mark.parametrize("round_", range(3))


def change(state, change, user):
    return lambda: services.change_forum(state.page, change=change, reason="태풍", user=user)


@ROUNDS
@pytest.mark.parametrize(("named", "keeps"), [("postponed", True), ("cancelled", False)])
def test_registering_while_it_is_postponed_or_called_off(make_state, named, keeps, round_):
    state = make_state(first={"fee_krw": 0, "capacity": 1000, "meal": ""}, alone=True)
    calls = buyers(state, 8)
    calls.insert(4, change(state, named, UserFactory()))

    at_once(calls)

    state.page.refresh_from_db()
    assert state.page.change == named
    assert Order.objects.holding().count() == taken(state)
    assert keeps or taken(state) == 0
    counted_right()


@ROUNDS
def test_registering_while_organisations_are_invited(make_state, round_):
    state = make_state(first={"fee_krw": 0, "capacity": 1000, "meal": ""})
    user = UserFactory()
    calls = buyers(state, 8)
    calls.insert(4, lambda: services.invite_organisations(state.page, [], seats=2, user=user))

    outcomes = at_once(calls)

    assert Counter(type(outcome) for outcome in outcomes) == {Order: 8, list: 1}
    counted_right()


@ROUNDS
def test_cancelling_and_paying_while_it_is_called_off(make_state, round_):
    state = make_state(first={"capacity": 1000, "meal": ""}, alone=True)
    user = UserFactory()
    orders = [call() for call in buyers(state, 6)]
    for order in orders[:4]:
        pay(order, user)

    at_once(
        [
            *[lambda o=o: services.cancel_order(o, account=ACCOUNT) for o in orders[2:4]],
            change(state, "cancelled", user),
            lambda: pay(orders[4], user),
            lambda: services.lapse_order(str(orders[5].public_id)),
        ]
    )

    assert ForumPage.objects.get(pk=state.page.pk).is_cancelled
    assert not Order.objects.holding().exists()
    paid = [payment_of(order) for order in orders[:5]]
    back = {payment.pk: payment.refunds.count() for payment in paid if payment.state != "no_seat"}
    assert set(back.values()) == {1}
    assert Refund.objects.count() == len(back)
    counted_right()


def test_who_cancels_while_all_is_called_off_stops_nothing(make_state, monkeypatch):
    """Between the list of holders and their locks."""
    state = make_state(first={"fee_krw": 0}, alone=True)
    order = services.place_order(state, asked(state))
    lock = services.changes.lock_orders

    def cancel_first(subjects):
        monkeypatch.setattr(services.changes, "lock_orders", lock)
        services.cancel_order(order)
        return lock(subjects)

    monkeypatch.setattr(services.changes, "lock_orders", cancel_first)

    change(state, "cancelled", UserFactory())()

    order.refresh_from_db()
    assert order.status == Order.Status.CANCELLED
