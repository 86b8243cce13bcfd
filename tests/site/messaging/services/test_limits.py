from datetime import timedelta

import pytest
from django.utils import timezone

from messaging.models import OutboxMessage
from messaging.services import enqueue, retry_failed
from messaging.services.claims import begin, claim_due, settle
from tests.factories.messaging import OutboxMessageFactory

State = OutboxMessage.State
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def ask(subject="7", purpose="tests.letter"):
    return enqueue(purpose, subject)


def send():
    """Whether the due mail is allowed; if so it is sent at once."""
    claims = claim_due(10)
    for claim in claims:
        settle(begin(claim), state=State.SENT, sent_at=timezone.now())
    return len(claims)


def settled(message):
    message.refresh_from_db()
    return message.state, message.last_error


@pytest.fixture(autouse=True)
def _ground(db, letters, clock):
    pass


def test_a_twin_asked_for_within_a_minute_is_answered_by_the_first(clock):
    ask()
    assert send() == 1

    clock.tick(59 * SECOND)
    twin = ask()

    assert send() == 0
    assert settled(twin) == (State.DROPPED, "limit")


def test_after_a_minute_it_is_sent_again(clock):
    ask()
    send()

    clock.tick(MINUTE)
    ask()

    assert send() == 1


def test_of_twins_that_wait_together_one_is_sent(clock):
    first, second = ask(), ask()

    assert send() == 1

    assert sorted([settled(first)[0], settled(second)[0]]) == [State.DROPPED, State.SENT]


def test_a_mail_that_waited_through_a_fault_answers_those_asked_for_meanwhile(clock):
    ask()
    clock.tick(timedelta(hours=1))
    assert send() == 1
    late = ask()
    clock.tick(SECOND)
    assert send() == 1  # Asked for after the first had gone, an hour after it was asked for.

    assert settled(late)[0] == State.SENT


def test_other_keys_and_purposes_have_their_own_limit(clock):
    ask("7")
    ask("8")
    ask("7", "tests.news")

    assert send() == 3


def test_five_a_day(clock):
    sent = 0
    for _ in range(8):
        ask()
        sent += send()
        clock.tick(2 * MINUTE)
    assert sent == 5

    clock.tick(timedelta(days=1))
    ask()
    assert send() == 1


def test_a_twin_of_a_mail_in_flight_is_answered_by_it(clock):
    ask()
    begin(claim_due(1)[0])
    clock.tick(2 * MINUTE)
    twin = ask()

    assert send() == 0
    assert settled(twin) == (State.DROPPED, "limit")


def test_a_mail_asked_for_later_survives_the_failure_of_its_first_attempt(clock):
    """The first went out at once; the second was to wait for its minute, and was deferred."""
    ask()
    send()
    clock.tick(20 * SECOND)
    second = enqueue("tests.letter", "7", timezone.now() + 40 * SECOND)
    clock.tick(40 * SECOND)

    claim = begin(claim_due(1)[0])
    settle(claim, state=State.PENDING, next_attempt_at=timezone.now() + MINUTE, last_error="451")
    clock.tick(MINUTE)

    assert send() == 1
    assert settled(second)[0] == State.SENT


def test_a_failed_mail_put_back_by_staff_is_a_new_wish(clock):
    failed = OutboxMessageFactory(failed=True, subject="7")
    clock.tick(timedelta(hours=1))
    ask()
    send()
    clock.tick(2 * MINUTE)

    retry_failed(failed.pk)

    assert send() == 1
    assert settled(failed)[0] == State.SENT
