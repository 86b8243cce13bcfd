import pytest
from django.db import DatabaseError, connection, transaction

from evidence.append_only import AppendOnly, RefuseInsert, RefuseUnless
from tests.factories.evidence import EventFactory
from tests.factories.privacy import ConsentDefinitionFactory

UPDATE, DELETE = "UPDATE {} SET id = id", "DELETE FROM {}"
TABLES = ["evidence_event", "privacy_consentversion"]


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def rows_of(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608 (our own names)
        return cursor.fetchall()


@pytest.fixture
def rows(db):
    """Something in each table that could be changed."""
    EventFactory()
    ConsentDefinitionFactory()
    return {table: rows_of(table) for table in TABLES}


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", [UPDATE, DELETE])
def test_a_migrated_table_refuses_changes(rows, table, change):
    with pytest.raises(DatabaseError, match=f"append-only table: {table}"):
        run(change.format(table))

    assert rows[table] == rows_of(table) != []


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("how", ["", "CASCADE", "RESTART IDENTITY CASCADE"])
def test_a_migrated_table_refuses_to_be_emptied(rows, table, how):
    with pytest.raises(DatabaseError):
        run(f"TRUNCATE {table} {how}")

    assert rows[table] == rows_of(table) != []


@pytest.mark.parametrize("table", TABLES)
def test_no_setting_of_a_session_lifts_the_triggers(rows, table):
    run("SET LOCAL evidence.lifted = 'on'")

    with pytest.raises(DatabaseError, match="append-only"):
        run(DELETE.format(table))

    assert rows[table] == rows_of(table) != []


@pytest.mark.sqlite_smoke
@pytest.mark.django_db(transaction=True)
def test_the_operation_can_be_taken_back():
    operation = AppendOnly("tests_paper")
    run("CREATE TABLE tests_paper (id integer PRIMARY KEY)")
    run("INSERT INTO tests_paper VALUES (1)")
    try:
        with connection.schema_editor() as editor:
            operation.database_forwards("tests", editor, None, None)
        with pytest.raises(DatabaseError, match="append-only table: tests_paper"):
            run("DELETE FROM tests_paper")
        with connection.schema_editor() as editor:
            operation.database_backwards("tests", editor, None, None)
        run("DELETE FROM tests_paper")

        assert rows_of("tests_paper") == []
    finally:
        run("DROP TABLE tests_paper")


@pytest.mark.sqlite_smoke
@pytest.mark.django_db(transaction=True)
def test_the_refusal_of_rows_can_be_taken_back():
    never = dict.fromkeys(("postgresql", "sqlite"), "NEW.id < 0")
    operation = RefuseInsert("tests_paper", never)
    run("CREATE TABLE tests_paper (id integer PRIMARY KEY)")
    try:
        with connection.schema_editor() as editor:
            operation.database_forwards("tests", editor, None, None)
        with pytest.raises(DatabaseError, match="append-only table: tests_paper"):
            run("INSERT INTO tests_paper VALUES (1)")
        run("INSERT INTO tests_paper VALUES (-1)")
        with connection.schema_editor() as editor:
            operation.database_backwards("tests", editor, None, None)
        run("INSERT INTO tests_paper VALUES (1)")

        assert rows_of("tests_paper") == [(-1,), (1,)]
    finally:
        run("DROP TABLE tests_paper")


@pytest.mark.parametrize(
    ("operation", "arguments", "options", "told"),
    [
        (AppendOnly("a"), ["a"], {}, "Refuse changes to rows of a"),
        (AppendOnly("a", ["b"]), ["a"], {"columns": ["b"]}, "Refuse changes to rows of a"),
        (
            AppendOnly("a", deletable_if="1 = 0"),
            *(["a"], {"deletable_if": "1 = 0"}, "Refuse changes to rows of a"),
        ),
        (RefuseInsert("a", {}), ["a", {}], {}, "Refuse rows of a before their time"),
        (
            RefuseUnless("a", "UPDATE", {}),
            *(["a", "UPDATE", {}], {}, "Refuse update of a that may not be"),
        ),
    ],
)
def test_the_operations_can_be_written_into_a_migration(operation, arguments, options, told):
    assert operation.deconstruct() == (type(operation).__name__, arguments, options)
    assert operation.describe() == told
