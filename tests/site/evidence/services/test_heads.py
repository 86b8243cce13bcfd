import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction

from evidence.models import DayHead, Event
from evidence.services import close_day
from tests.database.waiting import others_that_wait, wait_until
from tests.factories.evidence import EventFactory
from tests.factories.history import merkle, said, sha

DAY = dt.timedelta(days=1)


def root_of(events):
    return merkle([event.hash.encode() for event in events]).hex()


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.sqlite_smoke
def test_the_head_of_a_day_stands_for_all_events_until_then(clock, db):
    events = [EventFactory(), EventFactory(subject_id="2"), EventFactory()]
    clock.move_to("2026-11-24 15:00:00")  # Midnight in Seoul.

    head = close_day()

    head.refresh_from_db()
    assert (head.date, head.count) == (dt.date(2026, 11, 24), 3)
    assert head.root == root_of(events)
    moment = "2026-11-24T15:00:00.000000+00:00"
    assert head.hash == sha(said(["2026-11-24", 3, head.root, moment, ""]))
    assert str(head) == f"2026-11-24 {head.hash}"


def test_heads_follow_each_other(clock, db):
    EventFactory()
    first = close_day()
    clock.tick(DAY)
    EventFactory()
    clock.tick(DAY * 3)
    second = close_day()

    assert (second.date - first.date).days == 4
    assert (first.count, second.count) == (1, 2)
    assert second.previous_hash == first.hash


def test_a_day_is_closed_once(clock, db):
    head = close_day()
    EventFactory()

    assert close_day() is None
    assert list(DayHead.objects.all()) == [head]


def test_a_day_with_nothing_on_record_has_a_head_too(clock, db):
    assert close_day().root == root_of([])


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize("change", ["UPDATE {} SET {} = {}", "DELETE FROM evidence_dayhead"])
def test_a_head_can_neither_be_changed_nor_deleted(clock, db, change):
    close_day()

    for field in DayHead._meta.fields:
        statement = change.format("evidence_dayhead", field.column, field.column)
        with pytest.raises(DatabaseError, match="append-only table: evidence_dayhead"):
            run(statement)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_event_still_being_written_is_waited_for():
    """Its number is lower than that of one already there; it must not slip in under the head."""
    written, go_on = threading.Event(), threading.Event()

    def slow():
        try:
            with transaction.atomic():
                EventFactory(subject_id="slow")
                written.set()
                assert go_on.wait(timeout=30)
        finally:
            connection.close()

    def closing():
        try:
            return close_day()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        slowly = pool.submit(slow)
        assert written.wait(timeout=30)
        EventFactory(subject_id="quick")
        closed = pool.submit(closing)
        wait_until(others_that_wait)
        go_on.set()
        slowly.result(timeout=30)

        assert closed.result(timeout=30).root == root_of(Event.objects.order_by("pk"))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_close_a_day_once():
    EventFactory()
    together = threading.Barrier(2)

    def close():
        try:
            together.wait(timeout=30)
            return close_day()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        closed = [task.result(timeout=30) for task in [pool.submit(close), pool.submit(close)]]

    assert sorted(head is None for head in closed) == [False, True]
    assert DayHead.objects.count() == 1
