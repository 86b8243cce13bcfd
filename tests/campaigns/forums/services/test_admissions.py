"""What phones did without network: each coming once, each wrong one told with its gates."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from freezegun import freeze_time

from campaigns.forums import services
from campaigns.forums.exceptions import DoorClosedError
from campaigns.forums.models import CheckIn, DoorIncident
from payments.models import Payment
from payments.services import mark_paid
from tests.campaigns.forums.gates import MORNING, at, gate_of, let_in
from tests.campaigns.forums.participant import asked, payment_of
from tests.factories.accounts import UserFactory
from tests.factories.forums import ForumPageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

Kind = DoorIncident.Kind


@pytest.fixture(autouse=True)
def morning():
    """The doors open at ten; what follows happens at noon at the latest."""
    with freeze_time(MORNING) as clock:
        yield clock


@pytest.fixture
def door(free_state):
    return gate_of(free_state)


@pytest.fixture
def other_door(free_state):
    return gate_of(free_state, "B문")


@pytest.fixture
def ticket(free_state):
    return services.place_order(free_state, asked(free_state)).tickets.get()


@pytest.fixture
def tell(morning):
    """At noon a phone has its network again: ``tell(door, admission, …)``."""

    def at_noon(door, *told):
        morning.move_to(at(120))
        heard = services.hear_admissions(door, told)
        return [heard[one.nonce] for one in told]

    return at_noon


def comings():
    return [(c.door.label, c.checked_in_at) for c in CheckIn.objects.select_related("door")]


def incidents():
    rows = DoorIncident.objects.select_related("door").order_by("admitted_at")
    return [(row.kind, row.door.label, row.admitted_at) for row in rows]


@pytest.mark.sqlite_smoke
def test_somebody_let_in_without_network_came_when_the_phone_says(door, ticket, tell):
    assert tell(door, let_in(ticket)) == ["came"]

    assert comings() == [("A문", at(3))]
    assert not DoorIncident.objects.exists()


@pytest.mark.sqlite_smoke
def test_what_is_told_twice_counts_once(door, ticket, tell):
    told = let_in(ticket)

    assert tell(door, told, told) == ["came"] * 2
    assert tell(door, told) == ["came"]

    assert CheckIn.objects.count() == 1
    assert not DoorIncident.objects.exists()


def test_two_gates_let_in_one_seat(door, other_door, ticket, tell):
    first, second = let_in(ticket, 3), let_in(ticket, 5)

    assert tell(door, first) == ["came"]
    assert tell(other_door, second) == tell(other_door, second) == ["double"]

    assert comings() == [("A문", at(3))]
    assert incidents() == [(Kind.DOUBLE, "B문", at(5))]


def test_the_earlier_one_stays_whoever_tells_first(door, other_door, ticket, tell):
    late, early = let_in(ticket, 5), let_in(ticket, 3)

    assert tell(other_door, late) == ["came"]
    assert tell(door, early) == ["came"]

    assert comings() == [("A문", at(3))]
    assert incidents() == [(Kind.DOUBLE, "B문", at(5))]
    assert tell(other_door, late) == ["double"]
    assert CheckIn.objects.get().nonce == early.nonce


def test_somebody_scanned_with_network_at_another_gate(free_state, door, other_door, ticket, tell):
    with freeze_time(at(10)):
        services.check_in(other_door, free_state.sessions[0].pk, code=ticket.code)

    assert tell(door, let_in(ticket, 3)) == ["came"]

    assert comings() == [("A문", at(3))]
    assert incidents() == [(Kind.DOUBLE, "B문", at(10))]


def test_three_gates(free_state, door, other_door, ticket, tell):
    third = gate_of(free_state, "C문")

    tell(third, let_in(ticket, 7))
    tell(other_door, let_in(ticket, 5))
    tell(door, let_in(ticket, 3))

    assert comings() == [("A문", at(3))]
    assert incidents() == [(Kind.DOUBLE, "B문", at(5)), (Kind.DOUBLE, "C문", at(7))]


def test_one_batch_with_the_same_seat_twice(door, ticket, tell):
    assert tell(door, let_in(ticket, 5), let_in(ticket, 3)) == ["double", "came"]

    assert comings() == [("A문", at(3))]
    assert incidents() == [(Kind.DOUBLE, "A문", at(5))]


def test_a_nonce_that_was_heard_with_network_is_no_second_coming(free_state, door, ticket, tell):
    """The site heard the scan, but its answer was lost, so the phone kept it."""
    told = let_in(ticket)
    session = free_state.sessions[0].pk
    for _ in range(2):
        scan = services.check_in(door, session, code=ticket.code, nonce=told.nonce)
        assert scan.answer == services.Answer.WELCOME

    assert tell(door, told) == ["came"]

    assert CheckIn.objects.count() == 1
    assert not DoorIncident.objects.exists()


def test_a_cancelled_one_who_was_let_in_is_told(door, ticket, tell):
    told = let_in(ticket)
    services.cancel_order(ticket.order)

    assert tell(door, told) == tell(door, told) == ["cancelled"]

    assert not CheckIn.objects.exists()
    assert incidents() == [(Kind.CANCELLED, "A문", at(3))]


def test_unpaid_and_without_a_seat(state, tell):
    door, order = gate_of(state), services.place_order(state, asked(state))
    ticket = order.tickets.get()
    other = state.sessions[1].pk

    assert tell(door, let_in(ticket)) == ["unpaid"]
    mark_paid(payment_of(order), method=Payment.Method.ON_SITE, user=UserFactory(), note="현금")
    assert tell(door, let_in(ticket, 4, session=other)) == ["other_session"]

    assert incidents() == [(Kind.UNPAID, "A문", at(3)), (Kind.OTHER_SESSION, "A문", at(4))]


def test_another_forums_ticket_and_session_write_nothing(free_state, door, ticket, tell):
    other = services.state_of(
        ForumPageFactory(parent=free_state.page.get_parent(), slug="other", free=True)
    )
    foreign = services.place_order(other, asked(other)).tickets.get()
    nobody = services.Admission(uuid.uuid4(), uuid.uuid4(), free_state.sessions[0].pk, at(3))

    told = [let_in(foreign), nobody, let_in(ticket, session=other.sessions[0].pk)]

    assert tell(door, *told) == ["unknown"] * 3
    assert not CheckIn.objects.exists()
    assert not DoorIncident.objects.exists()


def test_a_wrong_clock_is_held_between_enrolment_and_now(free_state, door, tell):
    tickets = [services.place_order(free_state, asked(free_state)).tickets.get() for _ in "ab"]

    tell(door, let_in(tickets[0], -600), let_in(tickets[1], 9_000))

    assert {c.checked_in_at for c in CheckIn.objects.all()} == {door.enrolled_at, at(120)}


def test_a_closed_door_is_heard_as_of_its_end(door, ticket, morning):
    morning.move_to(at(60))
    services.close_door(door)
    door.refresh_from_db()
    morning.move_to(at(120))

    services.hear_admissions(door, [let_in(ticket, 90)])

    assert comings() == [("A문", at(60))]


def test_after_midnight_the_phone_may_tell_until_noon_and_see_nobody(free_state, morning):
    _door, raw = services.make_door(free_state.page, "A문", user=UserFactory())
    secret = services.enrol_phone(raw)
    midnight = services.door_of(secret).ends_at

    morning.move_to(midnight + timedelta(hours=11))
    with pytest.raises(DoorClosedError):
        services.door_of(secret)
    assert services.door_that_tells(secret).label == "A문"
    morning.move_to(midnight + timedelta(hours=12))
    with pytest.raises(DoorClosedError):
        services.door_that_tells(secret)


def test_a_nonce_of_two_tickets_is_the_first_ones(free_state, door, ticket, tell):
    other = services.place_order(free_state, asked(free_state)).tickets.get()
    told = let_in(ticket)

    assert tell(door, told) == ["came"]
    assert tell(door, let_in(other, nonce=told.nonce)) == ["came"]

    assert CheckIn.objects.get().seat.ticket == ticket


@pytest.mark.django_db(transaction=True)
def test_when_another_phone_was_faster(door, ticket, tell, monkeypatch):
    """As on a database that locks no rows."""

    def slower(_rows):
        monkeypatch.undo()
        raise IntegrityError

    monkeypatch.setattr(CheckIn.objects, "bulk_create", slower)

    assert tell(door, let_in(ticket)) == ["came"]


@pytest.mark.parametrize("wrong", [{"kind": "double", "seat": None}, {"kind": "lost"}])
def test_the_database_refuses_an_incident_that_says_nothing(door, ticket, wrong):
    seat = ticket.seats.get()
    known = {"nonce": uuid.uuid4(), "ticket": ticket, "session_id": seat.session_id, "door": door}
    moments = {"admitted_at": timezone.now(), "heard_at": timezone.now()}

    with pytest.raises(IntegrityError), transaction.atomic():
        DoorIncident.objects.create(**known, **moments, **wrong)


@pytest.mark.parametrize("people", [1, 12])
def test_many_cost_as_many_statements_as_one(free_state, door, other_door, tell, people):
    tickets = [
        services.place_order(free_state, asked(free_state)).tickets.get() for _ in range(3 * people)
    ]
    gone, late, early = tickets[::3], tickets[1::3], tickets[2::3]
    for ticket in gone:
        services.cancel_order(ticket.order)
    tell(other_door, *(let_in(ticket, 5) for ticket in [*late, *early]))
    told = [let_in(ticket, 9) for ticket in [*gone, *late]] + [let_in(t, 3) for t in early]

    with CaptureQueriesContext(connection) as queries:
        tell(door, *told)

    asked_for = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked_for) == 7


@pytest.mark.parametrize("people", [1, 3])
def test_incidents_take_one_query(free_state, door, other_door, tell, people):
    for _ in range(people):
        ticket = services.place_order(free_state, asked(free_state)).tickets.get()
        tell(door, let_in(ticket, 3))
        tell(other_door, let_in(ticket, 5))

    with CaptureQueriesContext(connection) as queries:
        found = services.incidents_of(free_state.page)
        gates = {(one.seat.check_in.door.label, one.door.label) for one in found}

    assert (len(queries), len(found), gates) == (1, people, {("A문", "B문")})
