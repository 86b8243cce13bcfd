"""A signer's news: from the confirmation until their own word, whatever becomes of the signature."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from messaging.models import NewsChoice, Subscriber
from messaging.services import has_stopped_news, resume_news, stop_news
from petitions import services
from petitions.models import Signature
from petitions.services import news
from privacy.blind_index import address_index
from privacy.models import ConsentRecord, ConsentVersion
from privacy.services import choose_consent
from rights.registry import NotTheirsError, data_set_named
from rights.services import destroy_due
from tests.factories.petitions import PetitionPageFactory, SignatureFactory
from tests.factories.privacy import ConsentRecordFactory
from tests.petitions.citizen import EMAIL, cleaned

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

INDEX = address_index(EMAIL)


@pytest.fixture
def reader(state):
    """A signer who agreed to news and confirmed."""
    attempt = services.sign_petition(state, cleaned(consent_news=True))
    services.confirm_signature(attempt.public_id)
    return Signature.objects.get()


def agreed(signature):
    """Let a row of a factory agree to news."""
    version = ConsentVersion.objects.get(definition__slug="news")
    ConsentRecordFactory(subject=signature.public_id, version=version)
    return signature


def choices():
    return list(NewsChoice.objects.order_by("chosen_at").values_list("wants", flat=True))


def stands(signature):
    records = ConsentRecord.objects.filter(subject=signature.public_id, slug="news")
    return any(record.stands for record in records)


@pytest.mark.sqlite_smoke
def test_who_agreed_gets_news_once_the_signature_is_confirmed(state):
    attempt = services.sign_petition(state, cleaned(consent_news=True))
    assert not Subscriber.objects.exists()

    for _time in range(2):
        services.confirm_signature(attempt.public_id)

    row = Subscriber.objects.get()
    assert (row.email, row.subject) == (EMAIL, attempt.public_id)
    assert choices() == [True]


def test_who_did_not_agree_gets_none(state, counted_signature):
    news.begin_news(counted_signature)

    assert not Subscriber.objects.exists()


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize("leave", [services.withdraw_signature, services.deny_signature])
def test_who_leaves_is_off_the_list_and_told_so(reader, leave):
    """Legal acceptance test 6: a withdrawn signature vanishes from mail lists."""
    for _time in range(2):
        leave(reader.public_id)

    assert not Subscriber.objects.exists()
    assert choices() == [True, False]
    assert NewsChoice.objects.get(wants=False).email == EMAIL
    assert not stands(reader)


def test_who_also_agreed_elsewhere_stays_on_the_list(reader):
    other = agreed(SignatureFactory(email=EMAIL, confirmed=True))

    services.withdraw_signature(reader.public_id)

    assert Subscriber.objects.get().subject == other.public_id
    services.withdraw_signature(other.public_id)
    assert not Subscriber.objects.exists()


def test_leaving_with_a_signature_under_which_no_news_is_sent_changes_nothing(reader):
    other = SignatureFactory(email=EMAIL, confirmed=True)

    services.withdraw_signature(other.public_id)
    other.refresh_from_db()
    news.end_news(other)

    assert Subscriber.objects.get().subject == reader.public_id


def test_the_consent_by_itself_begins_and_ends_news(counted_signature):
    version = ConsentVersion.objects.get(definition__slug="news")
    other = ConsentVersion.objects.get(definition__slug="display")
    choose_consent(counted_signature.public_id, other, "x", agreed=True)
    choose_consent(uuid.uuid4(), version, "x", agreed=True)
    assert not Subscriber.objects.exists()

    choose_consent(counted_signature.public_id, version, "x", agreed=True)
    assert Subscriber.objects.get().subject == counted_signature.public_id
    choose_consent(counted_signature.public_id, version, "x", agreed=False)

    assert not Subscriber.objects.exists()
    assert choices() == [True, False]


def test_the_consent_of_an_unconfirmed_signature_waits(signature):
    version = ConsentVersion.objects.get(definition__slug="news")

    choose_consent(signature.public_id, version, "x", agreed=True)
    assert not Subscriber.objects.exists()

    services.confirm_signature(signature.public_id)
    assert Subscriber.objects.exists()


@pytest.mark.sqlite_smoke
def test_stopping_all_news_takes_back_each_consent_and_resuming_gives_the_last_again(reader):
    later = agreed(SignatureFactory(email=EMAIL, confirmed=True))

    for _time in range(2):
        stop_news(INDEX)
    assert (stands(reader), stands(later)) == (False, False)
    assert not Subscriber.objects.exists()
    for _time in range(2):
        resume_news(INDEX)

    assert (stands(reader), stands(later)) == (False, True)
    assert Subscriber.objects.get().subject == later.public_id
    assert choices() == [True, False, True]


def test_resuming_without_any_consent_subscribes_nobody(counted_signature):
    stop_news(INDEX)
    assert choices() == [False]  # The mailbox is known by its signature.

    resume_news(INDEX)

    assert not Subscriber.objects.exists()


def test_an_address_is_found_as_long_as_somebody_signed_with_it(counted_signature):
    assert news.find_address(INDEX) == EMAIL
    services.withdraw_signature(counted_signature.public_id)
    assert news.find_address(INDEX) is None


@pytest.mark.sqlite_smoke
def test_who_counts_at_once_is_gathered_by_the_nightly_job(state_at_once, clock):
    attempt = services.sign_petition(state_at_once, cleaned(consent_news=True))
    services.sign_petition(state_at_once, cleaned(email="b@mail.example"))
    refused = services.sign_petition(
        state_at_once, cleaned(email="c@mail.example", consent_news=True)
    )
    stop_news(address_index("c@mail.example"))
    choose_consent(
        refused.public_id, ConsentVersion.objects.get(definition__slug="news"), "x", agreed=True
    )
    stop_news(address_index("c@mail.example"))
    ConsentRecord.objects.filter(subject=refused.public_id, slug="news").update(withdrawn_at=None)
    Subscriber.objects.all().delete()

    assert [news.gather_subscribers() for _time in range(2)] == [1, 0]

    row = Subscriber.objects.get()
    assert (row.subject, row.agreed_at) == (attempt.public_id, timezone.now())


def test_gathering_goes_on_in_batches_and_looks_a_month_back(db, monkeypatch):
    monkeypatch.setattr(news, "BATCH", 1)
    page = PetitionPageFactory()
    for _number in range(3):
        agreed(SignatureFactory(petition=page, confirmed=True))
    agreed(
        SignatureFactory(
            petition=page, confirmed=True, created_at=timezone.now() - timedelta(days=31)
        )
    )

    assert news.gather_subscribers() == 3


def test_news_goes_to_the_new_address_of_a_signer(reader):
    services.move_signature(reader.public_id, "new@mail.example")

    assert Subscriber.objects.get().email == "new@mail.example"


@pytest.mark.sqlite_smoke
def test_news_outlive_the_signature_that_was_told_a_shorter_period(reader, petition_page, clock):
    clock.move_to(datetime(2029, 1, 1, 4, tzinfo=ZoneInfo("Asia/Seoul")))

    destroy_due()

    reader.refresh_from_db()
    assert (reader.email, stands(reader)) == (None, True)
    assert Subscriber.objects.get().email == EMAIL
    others = ConsentRecord.objects.filter(subject=reader.public_id, withdrawn_at=None)
    assert list(others.values_list("slug", flat=True)) == ["news"]
    stop_news(INDEX)
    assert not stands(reader)


@pytest.mark.parametrize("way", ["withdraw", "erase"])
def test_what_is_held_for_news_is_shown_and_ends_at_its_owners_word(reader, way):
    data_set = data_set_named("news")
    [held] = data_set.find(EMAIL)
    assert [fact.value for fact in held.facts] == [EMAIL]
    assert set(held.mail_keys) == {held.key, str(NewsChoice.objects.get().pk)}
    for address, key in ((EMAIL, "0"), (EMAIL, "x"), ("other@mail.example", held.key)):
        with pytest.raises(NotTheirsError):
            getattr(data_set, way)(address, key)

    getattr(data_set, way)(EMAIL, held.key)

    assert data_set.find(EMAIL) == []
    assert choices() == [True, False]
    assert has_stopped_news(INDEX) == (way == "withdraw")
