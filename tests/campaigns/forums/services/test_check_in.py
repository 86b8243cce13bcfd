"""Coming in: once per seat, and in words why not."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from freezegun import freeze_time

from campaigns.forums import services
from campaigns.forums.exceptions import DoorClosedError
from campaigns.forums.models import CheckIn, Door
from payments.models import Payment
from payments.services import mark_paid
from tests.campaigns.forums.participant import NAME, asked, payment_of, person
from tests.factories.accounts import UserFactory
from tests.factories.forums import ForumPageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

Answer = services.Answer


def door_for(state):
    door, raw = services.make_door(state.page, "1층 입구", user=UserFactory())
    return services.door_of(services.enrol_phone(raw))


@pytest.fixture
def door(free_state):
    return door_for(free_state)


@pytest.fixture
def ticket(free_state):
    return services.place_order(free_state, asked(free_state)).tickets.get()


def scan(door, state, code, part=0):
    return services.check_in(door, state.sessions[part].pk, code=code)


def typed(code):
    return f" {code[:5].lower()}-{code[5:]} "


@pytest.mark.sqlite_smoke
def test_a_code_lets_in_once_and_then_says_when(free_state, door, ticket):
    first = scan(door, free_state, typed(ticket.code))
    second = scan(door, free_state, ticket.code)

    assert (first.answer, second.answer) == (Answer.WELCOME, Answer.ALREADY)
    came = CheckIn.objects.get()
    assert second.at == came.checked_in_at
    assert came.door == door
    assert first.ticket.name == NAME
    assert first.meals == ["점심"]


def test_a_name_pressed_lets_in_as_the_code_does(free_state, door, ticket):
    session = free_state.sessions[0].pk

    answer = services.check_in(door, session, ticket=str(ticket.public_id)).answer

    assert answer == Answer.WELCOME
    assert services.check_in(door, session, ticket=str(uuid.uuid4())).answer == Answer.UNKNOWN


def test_a_forged_code_is_unknown(free_state, door):
    assert scan(door, free_state, "ABCDEFGHJK").answer == Answer.UNKNOWN


def test_a_ticket_of_another_forum(free_state, ticket, campaign_page):
    other = services.state_of(ForumPageFactory(parent=campaign_page))

    assert scan(door_for(other), other, ticket.code).answer == Answer.OTHER_FORUM


def test_a_cancelled_one(free_state, door, ticket):
    services.cancel_order(ticket.order)

    assert scan(door, free_state, ticket.code).answer == Answer.CANCELLED
    assert not CheckIn.objects.exists()


def test_unpaid_then_paid_and_the_other_session(state):
    door, order = door_for(state), services.place_order(state, asked(state))
    code = order.tickets.get().code
    assert scan(door, state, code).answer == Answer.UNPAID

    mark_paid(payment_of(order), method=Payment.Method.ON_SITE, user=UserFactory(), note="현금")

    assert scan(door, state, code, part=1).answer == Answer.OTHER_SESSION
    assert scan(door, state, code).answer == Answer.WELCOME


def test_a_scan_asks_four_times(free_state, door, ticket, django_assert_num_queries):
    with django_assert_num_queries(3):  # The door itself is read before: four.
        scan(door, free_state, ticket.code)


@pytest.mark.django_db(transaction=True)
def test_when_another_phone_was_faster(free_state, door, ticket, monkeypatch):
    """As on a database that locks no rows."""

    def slower(**values):
        monkeypatch.undo()
        raise IntegrityError

    monkeypatch.setattr(CheckIn.objects, "create", slower)

    assert scan(door, free_state, ticket.code).answer == Answer.WELCOME


def test_who_eats_nothing(free_state, door):
    people = [person(takes_meal=False)]
    ticket = services.place_order(free_state, asked(free_state, people=people)).tickets.get()

    assert scan(door, free_state, ticket.code).meals == []


def test_the_database_keeps_a_seat_to_one_coming(door, ticket):
    values = {"seat": ticket.seats.get(), "door": door, "checked_in_at": timezone.now()}
    CheckIn.objects.create(**values)

    with pytest.raises(IntegrityError), transaction.atomic():
        CheckIn.objects.create(**values)


@pytest.mark.parametrize("query", [NAME, "한", " 한 가"])
def test_names_are_found_by_their_beginning(free_state, ticket, query):
    services.place_order(free_state, asked(free_state, people=["남궁바다"], email="b@mail.example"))
    gone = services.place_order(free_state, asked(free_state, email="c@mail.example"))
    services.cancel_order(gone)

    assert services.find_people(free_state.page, query) == [ticket]


def test_nothing_typed_finds_nobody(free_state, ticket):
    assert services.find_people(free_state.page, " ") == []


def test_the_numbers_at_the_door(free_state, door, ticket):
    scan(door, free_state, ticket.code)

    [session] = services.sessions_with_counts(free_state.page)

    assert (session.expected, session.came) == (1, 1)


def test_the_session_of_the_moment(state):
    first, second = state.sessions
    early = first.starts_at - timedelta(days=1)

    assert services.session_now(state.sessions, early) == first
    assert services.session_now(state.sessions, second.starts_at) == second


def test_a_code_lets_in_one_phone(free_state):
    door, raw = services.make_door(free_state.page, "1층 입구", user=UserFactory())
    assert services.waits_for_phone(raw)
    assert raw.encode() not in bytes(door.token_hash)

    secret = services.enrol_phone(raw)

    assert services.door_of(secret) == door
    assert not services.waits_for_phone(raw)
    with pytest.raises(DoorClosedError):
        services.enrol_phone(raw)


@pytest.mark.parametrize("secret", ["", "forged"])
def test_a_forged_secret_opens_nothing(secret, door):
    with pytest.raises(DoorClosedError):
        services.door_of(secret)


def test_a_phone_ends_at_midnight_or_before(free_state):
    with freeze_time("2026-11-27T05:00:00Z"):
        door, raw = services.make_door(free_state.page, "1층 입구", user=UserFactory())
        secret = services.enrol_phone(raw)
    with freeze_time("2026-11-27T14:59:00Z"):
        assert services.door_of(secret)
    with freeze_time("2026-11-27T15:00:00Z"), pytest.raises(DoorClosedError):
        services.door_of(secret)
    with freeze_time("2026-11-27T14:00:00Z"):
        services.close_door(door)
        with pytest.raises(DoorClosedError):
            services.door_of(secret)


def at_once(call, times):
    begin = threading.Barrier(times)

    def work(_number):
        begin.wait(30)
        try:
            return call()
        except DoorClosedError:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(work, range(times)))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_phones_scan_one_ticket_and_want_one_code(free_state):
    ticket = services.place_order(free_state, asked(free_state)).tickets.get()
    doors = [door_for(free_state) for _ in range(2)]

    answers = [
        scanned.answer for scanned in at_once(lambda: scan(doors[0], free_state, ticket.code), 12)
    ]

    assert sorted(answers) == sorted([Answer.WELCOME, *[Answer.ALREADY] * 11])
    assert CheckIn.objects.count() == 1
    _door, raw = services.make_door(free_state.page, "2층", user=UserFactory())
    assert len([secret for secret in at_once(lambda: services.enrol_phone(raw), 8) if secret]) == 1
    assert Door.objects.filter(enrolled_at__isnull=False).count() == 3
