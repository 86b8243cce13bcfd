from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from messaging.exceptions import NotRetryableError, UnknownPurposeError
from messaging.models import OutboxMessage
from messaging.services import enqueue, retry_failed
from tests.factories.messaging import OutboxMessageFactory

State = OutboxMessage.State


@pytest.mark.sqlite_smoke
def test_a_mail_waits_from_the_moment_it_is_written(db, letters, clock):
    message = enqueue("tests.letter", "7")

    message.refresh_from_db()
    assert (message.purpose, message.subject, message.bulk) == ("tests.letter", "7", False)
    assert (message.state, message.attempts, message.claimed_until) == (State.PENDING, 0, None)
    assert message.created_at == message.next_attempt_at == timezone.now()


def test_the_purpose_says_whether_it_is_bulk(db, letters):
    assert enqueue("tests.news", "7").bulk is True


def test_a_mail_may_wait_until_later(db, letters, clock):
    later = timezone.now() + timedelta(minutes=5)

    message = enqueue("tests.letter", "7", later)

    assert message.next_attempt_at == later
    assert not OutboxMessage.objects.due(later - timedelta(seconds=1)).exists()
    assert OutboxMessage.objects.due(later).get() == message


def test_without_the_callers_commit_there_is_no_mail(db, letters):
    with transaction.atomic():
        enqueue("tests.letter", "7")
        transaction.set_rollback(True)

    assert not OutboxMessage.objects.exists()


def test_a_purpose_that_nobody_registered_is_refused(db):
    with pytest.raises(UnknownPurposeError, match="tests.unknown"):
        enqueue("tests.unknown", "7")

    assert not OutboxMessage.objects.exists()


def test_the_database_knows_the_states_of_a_mail_and_no_other(db):
    message = OutboxMessageFactory()
    rows = OutboxMessage.objects.filter(pk=message.pk)

    for state in OutboxMessage.State:
        rows.update(state=state)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state="lost")


def test_a_failed_mail_is_put_back_with_all_its_attempts(db, clock):
    message = OutboxMessageFactory(failed=True, last_error="550")
    clock.tick(timedelta(days=3))

    retry_failed(message.pk)

    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error) == (State.PENDING, 0, "")
    assert message.created_at == message.next_attempt_at == timezone.now()


def test_of_two_who_put_a_mail_back_one_is_refused(db):
    message = OutboxMessageFactory(failed=True)

    retry_failed(message.pk)
    with pytest.raises(NotRetryableError):
        retry_failed(message.pk)


@pytest.mark.parametrize("state", set(State) - {State.FAILED})
def test_only_a_failed_mail_is_put_back(db, state):
    message = OutboxMessageFactory(state=state)

    with pytest.raises(NotRetryableError):
        retry_failed(message.pk)

    message.refresh_from_db()
    assert message.state == state
