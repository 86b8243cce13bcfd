"""The list of who comes: the least that a phone needs, and whose words it has are not sent twice."""

import hashlib

import pytest

from campaigns.forums import services
from campaigns.forums.models import Ticket
from payments.models import Payment
from payments.services import mark_paid
from tests.campaigns.forums.gates import gate_of
from tests.campaigns.forums.participant import NAME, asked, payment_of, person
from tests.factories.accounts import UserFactory
from tests.factories.forums import ForumPageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

Answer = services.Answer


@pytest.fixture
def door(state):
    return gate_of(state)


def order_for(state, name=NAME, **told):
    return services.place_order(state, asked(state, people=[person(name)], **told))


def pay(order):
    mark_paid(payment_of(order), method=Payment.Method.ON_SITE, user=UserFactory(), note="현금")


def refusals(found):
    return [one.refusal for one in found.states]


@pytest.mark.sqlite_smoke
def test_a_code_is_known_by_its_hash_only(state, door):
    ticket = order_for(state).tickets.get()

    [one] = services.list_for_phone(door).people

    assert one.ticket == ticket
    assert one.code_hash == hashlib.pbkdf2_hmac(
        "sha256", ticket.code.encode(), door.public_id.bytes, services.STRETCHES, 16
    )


def test_paid_waiting_and_gone(state, door):
    paid, _waiting, gone = (order_for(state, email=f"{n}@mail.example") for n in "abc")
    pay(paid)
    services.cancel_order(gone)

    found = services.list_for_phone(door)

    assert refusals(found) == [None, Answer.UNPAID, Answer.CANCELLED]
    assert [services.is_gone(one.ticket) for one in found.people] == [False, False, True]
    assert services.order_keys(found.people) == sorted(
        str(one.ticket.order.public_id) for one in found.people[:2]
    )


def test_only_new_words_are_sent_again(state, door):
    first, second = order_for(state), order_for(state, email="b@mail.example")
    keys = {one.key for one in services.list_for_phone(door).people}
    assert services.list_for_phone(door, keys).people == ()

    services.change_attendee(second, 1, name="두나래")
    order_for(state, "강하늘", email="c@mail.example")
    services.cancel_order(first)
    found = services.list_for_phone(door, keys)

    assert [one.ticket.name for one in found.people if not services.is_gone(one.ticket)] == [
        "두나래",
        "강하늘",
    ]
    assert len(found.people) == len(found.states) == 3


def test_who_came_where_is_on_it(state, door):
    order = order_for(state)
    pay(order)
    services.check_in(door, state.sessions[0].pk, ticket=str(order.tickets.get().public_id))

    [one] = services.list_for_phone(gate_of(state, "B문")).states

    assert one.seats[0].check_in.door == door


def test_nobody_of_another_forum_and_nobody_who_is_forgotten(state, door, campaign_page):
    other = services.state_of(ForumPageFactory(parent=campaign_page, slug="other"))
    order_for(other)
    ticket = order_for(state).tickets.get()
    emptied = dict.fromkeys(("name", "name_index", "organisation", "meal_note"))
    Ticket.objects.filter(pk=ticket.pk).update(**emptied, code=None, code_index=None)

    found = services.list_for_phone(door)

    assert found.people == found.states == ()


@pytest.mark.parametrize("people", [1, 6])
def test_the_list_takes_three_queries(state, door, people, django_assert_num_queries):
    for n in range(people):
        order = order_for(state, email=f"{n}@mail.example")
        pay(order)
        services.check_in(door, state.sessions[0].pk, ticket=str(order.tickets.get().public_id))

    with django_assert_num_queries(3):
        found = services.list_for_phone(door)
        assert all(one.seats[0].check_in.door.label == "A문" for one in found.states)
        assert all(one.ticket.order.amount_krw for one in found.people)
