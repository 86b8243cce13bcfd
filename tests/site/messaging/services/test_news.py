import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from messaging import emails, services
from messaging.models import NewsChoice, OutboxMessage, Subscriber
from messaging.registry import find_addresses, known_address
from privacy.addresses import canonical_email
from privacy.blind_index import blind_index
from privacy.models import ConsentRecord
from tests.factories.messaging import SubscriberFactory, SuppressionFactory
from tests.factories.privacy import ConsentDefinitionFactory, ConsentRecordFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

EMAIL = "garam@mail.example"
INDEX = blind_index("email", canonical_email(EMAIL))


def told():
    """What the result mails that wait say: what was chosen, and to whom they go."""
    waiting = OutboxMessage.objects.filter(purpose=emails.NEWS_RESULT).order_by("created_at")
    choices = [NewsChoice.objects.get(pk=mail.subject) for mail in waiting]
    return [(choice.wants, choice.email) for choice in choices]


@pytest.mark.sqlite_smoke
def test_who_agrees_is_subscribed_and_told_so_once(clock):
    subject = uuid.uuid4()
    for _time in range(2):
        services.subscribe(EMAIL, subject)

    row = Subscriber.objects.get()
    assert (row.email, row.subject, bytes(row.email_index)) == (EMAIL, subject, INDEX)
    assert (row.agreed_at, row.confirm_by) == (timezone.now(), date(2028, 11, 24))
    assert told() == [(True, EMAIL)]
    assert OutboxMessage.objects.get().next_attempt_at <= timezone.now() + timedelta(days=14)


def test_a_new_consent_begins_a_new_period_and_ends_a_refusal(clock):
    SuppressionFactory(email_index=INDEX)
    services.subscribe(EMAIL, uuid.uuid4())
    assert not services.has_stopped_news(INDEX)
    clock.tick(timedelta(days=400))
    second = uuid.uuid4()

    services.subscribe(EMAIL, second)

    row = Subscriber.objects.get()
    assert (row.subject, row.confirm_by) == (second, date(2029, 12, 29))
    assert told() == [(True, EMAIL)] * 2


@pytest.mark.sqlite_smoke
def test_who_stops_is_out_everywhere_and_told_so_once():
    """Legal acceptance test 16: the result notice of an unsubscription without a log-in."""
    row = SubscriberFactory(email=EMAIL)
    record = ConsentRecordFactory(subject=row.subject)

    for _time in range(2):
        services.stop_news(INDEX)

    assert not Subscriber.objects.exists()
    assert services.has_stopped_news(INDEX)
    record.refresh_from_db()
    assert not record.stands
    assert told() == [(False, EMAIL)]


def test_a_refusal_of_a_mailbox_without_subscription_is_told_where_it_is_known(monkeypatch):
    monkeypatch.setattr("messaging.registry.address_finders", [lambda _index: None])
    services.stop_news(INDEX)
    assert told() == []
    monkeypatch.setattr("messaging.registry.address_finders", [lambda _index: EMAIL])
    services.stop_news(INDEX)
    assert told() == []  # It was stopped before.

    services.resume_news(INDEX)
    services.stop_news(INDEX)
    assert told() == [(False, EMAIL)]


def test_the_first_room_that_knows_an_address_says_it(monkeypatch):
    finders = []
    monkeypatch.setattr("messaging.registry.address_finders", finders)
    assert known_address(INDEX) is None

    find_addresses(lambda _index: None)
    find_addresses(lambda _index: EMAIL)

    assert known_address(INDEX) == EMAIL


def test_a_subscription_moves_with_its_owner():
    row, other = SubscriberFactory(email="old@mail.example"), SubscriberFactory()
    services.move_subscriber(uuid.uuid4(), EMAIL)
    services.move_subscriber(row.subject, EMAIL)
    row.refresh_from_db()
    assert (row.email, bytes(row.email_index)) == (EMAIL, INDEX)

    services.move_subscriber(row.subject, other.email)

    assert Subscriber.objects.get() == other


@pytest.mark.sqlite_smoke
def test_consents_are_told_again_every_two_years(clock):
    """Legal acceptance test 18: the job lists due subscribers, each once per period."""
    row = SubscriberFactory(email=EMAIL)
    SubscriberFactory(agreed_at=timezone.now() + timedelta(days=1))
    clock.move_to("2028-10-24 03:00:00")  # 31 days before
    assert services.remind_subscribers() == 0

    clock.tick(timedelta(days=1))
    assert list(Subscriber.objects.to_be_asked(date(2028, 11, 24))) == [row]
    assert [services.remind_subscribers() for _time in range(2)] == [1, 0]

    row.refresh_from_db()
    assert (row.asked_at, row.confirm_by) == (timezone.now(), date(2030, 11, 24))
    mail = OutboxMessage.objects.get()
    assert (mail.purpose, mail.subject, mail.bulk) == (emails.NEWS_REMINDER, str(row.pk), True)
    clock.move_to("2030-10-25 03:00:00")
    assert services.remind_subscribers() == 1 + 1
    assert Subscriber.objects.get(pk=row.pk).confirm_by == date(2032, 11, 24)


def test_a_mailbox_that_cannot_be_reached_is_asked_once_it_can(clock):
    row = SubscriberFactory()
    SuppressionFactory(
        email_index=row.email_index, bounced=True, expires_at=timezone.now() + timedelta(days=720)
    )
    clock.move_to("2028-11-10 03:00:00")
    assert services.remind_subscribers() == 0

    clock.tick(timedelta(days=10))
    assert services.remind_subscribers() == 1


def test_batches_go_on_until_none_is_left(clock, monkeypatch):
    monkeypatch.setattr("messaging.services.news.BATCH", 2)
    SubscriberFactory.create_batch(5)
    clock.move_to("2029-02-28 03:00:00")

    assert services.remind_subscribers() == 5
    assert OutboxMessage.objects.count() == 5
    assert not Subscriber.objects.filter(confirm_by__lt=date(2030, 1, 1)).exists()


def test_the_29th_of_february_is_told_by_the_28th(clock):
    clock.move_to("2028-02-29 03:00:00")
    services.subscribe(EMAIL, uuid.uuid4())

    assert Subscriber.objects.get().confirm_by == date(2030, 2, 28)


def build(purpose, subject):
    builder = {
        emails.NEWS_RESULT: emails.tell_news_choice,
        emails.NEWS_REMINDER: emails.remind_of_consent,
    }
    return builder[purpose](subject)


@pytest.mark.parametrize("wants", [True, False])
def test_the_result_says_who_what_and_when(clock, wants):
    choice = NewsChoice.objects.create(
        email=EMAIL, email_index=INDEX, wants=wants, chosen_at=timezone.now()
    )

    mail = build(emails.NEWS_RESULT, str(choice.pk))

    assert mail.to == EMAIL
    for text in (mail.text, mail.html):
        assert "2026년 11월 24일" in text.replace("\u00a0", " ")
        assert "연대" in text
        assert "/t/u/" in text
    assert "List-Unsubscribe" not in mail.headers
    assert build(emails.NEWS_RESULT, str(uuid.uuid4())) is None


def test_the_reminder_says_who_when_and_how_to_stop(clock):
    row = SubscriberFactory(email=EMAIL)

    mail = build(emails.NEWS_REMINDER, str(row.pk))

    assert mail.to == EMAIL
    for text in (mail.text, mail.html):
        assert "2026년 11월 24일" in text.replace("\u00a0", " ")
        assert "/t/u/" in text
    assert "List-Unsubscribe" in mail.headers
    Subscriber.objects.all().delete()
    assert build(emails.NEWS_REMINDER, str(row.pk)) is None


def test_nothing_but_the_news_consent_is_taken_back():
    row = SubscriberFactory(email=EMAIL)
    ConsentRecordFactory(subject=row.subject)
    text = ConsentDefinitionFactory(slug="collection").versions.get()
    other = ConsentRecordFactory(subject=row.subject, version=text)

    assert [services.unsubscribe(INDEX) for _time in range(2)] == [True, False]

    assert ConsentRecord.objects.get(withdrawn_at=None) == other
