"""What the owner of a database could do, in SQL and past the triggers: all of it is found."""

import io
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.models import DayHead, Event, EventValues
from evidence.services import (
    close_day,
    erase_payloads,
    export_evidence,
    hash_event,
    record_event,
    verify_everything,
)
from evidence.verifier import verify_file

# The fixtures are the same for all examples: each is undone.
in_one_database = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)
values = st.dictionaries(texts, texts | st.integers() | st.none() | st.booleans(), max_size=3)
steps = st.lists(
    st.tuples(st.sampled_from("ab"), values) | st.sampled_from(["night", "forget"]), max_size=7
)
EVENT = [field.column for field in Event._meta.fields if field.column != "id"]
HEAD = [field.column for field in DayHead._meta.fields]


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def live(clock, history):
    """What staff do, night after night, and that people are forgotten."""
    for step in history:
        clock.tick(timedelta(minutes=1))
        if step == "forget":
            erase_payloads("paper", "a")
        elif step == "night":
            clock.tick(timedelta(days=1))
            close_day()
        else:
            subject, said = step
            record_event(
                subject_type="paper", subject_id=subject, kind="signed", actor="7", values=said
            )


def holds():
    """By both ways, which must agree."""
    file = io.StringIO()
    export_evidence(file, with_values=True)
    file.seek(0)
    here, there = verify_everything(), verify_file(file)
    assert here.faults == there.faults
    return here.holds


def numbers(model):
    return list(model.objects.order_by("pk").values_list("pk", flat=True))


def edit(draw):
    number, column = draw(st.sampled_from(numbers(Event))), draw(st.sampled_from(EVENT))
    change = {"sequence": "sequence + 7", "occurred_at": "'2020-01-01 00:00:00+00'"}
    new = change.get(column, f"substr('x' || {column}, 1, 40)")
    sql(f"UPDATE evidence_event SET {column} = {new} WHERE id = %s", number)  # noqa: S608 (ours)


def delete(draw):
    number = draw(st.sampled_from(numbers(Event)))
    EventValues.objects.filter(pk=number).delete()
    sql("DELETE FROM evidence_event WHERE id = %s", number)


def truncate(draw):
    EventValues.objects.all().delete()
    sql("DELETE FROM evidence_event WHERE id >= %s", draw(st.sampled_from(numbers(Event))))


def reorder(draw):
    """Two rows change places in the order of all."""
    EventValues.objects.all().delete()
    one, two = draw(st.permutations(numbers(Event)))[:2]
    for old, new in ((one, -1), (two, one), (-1, two)):
        sql("UPDATE evidence_event SET id = %s WHERE id = %s", new, old)


def insert(draw):
    """A forged link takes the place of another, with a hash of its own; the rest moves up."""
    before = Event.objects.get(pk=draw(st.sampled_from(numbers(Event))))
    later = Event.objects.filter(subject_id=before.subject_id, sequence__gte=before.sequence)
    for event in later.order_by("-sequence"):
        later.filter(pk=event.pk).update(sequence=event.sequence + 1)
    before.pk, before.actor = None, "8"
    before.hash = hash_event(before)
    before.save(force_insert=True)


def rewrite(draw):
    """A whole chain is forged anew, so that it holds in itself."""
    chosen = Event.objects.get(pk=draw(st.sampled_from(numbers(Event))))
    EventValues.objects.all().delete()
    previous = ""
    for event in Event.objects.filter(subject_id=chosen.subject_id).order_by("sequence"):
        event.actor, event.previous_hash = "8", previous
        event.hash = previous = hash_event(event)
        event.save()


def swap_values(draw):
    number = draw(st.sampled_from(numbers(Event)))
    EventValues.objects.filter(pk=number).delete()
    EventValues.objects.create(event_id=number, salt="0" * 32, values={"reason": "forged"})


def edit_head(draw):
    day, column = draw(st.sampled_from(numbers(DayHead))), draw(st.sampled_from(HEAD))
    new = {
        "date": "'2020-01-01'",
        "count": "count + 1",
        "made_at": "'2020-01-01 00:00:00+00'",
    }.get(column, f"substr('x' || {column}, 1, 64)")
    sql(f"UPDATE evidence_dayhead SET {column} = {new} WHERE date = %s", day)  # noqa: S608 (ours)


TRICKS = [edit, delete, truncate, reorder, insert, rewrite, swap_values, edit_head]


@in_one_database
@given(steps)
def test_no_honest_history_is_suspected(clock, db, history):
    with transaction.atomic():
        live(clock, history)

        assert holds()
        transaction.set_rollback(True)


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.__name__)
@settings(in_one_database, max_examples=8)
@given(steps, st.data())
def test_whatever_is_done_to_it_is_found(clock, db, without_triggers, trick, history, data):
    with transaction.atomic():
        live(clock, [("a", {"n": 1}), *history, ("b", {"n": 2}), "night"])
        trick(data.draw)

        assert not holds()
        transaction.set_rollback(True)


def test_links_newer_than_the_last_head_can_vanish_until_the_next_head(clock, without_triggers):
    live(clock, [("a", {}), "night", ("b", {})])
    EventValues.objects.all().delete()
    sql("DELETE FROM evidence_event WHERE subject_id = 'b'")

    assert holds()


def test_a_forged_past_with_forged_heads_is_found_by_a_head_noted_elsewhere(
    clock, without_triggers
):
    live(clock, [("a", {}), ("b", {}), "night"])
    noted = {str(head.date): head.hash for head in DayHead.objects.all()}
    EventValues.objects.all().delete()
    sql("DELETE FROM evidence_event WHERE subject_id = 'b'")
    sql("DELETE FROM evidence_dayhead")
    close_day()

    assert holds()
    assert not verify_everything(noted).holds
