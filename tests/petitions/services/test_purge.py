from datetime import timedelta

import pytest
from django.utils import timezone

from petitions import services
from petitions.models import Signature
from privacy.models import ConsentRecord
from tests.factories.petitions import PetitionPageFactory, SignatureFactory
from tests.petitions.citizen import cleaned

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


def test_purge_goes_in_batches(db, monkeypatch):
    page = PetitionPageFactory()
    SignatureFactory.create_batch(5, petition=page, created_at=timezone.now() - timedelta(days=31))
    monkeypatch.setattr(services.purge, "BATCH", 2)

    assert [services.purge_unconfirmed() for _ in range(4)] == [2, 2, 1, 0]


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
