import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from messaging.models import OutboxMessage
from messaging.services.claims import (
    CLAIM_LEASE,
    SENDING_LEASE,
    begin,
    claim_due,
    give_back,
    settle,
)
from tests.factories.messaging import OutboxMessageFactory

State = OutboxMessage.State
SECOND = timedelta(seconds=1)


def subjects(claims):
    return [claim.message.subject for claim in claims]


def row(message):
    message.refresh_from_db()
    return message.state, message.attempts, message.last_error


@pytest.mark.sqlite_smoke
def test_a_claimed_mail_is_not_claimed_again_before_its_lease_ends(db, clock):
    OutboxMessageFactory(subject="a")

    assert subjects(claim_due(10)) == ["a"]
    clock.tick(CLAIM_LEASE)
    assert claim_due(10) == []
    clock.tick(SECOND)
    assert subjects(claim_due(10)) == ["a"]


def test_nothing_due_is_nothing_claimed(db, clock, django_assert_num_queries):
    OutboxMessageFactory(next_attempt_at=timezone.now() + SECOND)
    OutboxMessageFactory(sent=True)

    with django_assert_num_queries(1):
        assert claim_due(10) == []


def test_personal_mails_go_before_bulk_and_old_before_young(db, clock):
    now = timezone.now()
    for subject, bulk, ago in (("d", True, 9), ("a", False, 7), ("c", False, 3), ("b", False, 5)):
        OutboxMessageFactory(
            subject=subject, bulk=bulk, created_at=now, next_attempt_at=now - ago * SECOND
        )

    assert subjects(claim_due(3)) == ["a", "b", "c"]
    assert subjects(claim_due(3)) == ["d"]


@pytest.mark.parametrize("rows", [1, 3])
def test_claiming_costs_the_same_for_any_number(db, rows, django_assert_num_queries):
    for _ in range(rows):
        OutboxMessageFactory()

    with django_assert_num_queries(8):
        assert len(claim_due(10)) == rows


def test_a_personal_mail_in_flight_when_its_worker_died_is_sent_again(db, clock):
    message = OutboxMessageFactory()
    begun = begin(claim_due(1)[0])
    assert row(message)[0] == State.SENDING

    clock.tick(SENDING_LEASE)
    assert claim_due(1) == []
    clock.tick(SECOND)
    again = claim_due(1)

    assert [claim.message.pk for claim in again] == [message.pk]
    assert row(message) == (State.PENDING, 1, "interrupted")
    settle(begun, state=State.SENT)  # The first worker was only asleep.
    assert row(message) == (State.PENDING, 1, "interrupted")


def test_bulk_mail_in_flight_when_its_worker_died_is_not_sent_again(db, clock):
    message = OutboxMessageFactory(bulk=True)
    begin(claim_due(1)[0])

    clock.tick(SENDING_LEASE + SECOND)

    assert claim_due(1) == []
    assert row(message) == (State.UNCERTAIN, 1, "interrupted")
    assert claim_due(1) == []


@pytest.mark.parametrize("bulk", [True, False])
def test_a_mail_that_was_claimed_and_not_begun_is_free_again(db, clock, bulk):
    message = OutboxMessageFactory(bulk=bulk)
    claim_due(1)

    clock.tick(CLAIM_LEASE + SECOND)

    assert len(claim_due(1)) == 1
    assert row(message) == (State.PENDING, 0, "")


def test_only_the_last_to_claim_a_mail_begins_it(db, clock):
    OutboxMessageFactory()
    first = claim_due(1)[0]
    clock.tick(CLAIM_LEASE + SECOND)
    second = claim_due(1)[0]

    assert begin(first) is None
    assert begin(second).message == second.message


def test_a_late_worker_may_begin_what_nobody_else_claimed(db, clock):
    message = OutboxMessageFactory()
    claim = claim_due(1)[0]

    clock.tick(CLAIM_LEASE * 3)

    assert begin(claim).until == timezone.now() + SENDING_LEASE
    assert row(message)[0] == State.SENDING


def test_a_mail_settled_meanwhile_is_not_begun(db, clock):
    OutboxMessageFactory()
    claim = claim_due(1)[0]
    settle(claim, state=State.DROPPED)

    assert begin(claim) is None


def test_what_is_given_back_is_due_at_once(db, clock):
    first, second = OutboxMessageFactory(subject="a"), OutboxMessageFactory(subject="b")
    claims = claim_due(2)

    give_back(claims)

    assert sorted(subjects(claim_due(2))) == ["a", "b"]
    assert row(first) == row(second) == (State.PENDING, 0, "")


def test_only_ones_own_claims_are_given_back(db, clock):
    message = OutboxMessageFactory()
    old = claim_due(1)
    clock.tick(CLAIM_LEASE + SECOND)
    claim_due(1)

    give_back(old)

    message.refresh_from_db()
    assert message.claimed_until == timezone.now() + CLAIM_LEASE


def test_an_outcome_frees_and_counts(db, clock):
    message = OutboxMessageFactory(attempts=3)

    settle(begin(claim_due(1)[0]), state=State.SENT, sent_at=timezone.now(), last_error="")

    assert row(message) == (State.SENT, 4, "")
    assert (message.claimed_until, message.sent_at) == (None, timezone.now())


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_workers_claim_each_mail_once():
    for _ in range(60):
        OutboxMessageFactory()
    together = threading.Barrier(6)

    def work(_number):
        together.wait(timeout=30)
        taken = []
        try:
            while claims := claim_due(7):
                taken += subjects(claims)
        finally:
            connection.close()
        return taken

    with ThreadPoolExecutor(6) as pool:
        taken = [subject for part in pool.map(work, range(6)) for subject in part]

    expected = OutboxMessage.objects.values_list("subject", flat=True)
    assert sorted(taken) == sorted(expected)
    assert len(taken) == 60


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_twin_mails_only_one_is_claimed_whoever_comes():
    for _ in range(12):
        OutboxMessageFactory(subject="twin")
    together = threading.Barrier(4)

    def work(_number):
        together.wait(timeout=30)
        try:
            return len(claim_due(3))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        taken = sum(pool.map(work, range(4)))

    assert taken == 1
    assert OutboxMessage.objects.filter(state=State.PENDING).count() == 1
    assert OutboxMessage.objects.filter(state=State.DROPPED, last_error="limit").count() == 11
