from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from petitions.models import BlockedAddress, CountDelta, Signature, Tally
from privacy.blind_index import address_index
from tests.factories.petitions import (
    BlockedAddressFactory,
    PetitionPageFactory,
    SignatureFactory,
    TallyFactory,
)

pytestmark = [pytest.mark.unit, pytest.mark.sqlite_smoke]

NOW = timezone.now()


@pytest.fixture
def row(petition_page):
    return SignatureFactory(petition=petition_page)


@pytest.mark.parametrize(
    "change",
    [
        {"status": "confirmed", "confirmed_at": None},
        {"anonymised_at": NOW},
        {"name": None},
        {"name_index": None},
        {"email": None},
        {"email_index": None},
        {"email_rule": None},
        {"status": "counted"},
        {"status_before": "counted"},
        {"name_display": ""},
        {"comment_status": "waiting"},
        {"comment": "말은 있으나 상태가 없습니다."},
        {"comment_status": "seen", "comment": "없는 상태입니다."},
        {"public_id": None},
        {"reference": None},
        {"region": None},
        {"created_at": None},
    ],
    ids=lambda change: "-".join(change),  # no moments in names: processes must agree on them
)
def test_the_database_refuses_a_row_that_cannot_be(row, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.filter(pk=row.pk).update(**change)


@pytest.mark.parametrize("kept", ["name", "name_index", "email", "email_index", "comment"])
def test_the_database_refuses_a_person_in_a_row_that_was_emptied(db, kept):
    row = SignatureFactory(withdrawn=True)
    value = address_index("x@mail.example") if kept.endswith("index") else "남은 것"
    changes = {kept: value} | ({"comment_status": "rejected"} if kept == "comment" else {})

    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.filter(pk=row.pk).update(**changes)


def test_every_status_that_the_code_knows_is_one_the_database_knows(row):
    rows = Signature.objects.filter(pk=row.pk)

    for status in Signature.Status:
        rows.update(status=status, status_before=status, confirmed_at=NOW)
    for display in Signature.NameDisplay:
        rows.update(name_display=display)
    for comment_status in set(Signature.CommentStatus) - {Signature.CommentStatus.NONE}:
        rows.update(comment_status=comment_status, comment="한마디")


def test_a_signature_costs_no_index_that_nothing_reads(db):
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, "petitions_signature")

    indexes = [c for c in constraints.values() if c["index"] or c["unique"]]
    assert sorted(tuple(c["columns"]) for c in indexes if not c["primary_key"]) == [
        ("comment_status", "created_at"),
        ("email_index",),
        ("name_index",),
        ("petition_id", "confirmed_at"),
        ("petition_id", "created_at"),
        ("petition_id", "email_index"),
        ("public_id",),
        ("reference",),
    ]


def test_an_address_signs_a_petition_once(row):
    with pytest.raises(IntegrityError), transaction.atomic():
        SignatureFactory(petition=row.petition, email=row.email.upper())

    SignatureFactory(
        petition=PetitionPageFactory(parent=row.petition.get_parent()), email=row.email
    )
    assert Signature.objects.count() == 2


def test_many_emptied_rows_may_stand_side_by_side(petition_page):
    SignatureFactory.create_batch(3, petition=petition_page, withdrawn=True)

    assert Signature.objects.count() == 3


@pytest.mark.parametrize("field", ["public_id", "reference"])
def test_public_names_are_given_once(row, field):
    with pytest.raises(IntegrityError), transaction.atomic():
        SignatureFactory(petition=row.petition, **{field: getattr(row, field)})


@pytest.mark.parametrize("change", [0, 2, -2])
def test_a_delta_is_one_step(row, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        CountDelta.objects.create(petition=row.petition, signature=row, change=change)


@pytest.mark.parametrize("field", ["online", "paper"])
def test_a_tally_is_never_below_zero(petition_page, field):
    with pytest.raises(DatabaseError), transaction.atomic():
        TallyFactory(petition=petition_page, **{field: -1})

    assert not Tally.objects.exists()


def test_an_address_is_blocked_once(db):
    blocked = BlockedAddressFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        BlockedAddressFactory(email_index=blocked.email_index)
    assert BlockedAddress.objects.count() == 1


def test_a_petition_with_signatures_is_not_deleted(row):
    with pytest.raises(IntegrityError), transaction.atomic():
        row.petition.delete()

    assert Signature.objects.filter(pk=row.pk).exists()


def test_a_row_is_called_by_its_reference(row):
    assert str(row) == row.reference


@pytest.mark.parametrize(
    ("status", "confirmed_after", "countable", "at_once"),
    [
        (Signature.Status.CONFIRMED, timedelta(), True, True),
        (Signature.Status.CONFIRMED, timedelta(seconds=1), True, False),
        (Signature.Status.UNCONFIRMED, timedelta(), False, False),
        (Signature.Status.INVALIDATED, timedelta(), False, False),
    ],
)
def test_what_counts_is_confirmed(status, confirmed_after, countable, at_once):
    row = Signature(status=status, created_at=NOW, confirmed_at=NOW + confirmed_after)

    assert (row.is_countable, row.counted_at_once) == (countable, at_once)


def test_questions_about_many_rows(petition_page):
    old = SignatureFactory(petition=petition_page, created_at=NOW - timedelta(days=2))
    new = SignatureFactory(petition=petition_page, confirmed=True, commented=True)
    first = SignatureFactory(
        petition=petition_page, confirmed=True, created_at=NOW - timedelta(days=1)
    )
    SignatureFactory(petition=petition_page, invalidated=True)

    rows = Signature.objects
    assert set(rows.confirmed()) == {first, new}
    assert list(rows.latest_first()) == [new, first]
    assert list(rows.unconfirmed_since(NOW - timedelta(days=1))) == [old]
    assert list(rows.unconfirmed_since(NOW - timedelta(days=2))) == []
    assert list(rows.with_published_comment()) == [new]
