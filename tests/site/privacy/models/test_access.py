from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from privacy.models import AccessDestruction, AccessEntry, AccessSubject
from tests.factories.privacy import AccessEntryFactory

TABLES = ["privacy_accessentry", "privacy_accesssubject"]
FREE = ["address", "reason"]  # Encrypted; the chain seals what they say.


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def columns_of(table):
    with connection.cursor() as cursor:
        return [
            column.name for column in connection.introspection.get_table_description(cursor, table)
        ]


@pytest.fixture
def entry(clock, db):
    return AccessEntryFactory(reason="확인")


def seal(**fields):
    fields = {
        "year": 2026,
        "destroyed_on": date(2029, 1, 1),
        "count": 1,
        "head_hash": "0" * 64,
        **fields,
    }
    with transaction.atomic():
        return AccessDestruction.objects.create(**fields)


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize("table", TABLES)
def test_no_column_of_the_log_can_be_changed(entry, table):
    for column in columns_of(table):
        if column not in FREE:
            with pytest.raises(DatabaseError, match=f"append-only table: {table}"):
                run(f"UPDATE {table} SET {column} = {column}")  # noqa: S608 (our own names)


def test_what_is_encrypted_can_be_encrypted_under_another_key(entry):
    run("UPDATE privacy_accessentry SET address = address, reason = reason")


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize("table", TABLES)
def test_no_row_of_the_log_can_be_deleted(entry, table):
    seal(year=2025, destroyed_on=date(2028, 1, 1))

    with pytest.raises(DatabaseError, match=f"append-only table: {table}"):
        run(f"DELETE FROM {table}")  # noqa: S608 (our own names)

    assert AccessEntry.objects.get().subjects.count() == 1


@pytest.mark.parametrize("table", [*TABLES, "privacy_accessdestruction"])
def test_the_log_cannot_be_emptied(entry, table):
    with pytest.raises(DatabaseError):
        run(f"TRUNCATE {table} CASCADE")


@pytest.mark.sqlite_smoke
def test_a_year_that_is_sealed_goes_whole(entry):
    seal()

    AccessSubject.objects.filter(year=2026).delete()
    AccessEntry.objects.filter(year=2026).delete()

    assert not AccessEntry.objects.exists()


@pytest.mark.sqlite_smoke
def test_no_year_is_sealed_before_two_whole_years_are_over(entry):
    with pytest.raises(DatabaseError, match="append-only table: privacy_accessdestruction"):
        seal(destroyed_on=date(2028, 12, 31))

    assert not AccessDestruction.objects.exists()


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize("change", ["UPDATE {} SET year = year", "DELETE FROM {}"])
def test_what_is_destroyed_stays_on_record(entry, change):
    seal()

    with pytest.raises(DatabaseError, match="append-only table: privacy_accessdestruction"):
        run(change.format("privacy_accessdestruction"))


def test_it_says_in_words_what_it_is(entry):
    assert str(entry) == "2026-11-24 03:00 detail petitions.signatures"
    assert str(entry.subjects.get()) == "s-1"
    assert str(seal()) == "2026"
