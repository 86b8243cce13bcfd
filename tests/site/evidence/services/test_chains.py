import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F

from evidence.models import Event, EventValues
from evidence.services import ChainCheck, erase_payloads, hash_event, record_event, verify_chain
from tests.database.waiting import others_that_wait, wait_until
from tests.factories.evidence import EventFactory

CHAIN = ("tests.paper", "1")


@pytest.fixture
def chain(db):
    """Three links, the first of which has three values."""
    return [
        EventFactory(values={"name": "김가람", "region": "11", "count": 3}),
        EventFactory(kind="invalidated", values={"reason": "중복"}),
        EventFactory(kind="restored", values={}),
    ]


@pytest.mark.sqlite_smoke
def test_links_follow_each_other(chain):
    assert [event.sequence for event in chain] == [1, 2, 3]
    assert chain[0].previous_hash == ""
    assert chain[1].previous_hash == chain[0].hash
    assert chain[2].previous_hash == chain[1].hash
    assert verify_chain(*CHAIN) == ChainCheck(length=3)
    assert verify_chain(*CHAIN).holds


def test_the_hash_can_be_recomputed_without_our_code(clock, db):
    event = EventFactory(values={"name": "김가람"})

    salt = event.payload.salt
    digest = hashlib.sha256((salt + '{"name":"김가람"}').encode()).hexdigest()
    said = f'["tests.paper","1",1,"signed","7","2026-11-24T03:00:00.000000+00:00","{digest}",""]'
    assert event.hash == hashlib.sha256(said.encode()).hexdigest()


def test_each_subject_has_its_own_chain(chain):
    other = EventFactory(subject_id="2")

    assert (other.sequence, other.previous_hash) == (1, "")
    assert verify_chain("tests.paper", "2") == ChainCheck(length=1)


def test_an_empty_chain_holds(db):
    assert verify_chain(*CHAIN) == ChainCheck(length=0)


def test_equal_values_have_different_digests(db):
    first, second = EventFactory(), EventFactory()

    assert first.payload.values == second.payload.values
    assert first.values_digest != second.values_digest
    assert len(first.payload.salt) == 32


def test_the_chain_itself_holds_no_value(db):
    event = EventFactory(values={"name": "김가람"})

    columns = Event.objects.filter(pk=event.pk).values().get()

    assert "김가람" in str(event.payload.values)
    assert "김가람" not in str(columns)


@pytest.mark.parametrize(
    ("field", "forged"),
    [
        ("kind", "denied"),
        ("actor", "8"),
        ("values_digest", "0" * 64),
        ("previous_hash", "0" * 64),
        ("hash", "0" * 64),
        ("occurred_at", F("occurred_at") + timedelta(microseconds=1)),
    ],
)
def test_a_changed_link_is_found(chain, without_triggers, field, forged):
    Event.objects.filter(sequence=2).update(**{field: forged})

    assert verify_chain(*CHAIN) == ChainCheck(3, 2, "changed")


def test_a_link_forged_with_its_own_hash_breaks_the_next(chain, without_triggers):
    forged = chain[1]
    forged.actor = "8"
    Event.objects.filter(pk=forged.pk).update(actor="8", hash=hash_event(forged))

    assert verify_chain(*CHAIN) == ChainCheck(3, 3, "changed")


def test_a_missing_link_is_found(chain, without_triggers):
    erase_payloads(*CHAIN)
    Event.objects.filter(sequence=2).delete()

    assert verify_chain(*CHAIN) == ChainCheck(2, 2, "missing")


def test_a_missing_first_link_is_found(chain, without_triggers):
    erase_payloads(*CHAIN)
    Event.objects.filter(sequence=1).delete()

    assert verify_chain(*CHAIN) == ChainCheck(2, 1, "missing")


def test_reordered_links_are_found(chain, without_triggers):
    Event.objects.filter(sequence=2).update(sequence=99)
    Event.objects.filter(sequence=3).update(sequence=2)
    Event.objects.filter(sequence=99).update(sequence=3)

    assert verify_chain(*CHAIN) == ChainCheck(3, 2, "changed")


def test_a_link_moved_to_another_subject_is_found(chain, without_triggers):
    Event.objects.filter(sequence=1).update(subject_id="2")

    assert verify_chain("tests.paper", "2") == ChainCheck(1, 1, "changed")
    assert verify_chain(*CHAIN) == ChainCheck(2, 1, "missing")


@pytest.mark.parametrize(
    "values",
    [
        {"name": "이나래", "region": "11", "count": 3},
        {"name": "김가람", "region": "11", "count": 4},
        {"name": "김가람", "region": "11", "count": "3"},
        {"name": "김가람", "region": "11"},
        {"name": "김가람", "region": "11", "count": 3, "more": None},
        {},
    ],
)
def test_forged_values_are_found(chain, values):
    EventValues.objects.filter(event=chain[0]).update(values=values)

    assert verify_chain(*CHAIN) == ChainCheck(3, 1, "values changed")


def test_a_forged_salt_is_found(chain):
    EventValues.objects.filter(event=chain[2]).update(salt="0" * 32)

    assert verify_chain(*CHAIN) == ChainCheck(3, 3, "values changed")


@pytest.mark.sqlite_smoke
def test_erased_values_leave_the_proof_standing(chain):
    other = EventFactory(subject_id="2")

    erased = erase_payloads(*CHAIN)

    assert erased == 3
    assert erase_payloads(*CHAIN) == 0
    assert verify_chain(*CHAIN) == ChainCheck(length=3)
    assert list(EventValues.objects.values_list("event", flat=True)) == [other.pk]


def test_an_event_of_an_undone_transaction_did_not_happen(db):
    with transaction.atomic():
        EventFactory()
        transaction.set_rollback(True)

    assert verify_chain(*CHAIN) == ChainCheck(length=0)
    assert EventFactory().sequence == 1


def test_values_are_sealed_as_the_database_gives_them_back(db):
    EventFactory(values={10: "열", 2: ["둘", (3, None)], "나": {"b": True, "a": 2**70}})

    assert verify_chain(*CHAIN) == ChainCheck(length=1)


@pytest.mark.parametrize("number", [0.5, 1e16, float("nan")])
def test_a_float_is_refused(db, number):
    with pytest.raises(TypeError, match="is a float"):
        EventFactory(values={"share": [number]})

    assert not Event.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_writers_of_one_subject_all_succeed():
    writers, together = 8, threading.Barrier(8)

    def write(number):
        together.wait(timeout=30)
        try:
            for _ in range(5):
                record_event(
                    subject_type="tests.paper",
                    subject_id="1",
                    kind="signed",
                    actor=str(number),
                    values={"number": number},
                )
        finally:
            connection.close()

    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(write, range(writers)))

    assert verify_chain(*CHAIN) == ChainCheck(length=40)
    assert {event.actor for event in Event.objects.all()} == {str(n) for n in range(8)}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_writer_waits_for_the_one_before_it():
    written, go_on = threading.Event(), threading.Event()

    def first():
        try:
            with transaction.atomic():
                EventFactory(actor="first")
                written.set()
                assert go_on.wait(timeout=30)
        finally:
            connection.close()

    def second():
        try:
            assert written.wait(timeout=30)
            return EventFactory(actor="second").sequence
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        one, two = pool.submit(first), pool.submit(second)
        wait_until(others_that_wait)
        go_on.set()
        one.result(timeout=30)

        assert two.result(timeout=30) == 2
    assert verify_chain(*CHAIN) == ChainCheck(length=2)
