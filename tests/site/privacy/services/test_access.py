import threading
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from evidence.models import Event, EventValues
from evidence.services import ChainCheck, digest_values, verify_chain
from privacy.exceptions import AccessLogUnavailableError
from privacy.models import AccessAction, AccessEntry, AccessSubject
from privacy.services import accesses_about, record_access
from tests.factories.accounts import UserFactory
from tests.factories.privacy import AccessEntryFactory

REASON = "본인 확인 전화"


@pytest.mark.sqlite_smoke
def test_an_access_is_written_with_who_when_from_where_whose_what_and_why(clock, db):
    user = UserFactory()

    record_access(
        user=user,
        address="203.0.113.7",
        action=AccessAction.FULL,
        data_set="petitions.signatures",
        subjects=["s-2", "s-1", "s-2"],
        reason=REASON,
    )

    entry = AccessEntry.objects.get()
    assert (entry.user, entry.address, entry.action) == (user, "203.0.113.7", "full")
    assert (entry.data_set, entry.count, entry.reason) == ("petitions.signatures", 2, REASON)
    assert entry.accessed_at == datetime(2026, 11, 24, 3, tzinfo=UTC)
    assert sorted(entry.subjects.values_list("subject", flat=True)) == ["s-1", "s-2"]


def test_the_count_can_be_told_where_not_each_person_is_named(db):
    assert AccessEntryFactory(subjects=(), count=1200).count == 1200
    assert AccessEntryFactory(subjects=()).count == 0


def test_each_entry_is_sealed_on_the_chain_of_its_korean_year(clock, db):
    clock.move_to("2026-12-31 14:59:59")
    old = AccessEntryFactory()
    clock.move_to("2026-12-31 15:00:00")
    new, newer = AccessEntryFactory(), AccessEntryFactory()

    assert [entry.year for entry in (old, new, newer)] == [2026, 2027, 2027]
    assert verify_chain("access", "2026") == ChainCheck(1)
    assert verify_chain("access", "2027") == ChainCheck(2)
    assert newer.event.previous_hash == new.event.hash


def test_the_chain_holds_a_salted_digest_and_nothing_else_of_it(db):
    user = UserFactory()
    entry = AccessEntryFactory(user=user, reason=REASON)

    event = Event.objects.get(subject_type="access")
    assert event.values_digest == digest_values(
        entry.salt,
        {
            **{"user": user.pk, "address": "203.0.113.7", "action": "detail", "count": 1},
            **{"data_set": "petitions.signatures", "subjects": ["s-1"], "reason": REASON},
        },
    )
    assert (event.kind, event.actor) == ("access", "system")
    assert not EventValues.objects.exists()


def test_the_database_never_sees_address_and_reason(db):
    entry = AccessEntryFactory(reason=REASON)

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM privacy_accessentry")
        row = str(cursor.fetchall())
    assert "petitions.signatures" in row
    assert entry.address not in row
    assert REASON not in row


def test_text_typed_in_another_unicode_form_is_sealed_as_it_is_stored(db):
    entry = AccessEntryFactory(reason=unicodedata.normalize("NFD", REASON), address="가" * 80)

    assert entry.reason == AccessEntry.objects.get().reason == REASON
    assert entry.address == AccessEntry.objects.get().address == "가" * 64


@pytest.mark.parametrize("people", [1, 3, 300])
def test_an_access_costs_at_most_six_statements(db, people):
    user = UserFactory()

    with CaptureQueriesContext(connection) as queries:
        AccessEntryFactory(user=user, subjects=[f"s-{n}" for n in range(people)])

    said = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(said) == (5 if connection.vendor == "postgresql" else 4)


@pytest.mark.sqlite_smoke
def test_without_the_log_nothing_goes_on(db):
    user = UserFactory()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE privacy_accesssubject RENAME TO privacy_gone")

    with pytest.raises(AccessLogUnavailableError):
        AccessEntryFactory(user=user)

    assert not AccessEntry.objects.exists()
    assert not Event.objects.filter(subject_type="access").exists()


def test_who_looked_at_somebody_is_found_newest_first(db):
    first = AccessEntryFactory(subjects=("s-1", "s-2"))
    AccessEntryFactory(subjects=("s-3",))
    last = AccessEntryFactory(subjects=("s-2",))

    assert list(accesses_about(["s-2"])) == [last, first]
    assert list(accesses_about(["s-1", "s-2"])) == [last, first]
    assert list(accesses_about(["s-4"])) == []


def test_an_account_that_saw_data_cannot_be_deleted(db):
    entry = AccessEntryFactory()

    with pytest.raises(ProtectedError):
        entry.user.delete()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_members_of_staff_at_once_are_all_written_down():
    user, together = UserFactory(), threading.Barrier(4)

    def look(number):
        together.wait(timeout=30)
        try:
            for _ in range(5):
                AccessEntryFactory(user=user, subjects=(f"s-{number}",))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(look, range(4)))

    year = str(AccessEntry.objects.first().year)
    assert verify_chain("access", year) == ChainCheck(20)
    assert AccessSubject.objects.count() == 20
