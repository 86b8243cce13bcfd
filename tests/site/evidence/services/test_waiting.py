"""Events that were noted in passing come onto their chains in the order in which they happened."""

from datetime import timedelta

import pytest
from django.db import transaction

from evidence.models import Event, EventValues, WaitingEvent
from evidence.services import (
    Noted,
    append_waiting,
    append_waiting_of,
    close_day,
    note_events,
    record_event,
    verify_chain,
    verify_everything,
    waiting,
)

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

PAPER = "tests.paper"


def note(subject_id, *kinds):
    note_events(PAPER, [Noted(subject_id, kind, "7", {"count": 1}) for kind in kinds])


def kinds_of(subject_id):
    chain = Event.objects.filter(subject_type=PAPER, subject_id=subject_id)
    return list(chain.order_by("sequence").values_list("kind", flat=True))


def test_noting_is_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        note("1", "placed", "confirmed")


@pytest.mark.sqlite_smoke
def test_what_was_noted_becomes_links(clock):
    note("1", "placed", "confirmed")
    noted_at = WaitingEvent.objects.first().occurred_at
    note("2", "placed")
    clock.tick(timedelta(seconds=5))

    assert append_waiting() == 3
    assert append_waiting() == 0

    assert (kinds_of("1"), kinds_of("2")) == (["placed", "confirmed"], ["placed"])
    assert Event.objects.get(subject_id="2").occurred_at == noted_at
    assert EventValues.objects.get(event__subject_id="2").values == {"count": 1}
    assert not WaitingEvent.objects.exists()
    assert verify_chain(PAPER, "1").length == 2
    assert verify_everything().holds


def test_links_that_are_there_are_followed():
    record_event(subject_type=PAPER, subject_id="1", kind="begun", actor="7", values={})
    note("1", "placed")

    append_waiting()

    assert kinds_of("1") == ["begun", "placed"]
    assert verify_chain(PAPER, "1").holds


@pytest.mark.sqlite_smoke
def test_what_happens_later_can_be_recorded_after_it():
    note("1", "placed")
    note("2", "placed")

    append_waiting_of(PAPER, "1")
    append_waiting_of(PAPER, "1")
    record_event(subject_type=PAPER, subject_id="1", kind="cancelled", actor="7", values={})

    assert (kinds_of("1"), kinds_of("2")) == (["placed", "cancelled"], [])
    assert verify_chain(PAPER, "1").holds


@pytest.mark.parametrize("number", [1, 3])
def test_many_are_appended_in_as_many_queries_as_one(number, django_assert_max_num_queries):
    for n in range(number):
        note(str(n), "placed")

    with django_assert_max_num_queries(13):  # and a last look, with savepoints
        assert append_waiting() == number


def test_more_than_a_batch_is_appended(monkeypatch):
    monkeypatch.setattr(waiting, "BATCH", 2)
    note("1", *"abcde")

    assert append_waiting() == 5

    assert kinds_of("1") == list("abcde")


def test_a_float_is_refused_when_it_is_noted():
    with pytest.raises(TypeError), transaction.atomic():
        note_events(PAPER, [Noted("1", "placed", "7", {"share": 0.5})])


def test_a_head_covers_what_waited(clock):
    note("1", "placed")
    clock.tick(timedelta(days=3))

    assert close_day().count == 1
    assert verify_everything().holds
