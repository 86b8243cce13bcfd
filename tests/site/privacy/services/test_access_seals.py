from datetime import date

import pytest
from django.db import connection

from evidence.append_only import drop_statements
from evidence.models import Event, EventValues
from evidence.services import close_day, verify_everything
from evidence.verifier import Fault
from privacy.exceptions import TooEarlyError
from privacy.models import AccessDestruction, AccessEntry, AccessSubject
from privacy.services import destroy_access_year, find_access_faults
from tests.factories.accounts import UserFactory
from tests.factories.evidence import EventFactory
from tests.factories.privacy import AccessEntryFactory


@pytest.fixture
def without_triggers(db):
    """For one test: what somebody could do who owns the database."""
    with connection.cursor() as cursor:
        for table in ("evidence_event", "privacy_accessentry", "privacy_accesssubject"):
            for statement in drop_statements(connection.vendor, table):
                cursor.execute(statement)


@pytest.fixture
def log(clock, db):
    """Three entries of 2026."""
    user = UserFactory()
    return [
        AccessEntryFactory(user=user, subjects=("s-2", "s-1"), reason="확인"),
        AccessEntryFactory(user=user, subjects=()),
        AccessEntryFactory(user=user),
    ]


def change(**fields):
    return lambda: AccessEntry.objects.filter(event__sequence=1).update(**fields)


def move_address_into_reason():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE privacy_accessentry SET reason = address")


def subjects():
    return AccessSubject.objects.filter(entry__event__sequence=1)


def add_subject():
    entry = AccessEntry.objects.get(event__sequence=1)
    AccessSubject.objects.create(entry=entry, year=2026, subject="s-9")


def remove_last():
    AccessSubject.objects.filter(entry__event__sequence=3).delete()
    AccessEntry.objects.filter(event__sequence=3).delete()


@pytest.mark.sqlite_smoke
def test_an_honest_log_is_not_suspected(log):
    assert list(find_access_faults()) == []
    assert verify_everything().holds


@pytest.mark.parametrize(
    ("trick", "found"),
    [
        (lambda: change(user=UserFactory())(), "values changed"),
        (change(address="203.0.113.8"), "values changed"),
        (change(reason="다른 사유"), "values changed"),
        (change(action="list"), "values changed"),
        (change(data_set="forums.order"), "values changed"),
        (change(count=3), "values changed"),
        (change(salt="0" * 32), "values changed"),
        (change(year=2025), "values changed"),
        (change(accessed_at="2026-11-25T00:00:00Z"), "values changed"),
        (lambda: subjects().update(year=2025), "values changed"),
        (lambda: subjects().filter(subject="s-1").update(subject="s-3"), "values changed"),
        (lambda: subjects().filter(subject="s-1").delete(), "values changed"),
        (add_subject, "values changed"),
        (move_address_into_reason, "unreadable"),
    ],
)
def test_a_changed_entry_is_found(log, without_triggers, trick, found):
    trick()

    assert Fault("access 2026 #1", found) in list(find_access_faults())


def test_a_missing_entry_is_found(log, without_triggers):
    remove_last()

    assert list(find_access_faults()) == [Fault("access 2026 #3", "values missing")]
    assert not verify_everything().holds


def test_an_entry_moved_to_a_chain_of_its_own_is_found(log, without_triggers):
    other = EventFactory()
    AccessEntry.objects.filter(event__sequence=3).delete()
    spare = AccessEntry.objects.get(event__sequence=2)
    AccessEntry.objects.filter(pk=spare.pk).update(event=other)

    assert Fault("access 2026 ?", "changed") in list(find_access_faults())
    assert Fault("access 2026 #2", "values missing") in list(find_access_faults())


def test_a_broken_chain_of_the_log_is_found(log, without_triggers):
    Event.objects.filter(sequence=2).update(values_digest="0" * 64)

    assert [fault.reason for fault in verify_everything().faults] == ["changed", "values changed"]


@pytest.mark.sqlite_smoke
def test_a_year_is_destroyed_whole_and_its_seal_stays(clock, log):
    clock.move_to("2027-01-05 03:00:00")
    kept = AccessEntryFactory()
    clock.move_to("2028-12-31 15:00:00")  # New year's day in Seoul.
    close_day()

    seal = destroy_access_year(2026)

    seal.refresh_from_db()
    assert (seal.count, seal.head_hash) == (3, log[-1].event.hash)
    assert seal.destroyed_on == date(2029, 1, 1)
    assert list(AccessEntry.objects.all()) == [kept]
    assert set(AccessSubject.objects.values_list("entry", flat=True)) == {kept.pk}
    assert verify_everything().holds


def test_the_destruction_is_itself_on_record(clock, log):
    clock.move_to("2029-01-01 00:00:00")
    destroy_access_year(2026)

    event = Event.objects.get(subject_type="access destruction")
    assert (event.subject_id, event.kind) == ("2026", "destroyed")
    assert EventValues.objects.get(event=event).values == {
        "count": 3,
        "head_hash": log[-1].event.hash,
    }


def test_a_year_is_destroyed_once(clock, log):
    clock.move_to("2029-01-01 00:00:00")

    assert destroy_access_year(2026) == destroy_access_year(2026)
    assert Event.objects.filter(subject_type="access destruction").count() == 1


def test_a_year_without_entries_can_be_destroyed(clock, db):
    seal = destroy_access_year(2020)

    assert (seal.count, seal.head_hash) == (0, "")


@pytest.mark.parametrize("moment", ["2026-11-24 03:00:00", "2028-12-31 14:59:59"])
def test_a_year_is_kept_two_whole_years(clock, log, moment):
    clock.move_to(moment)

    with pytest.raises(TooEarlyError):
        destroy_access_year(2026)
    assert AccessEntry.objects.count() == 3


def test_a_seal_that_says_something_else_is_found(clock, log):
    clock.move_to("2029-01-01 00:00:00")
    fields = {"year": 2026, "destroyed_on": date(2029, 1, 1), "head_hash": "0" * 64}
    AccessDestruction.objects.create(count=2, **fields)

    assert list(find_access_faults()) == [
        Fault("access 2026", "cut off"),
        Fault("access 2026", "changed"),
    ]


@pytest.mark.parametrize("entries", [1, 3])
def test_the_check_costs_the_same_however_long_the_log(db, django_assert_num_queries, entries):
    for _ in range(entries):
        AccessEntryFactory()

    with django_assert_num_queries(6):
        list(find_access_faults())
