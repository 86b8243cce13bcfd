from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from evidence.models import EventValues
from evidence.services import verify_chain
from messaging.models import OutboxMessage
from petitions import emails, services
from petitions.models import Signature
from petitions.services import purge
from privacy.models import ConsentRecord, Token
from rights.services import destroy_due
from tests.factories.petitions import PetitionPageFactory, SignatureFactory
from tests.petitions.citizen import attempt_key, cleaned

pytestmark = pytest.mark.unit


def delete_due(limit=100):
    """One batch of the daily job, without the other rules."""
    now = timezone.now()
    with transaction.atomic():
        due = purge.unconfirmed_due(now, held=(), after="", limit=limit)
        return purge.delete_unconfirmed([row.key for row in due], now)


@pytest.mark.sqlite_smoke
def test_what_nobody_confirmed_in_thirty_days_goes(state, clock):
    services.sign_petition(state, cleaned())
    clock.tick(timedelta(days=30, seconds=1))
    kept = services.sign_petition(state, cleaned(email="later@mail.example"))

    destroy_due()

    assert Signature.objects.get().public_id == kept.public_id
    standing = ConsentRecord.objects.filter(withdrawn_at=None)
    assert set(standing.values_list("subject", flat=True)) == {kept.public_id}


def test_what_is_thirty_days_old_stays(state, clock):
    services.sign_petition(state, cleaned())
    clock.tick(timedelta(days=30))

    assert delete_due() == []
    assert Signature.objects.count() == 1


@pytest.mark.parametrize("trait", ["confirmed", "invalidated", "withdrawn"])
def test_other_statuses_stay(db, trait):
    SignatureFactory(**{trait: True}, created_at=timezone.now() - timedelta(days=90))

    assert delete_due() == []
    assert Signature.objects.count() == 1


def test_twice_finds_nothing_more_and_held_petitions_stay(db):
    page = PetitionPageFactory()
    rows = SignatureFactory.create_batch(
        3, petition=page, created_at=timezone.now() - timedelta(days=31)
    )
    now = timezone.now()
    held = purge.unconfirmed_due(now, held={str(page.pk)}, after="", limit=9)
    rest = purge.unconfirmed_due(now, held=(), after=str(rows[0].pk), limit=9)

    assert (held, [row.key for row in rest]) == ([], [str(row.pk) for row in rows[1:]])
    assert [row.reference for row in delete_due()] == [row.reference for row in rows]
    assert delete_due() == []


def test_links_mails_and_reasons_go_with_the_row(state, signature, petition_page):
    emails.answer_sign_attempt(attempt_key(petition_page))
    services.invalidate_signature(signature.public_id, actor="1", reason="전화 온 이웃")
    services.undo_status_change(signature.public_id, actor="1")
    OutboxMessage.objects.update(state=OutboxMessage.State.SENT, sent_at=timezone.now())
    Signature.objects.update(created_at=timezone.now() - timedelta(days=31))
    assert Token.objects.count() == 2

    assert len(delete_due()) == 1

    assert not Token.objects.exists()
    assert not OutboxMessage.objects.exists()
    assert not EventValues.objects.filter(event__subject_type="signature").exists()
    assert verify_chain("signature", str(signature.public_id)).holds


def test_a_row_waits_for_the_count(state, signature):
    services.confirm_by_staff(signature.public_id, actor="1", reason="전화로 확인")
    services.fold_counts()
    services.undo_status_change(signature.public_id, actor="1")
    Signature.objects.update(created_at=timezone.now() - timedelta(days=31))

    assert delete_due() == []
    services.fold_counts()
    assert len(delete_due()) == 1

    assert services.live_count(state.petition_id).confirmed == 0
    assert services.recount() == {}


def test_the_outlook_says_what_goes_on_which_day(db, clock):
    page = PetitionPageFactory()
    SignatureFactory.create_batch(2, petition=page)
    SignatureFactory(petition=page, created_at=timezone.now() - timedelta(days=40))

    outlook = list(purge.unconfirmed_outlook(date(2026, 12, 24)))
    assert {(row.day, row.count, row.scope) for row in outlook} == {
        (date(2026, 12, 24), 2, str(page.pk)),
        (date(2026, 11, 14), 1, str(page.pk)),
    }
    assert len(list(purge.unconfirmed_outlook(date(2026, 12, 23)))) == 1
