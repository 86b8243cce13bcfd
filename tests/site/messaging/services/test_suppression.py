from datetime import timedelta

import pytest
from django.utils import timezone

from messaging.models import Suppression
from messaging.registry import listen_to_news_choices, news_listeners
from messaging.services import has_stopped_news, is_suppressed, resume_news, stop_news, suppress
from tests.factories.messaging import SuppressionFactory

ALL, NEWS = Suppression.Scope.ALL, Suppression.Scope.NEWS
BOUNCED, DENIED = Suppression.Reason.BOUNCED, Suppression.Reason.DENIED
INDEX, OTHER = b"i" * 32, b"o" * 32


@pytest.fixture
def heard():
    """What a room that listens to choices of news was told."""
    told = []

    def listener(index, wanted):
        told.append((bytes(index), wanted))

    listen_to_news_choices(listener)
    yield told

    news_listeners.remove(listener)


@pytest.mark.sqlite_smoke
def test_who_stopped_news_gets_personal_mail_only(db, heard):
    stop_news(INDEX)
    stop_news(INDEX)

    assert is_suppressed(INDEX, bulk=True) is True
    assert is_suppressed(INDEX, bulk=False) is False
    assert is_suppressed(OTHER, bulk=True) is False
    assert has_stopped_news(INDEX) is True
    assert has_stopped_news(OTHER) is False
    assert heard == [(INDEX, False), (INDEX, False)]
    assert Suppression.objects.count() == 1


def test_news_can_be_taken_up_again(db, heard):
    stop_news(INDEX)
    stop_news(OTHER)

    resume_news(INDEX)
    resume_news(INDEX)

    assert is_suppressed(INDEX, bulk=True) is False
    assert has_stopped_news(OTHER) is True
    assert heard[-2:] == [(INDEX, True), (INDEX, True)]


def test_resuming_news_opens_no_address_that_bounced(db):
    suppress(INDEX, ALL, BOUNCED)
    stop_news(INDEX)

    resume_news(INDEX)

    assert is_suppressed(INDEX, bulk=True) is True
    assert has_stopped_news(INDEX) is False


def test_a_listener_that_fails_leaves_the_choice_undone(db):
    def fail(_index, _wanted):
        raise ZeroDivisionError

    listen_to_news_choices(fail)
    try:
        with pytest.raises(ZeroDivisionError):
            stop_news(INDEX)
    finally:
        news_listeners.remove(fail)

    assert has_stopped_news(INDEX) is False


@pytest.mark.parametrize("bulk", [True, False])
def test_all_mail_is_held_back(db, bulk):
    suppress(INDEX, ALL, DENIED)

    assert is_suppressed(INDEX, bulk=bulk) is True


def test_a_hold_ends_at_its_end(db, clock):
    suppress(INDEX, ALL, BOUNCED, timezone.now() + timedelta(days=30))

    clock.tick(timedelta(days=30) - timedelta(seconds=1))
    assert is_suppressed(INDEX, bulk=False) is True
    clock.tick(timedelta(seconds=1))
    assert is_suppressed(INDEX, bulk=False) is False


def test_the_last_end_counts_and_the_first_day_stays(db, clock):
    suppress(INDEX, ALL, BOUNCED, timezone.now() + timedelta(days=1))
    since = timezone.now()
    clock.tick(timedelta(hours=1))

    suppress(INDEX, ALL, BOUNCED, None)

    row = Suppression.objects.get()
    assert (row.created_at, row.expires_at) == (since, None)


def test_a_row_names_no_address():
    row = SuppressionFactory.build(bounced=True)

    assert str(row) == f"{row.get_scope_display()} ({row.get_reason_display()})"
