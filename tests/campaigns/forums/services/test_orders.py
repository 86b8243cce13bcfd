import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.forums import emails, services
from campaigns.forums.exceptions import (
    MealsGoneError,
    NotInvitedError,
    OrganisationSeatsGoneError,
    OtherOrganisationError,
    RegistrationClosedError,
    SoldOutError,
)
from campaigns.forums.models import Order, Seat, SeatPool
from campaigns.forums.services.seats import what_is_missing
from messaging.models import OutboxMessage
from payments.models import Payment
from tests.campaigns.forums.participant import EMAIL, PHONE, asked, payment_of, person, taken
from tests.factories.forums import InvitationFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

MEAL = SeatPool.Kind.MEAL
ORGANISATION = SeatPool.Kind.ORGANISATION


@pytest.mark.sqlite_smoke
def test_an_order_takes_its_seats_at_the_price_of_the_moment(state):
    order = services.place_order(state, asked(state, people=["한가람", "두나래"]))

    assert order.status == Order.Status.WAITING
    assert order.amount_krw == 40_000
    assert taken(state) == taken(state, kind=MEAL) == 2
    assert set(Seat.objects.values_list("price_krw", flat=True)) == {20_000}
    payment = payment_of(order)
    assert (payment.state, payment.amount_krw) == (Payment.State.OPEN, 40_000)
    assert payment.due_at == state.page.payment_due_at
    assert payment.account == state.page.account
    mail = OutboxMessage.objects.get()
    assert (mail.purpose, mail.subject) == (emails.ORDER_PLACED, str(order.public_id))


def test_the_first_of_the_people_is_who_registered(state):
    people = [person("한가람", organisation="가온", meal_note="채식"), person("두나래")]

    order = services.place_order(state, asked(state, people=people, wants_receipt=True))

    order.refresh_from_db()
    assert (order.name, order.organisation, order.phone) == ("한가람", "가온", PHONE)
    assert order.wants_receipt
    assert order.channel == Order.Channel.WEB
    tickets = list(order.tickets.order_by("number"))
    assert [(t.number, t.name, t.meal_note) for t in tickets] == [
        (1, "한가람", "채식"),
        (2, "두나래", None),
    ]
    assert len({t.code for t in tickets}) == 2
    assert bytes(tickets[0].code_index) == services.ticket_code_index(tickets[0].code.lower())


@pytest.mark.sqlite_smoke
def test_nothing_to_pay_is_confirmed_at_once(free_state):
    order = services.place_order(free_state, asked(free_state))

    assert order.status == Order.Status.CONFIRMED
    assert order.confirmed_at == order.created_at
    assert not Payment.objects.exists()
    assert OutboxMessage.objects.get().purpose == emails.ORDER_PLACED


@pytest.mark.sqlite_smoke
def test_the_same_form_sent_twice_makes_one_order(state):
    registration = asked(state)

    first = services.place_order(state, registration)
    second = services.place_order(state, registration)

    assert second == first
    assert Order.objects.count() == taken(state) == OutboxMessage.objects.count() == 1


def test_the_same_form_sent_after_the_end_finds_its_order(state, clock):
    registration = asked(state)
    first = services.place_order(state, registration)
    clock.move_to(state.page.registration_closes_at)

    assert services.place_order(state, registration) == first


def test_another_name_in_the_same_form_is_another_order(state):
    key = uuid.uuid4()

    services.place_order(state, asked(state, form_key=key))
    services.place_order(state, asked(state, form_key=key, people=["두나래"]))

    assert Order.objects.count() == 2


def test_more_people_than_seats_take_none(make_state):
    state = make_state(first={"capacity": 2})
    services.place_order(state, asked(state))

    with pytest.raises(SoldOutError) as refusal:
        services.place_order(state, asked(state, people=["두나래", "이가온"]))

    assert refusal.value.sessions == ["1부 특별 토론회"]
    assert taken(state) == Order.objects.count() == OutboxMessage.objects.count() == 1


def test_a_seat_that_comes_free_in_the_same_moment_is_taken(make_state, monkeypatch):
    state = make_state(first={"capacity": 1})
    first = services.place_order(state, asked(state))

    def look_again(*told):
        services.cancel_order(first)
        return what_is_missing(*told)

    monkeypatch.setattr("campaigns.forums.services.orders.what_is_missing", look_again)
    order = services.place_order(state, asked(state, people=["두나래"]))

    assert order.status == Order.Status.WAITING
    assert (taken(state), Order.objects.count()) == (1, 2)


def test_meals_are_counted_for_those_who_eat(make_state):
    state = make_state(first={"meal_capacity": 1})
    services.place_order(state, asked(state))

    with pytest.raises(MealsGoneError):
        services.place_order(state, asked(state, people=["두나래"]))
    services.place_order(state, asked(state, people=[person("두나래", takes_meal=False)]))

    assert (taken(state), taken(state, kind=MEAL)) == (2, 1)


@pytest.mark.parametrize(
    ("seconds", "is_open"), [(-1, True), (0, False), (1, False)], ids=["before", "at", "after"]
)
def test_the_second_of_the_deadline(state, clock, seconds, is_open):
    clock.move_to(state.page.registration_closes_at + timedelta(seconds=seconds))
    if is_open:
        assert services.place_order(state, asked(state)).pk
        return
    with pytest.raises(RegistrationClosedError):
        services.place_order(state, asked(state))
    assert not Order.objects.exists()


def test_no_registration_before_it_opens(make_state, clock):
    state = make_state(registration_opens_at=timezone.now() + timedelta(hours=1))

    with pytest.raises(RegistrationClosedError):
        services.place_order(state, asked(state))


def test_nobody_registers_for_a_session_that_has_begun(make_state, clock):
    state = make_state(registration_closes_at=None)
    clock.move_to(state.begins_at)

    with pytest.raises(RegistrationClosedError):
        services.place_order(state, asked(state))


def test_the_door_lets_people_in_after_the_end(state, clock):
    clock.move_to(state.begins_at + timedelta(minutes=5))

    order = services.place_order(state, asked(state, channel=Order.Channel.DOOR, email=""))

    order.refresh_from_db()
    assert (order.email, order.email_index) == (None, None)
    assert not OutboxMessage.objects.exists()


def test_a_forum_without_a_deadline_is_paid_before_it_begins(make_state):
    state = make_state()
    state.page.payment_due_at = None

    order = services.place_order(state, asked(state))

    assert payment_of(order).due_at == state.begins_at


def test_a_session_without_its_pool_takes_nobody(state, caplog):
    SeatPool.objects.all().delete()

    with pytest.raises(RegistrationClosedError):
        services.place_order(state, asked(state))
    assert "no pool of seats" in caplog.text


def test_a_session_that_was_deleted_meanwhile_takes_nobody(state):
    registration = asked(state, session_ids=(10**6,))

    with pytest.raises(RegistrationClosedError):
        services.place_order(state, registration)


@pytest.mark.sqlite_smoke
def test_a_representative_takes_a_seat_of_the_organisation(state, invitation):
    order = services.place_order(
        state, asked(state, sessions=["1부", "2부"], invitation=invitation)
    )

    assert order.invitation == invitation
    assert order.amount_krw == 20_000
    assert taken(state, "2부") == taken(state, "2부", ORGANISATION) == 1


def test_without_an_invitation_there_is_no_way_in(state):
    with pytest.raises(NotInvitedError):
        services.place_order(state, asked(state, sessions=["2부"]))


def test_an_invitation_without_its_pool_opens_nothing(state, invitation):
    SeatPool.objects.filter(invitation=invitation).delete()

    with pytest.raises(NotInvitedError):
        services.place_order(state, asked(state, sessions=["2부"], invitation=invitation))


def test_an_invitation_is_not_used_up_by_what_is_open_to_all(state, invitation):
    order = services.place_order(state, asked(state, invitation=invitation))

    assert order.invitation is None
    assert taken(state, "2부", ORGANISATION) == 0


def test_who_comes_too_late_learns_which_colleagues_come(state, invitation):
    for number, name in enumerate(["한가람", "두나래"]):
        told = {"people": [name], "email": f"r{number}@gaon.example", "phone": ""}
        services.place_order(state, asked(state, sessions=["2부"], invitation=invitation, **told))

    with pytest.raises(OrganisationSeatsGoneError) as refusal:
        services.place_order(
            state, asked(state, people=["이가온"], sessions=["2부"], invitation=invitation)
        )

    assert refusal.value.holders == ["한*람", "두*래"]
    assert taken(state, "2부") == 2


@pytest.mark.parametrize("same", [{"email": EMAIL, "phone": ""}, {"email": "x@mail.example"}])
def test_one_person_represents_one_organisation(state, invitation, same):
    other = InvitationFactory(forum=state.page)
    services.place_order(state, asked(state, sessions=["2부"], invitation=invitation))

    with pytest.raises(OtherOrganisationError):
        services.place_order(state, asked(state, sessions=["2부"], invitation=other, **same))

    assert taken(state, "2부") == 1


def test_a_colleague_may_register_under_the_same_address(state, invitation):
    for name in ["한가람", "두나래"]:
        services.place_order(
            state, asked(state, people=[name], sessions=["2부"], invitation=invitation)
        )

    assert taken(state, "2부", ORGANISATION) == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("people", "sessions"), [(1, ["1부"]), (3, ["1부"]), (1, ["1부", "2부"]), (2, ["1부", "2부"])]
)
def test_an_order_is_written_in_one_statement_and_counted_in_another(
    state, invitation, people, sessions
):
    names = ["한가람", "두나래", "이가온"][:people]
    registration = asked(state, people=names, sessions=sessions, invitation=invitation)

    with CaptureQueriesContext(connection) as queries:
        services.place_order(state, registration)

    statements = [query["sql"] for query in queries]
    begin, end = statements.index("BEGIN"), statements.index("COMMIT")
    written = statements[begin + 1 : end]
    # Who represents an organisation is asked for at another one, in the end.
    assert len(written) == (2 if sessions == ["1부"] else 3), "\n".join(written)
    assert end == len(statements) - 1
    assert len(statements) <= 8
