from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evidence.models import EventValues
from evidence.services import verify_chain
from messaging.models import OutboxMessage
from petitions import emails, services
from petitions.models import Signature
from privacy.models import ConsentRecord, Token
from tests.factories.petitions import PetitionPageFactory, SignatureFactory
from tests.petitions.citizen import attempt_key, cleaned

pytestmark = pytest.mark.unit


@pytest.mark.sqlite_smoke
def test_purge_deletes_what_nobody_confirmed_in_thirty_days(state, clock):
    services.sign_petition(state, cleaned())
    clock.tick(timedelta(days=30, seconds=1))
    kept = services.sign_petition(state, cleaned(email="later@mail.example"))

    assert services.purge_unconfirmed() == 1

    assert Signature.objects.get().public_id == kept.public_id
    standing = ConsentRecord.objects.filter(withdrawn_at=None)
    assert set(standing.values_list("subject", flat=True)) == {kept.public_id}


def test_purge_keeps_what_is_thirty_days_old(state, clock):
    services.sign_petition(state, cleaned())
    clock.tick(timedelta(days=30))

    assert services.purge_unconfirmed() == 0
    assert Signature.objects.count() == 1


@pytest.mark.parametrize("trait", ["confirmed", "invalidated", "withdrawn"])
def test_purge_leaves_other_statuses(db, trait):
    SignatureFactory(**{trait: True}, created_at=timezone.now() - timedelta(days=90))

    assert services.purge_unconfirmed() == 0
    assert Signature.objects.count() == 1


def test_purge_twice_finds_nothing_more(db):
    page = PetitionPageFactory()
    SignatureFactory.create_batch(3, petition=page, created_at=timezone.now() - timedelta(days=31))

    assert (services.purge_unconfirmed(), services.purge_unconfirmed()) == (3, 0)


@pytest.mark.parametrize(("rows", "batches"), [(5, 3), (3, 2), (1, 1)])
def test_purge_goes_on_in_batches_until_one_is_short(db, monkeypatch, rows, batches):
    page = PetitionPageFactory()
    SignatureFactory.create_batch(
        rows, petition=page, created_at=timezone.now() - timedelta(days=31)
    )
    monkeypatch.setattr(services.purge, "BATCH", 2)

    with CaptureQueriesContext(connection) as asked:
        assert services.purge_unconfirmed() == rows

    statements = [query["sql"] for query in asked]
    assert sum("SKIP LOCKED" in sql for sql in statements) == batches
    consents = [sql for sql in statements if 'UPDATE "privacy_consentrecord"' in sql]
    assert len(consents) == batches
    assert not Signature.objects.exists()


def test_purge_ends_when_its_time_is_up_and_goes_on_with_the_next_run(db, monkeypatch):
    page = PetitionPageFactory()
    SignatureFactory.create_batch(5, petition=page, created_at=timezone.now() - timedelta(days=31))
    monkeypatch.setattr(services.purge, "BATCH", 2)
    monkeypatch.setattr(services.purge, "LONGEST_SECONDS", -1)

    assert [services.purge_unconfirmed() for _ in range(4)] == [2, 2, 1, 0]


def test_purge_takes_links_mails_and_reasons_with_the_row(state, signature, petition_page):
    emails.answer_sign_attempt(attempt_key(petition_page))
    services.invalidate_signature(signature.public_id, actor="1", reason="전화 온 이웃")
    services.undo_status_change(signature.public_id, actor="1")
    OutboxMessage.objects.update(state=OutboxMessage.State.SENT, sent_at=timezone.now())
    Signature.objects.update(created_at=timezone.now() - timedelta(days=31))
    assert Token.objects.count() == 2

    assert services.purge_unconfirmed() == 1

    assert not Token.objects.exists()
    assert not OutboxMessage.objects.exists()
    assert not EventValues.objects.exists()
    assert verify_chain("signature", str(signature.public_id)).holds


def test_purge_waits_for_the_count(state, signature):
    services.confirm_by_staff(signature.public_id, actor="1", reason="전화로 확인")
    services.fold_counts()
    services.undo_status_change(signature.public_id, actor="1")
    Signature.objects.update(created_at=timezone.now() - timedelta(days=31))

    assert services.purge_unconfirmed() == 0
    services.fold_counts()
    assert services.purge_unconfirmed() == 1

    assert services.live_count(state.petition_id).confirmed == 0
    assert services.recount() == {}
