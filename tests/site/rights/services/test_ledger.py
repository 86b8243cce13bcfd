import uuid
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone, translation

from evidence.append_only import create_statements, drop_statements
from evidence.services import record_event
from rights.models import DestructionRecord
from rights.registry import DueRow, label_of
from rights.services import check_ledger
from rights.services.ledger import write_ledger
from tests.factories.rights import make_rule

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

TABLE = "rights_destructionrecord"


def write(count=2, scope=""):
    at = datetime(2026, 11, 1, tzinfo=UTC)
    with transaction.atomic():
        write_ledger(
            uuid.uuid4(), make_rule(None), [DueRow(str(n), at, scope) for n in range(count)]
        )


def tamper(statement, table=TABLE):
    """What somebody with the database's password could do."""
    with connection.cursor() as cursor:
        for lift in drop_statements(connection.vendor, table):
            cursor.execute(lift)
        cursor.execute(statement)
        for trigger in create_statements(connection.vendor, table):
            cursor.execute(trigger)


@pytest.fixture
def year(clock):
    return timezone.localdate().year


def test_one_line_for_each_part(year):
    at = datetime(2026, 11, 1, tzinfo=UTC)
    rows = [DueRow("1", at, "7"), DueRow("2", at, "8"), DueRow("3", at, "7")]

    write_ledger(uuid.uuid4(), make_rule(None), rows)

    lines = DestructionRecord.objects.order_by("scope")
    assert [(line.scope, line.count) for line in lines] == [("7", 2), ("8", 1)]
    assert check_ledger(year) == check_ledger(year)
    assert (check_ledger(year).holds, check_ledger(year).length) == (True, 2)


def test_nothing_gone_writes_nothing(year):
    write(count=0)

    assert not DestructionRecord.objects.exists()
    assert check_ledger(year).holds


def test_the_words_are_in_the_language_of_the_site(db):
    with translation.override("en"):
        write()
        assert str(label_of(make_rule(None))) == "tests.papers"

    assert DestructionRecord.objects.get().data_set_label == "tests.papers"


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize(
    "statement",
    ["UPDATE rights_destructionrecord SET count = 1", "DELETE FROM rights_destructionrecord"],
)
def test_lines_cannot_be_changed_or_deleted(year, statement):
    write()

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE rights_destructionrecord SET count = 1", "changed"),
        ("UPDATE rights_destructionrecord SET legal_basis = '다른 법'", "changed"),
        ("DELETE FROM rights_destructionrecord WHERE count = 3", "missing"),
    ],
)
def test_whatever_is_changed_behind_our_back_shows(year, statement, fault):
    write()
    write(count=3)
    assert check_ledger(year).holds

    tamper(statement)

    assert check_ledger(year).fault == fault


def test_a_seal_without_its_line_shows(year):
    write()
    record_event(subject_type="destruction", subject_id=str(year), kind="x", actor="x", values={})

    assert check_ledger(year).fault == "missing"


def test_a_broken_chain_shows(year):
    write()

    tamper("UPDATE evidence_event SET actor = 'somebody'", "evidence_event")

    assert check_ledger(year).fault == "changed"
