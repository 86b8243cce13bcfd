from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from campaigns.forums import emails, services
from campaigns.forums.models import ForumPage
from messaging.models import OutboxMessage
from tests.campaigns.forums.participant import payment_of
from tests.factories.forums import ForumPageFactory
from tests.factories.orders import make_confirmed_order, make_order

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def forum(clock, home_page):
    """On the 8th of December; to be paid until the 6th."""
    return ForumPageFactory()


def morning(day, days):
    at = day + timedelta(days=days)
    return timezone.make_aware(datetime.combine(at, time(10)))


def asked_for(purpose):
    return list(OutboxMessage.objects.filter(purpose=purpose).values_list("subject", flat=True))


@pytest.mark.sqlite_smoke
def test_who_has_not_paid_is_reminded_once_the_day_before(forum, clock):
    order, paid = make_order(forum), make_confirmed_order(forum, email="b@mail.example")
    due = timezone.localdate(payment_of(order).due_at)

    clock.move_to(morning(due, -2))
    assert services.remind_payers() == 0
    clock.move_to(morning(due, -1))
    assert [services.remind_payers(), services.remind_payers()] == [1, 0]
    clock.move_to(morning(due, 0))
    assert services.remind_payers() == 0

    assert asked_for(emails.ORDER_DUE) == [str(order.public_id)]
    assert str(paid.public_id) not in asked_for(emails.ORDER_DUE)


def test_who_has_just_been_told_is_not_reminded(forum, clock):
    due = timezone.localdate(forum.payment_due_at)
    clock.move_to(morning(due, -1))
    make_order(forum)

    assert services.remind_payers() == 0


@pytest.mark.sqlite_smoke
def test_who_comes_is_reminded_once_the_day_before(forum, clock):
    order = make_confirmed_order(forum)
    make_order(forum, email="b@mail.example")  # not paid
    make_confirmed_order(forum, email="")  # nowhere to write to
    day = timezone.localdate(ForumPage.objects.get(pk=forum.pk).starts_at)

    clock.move_to(morning(day, -2))
    assert services.remind_participants() == 0
    clock.move_to(morning(day, -1))
    assert [services.remind_participants(), services.remind_participants()] == [1, 0]

    assert asked_for(emails.FORUM_NEAR) == [str(order.public_id)]


def test_nobody_is_reminded_of_what_does_not_take_place(forum, clock):
    make_confirmed_order(forum)
    order = make_order(forum, email="b@mail.example")
    ForumPage.objects.update(change=ForumPage.Change.POSTPONED)

    clock.move_to(morning(timezone.localdate(payment_of(order).due_at), -1))
    assert services.remind_payers() == 0
    clock.move_to(morning(timezone.localdate(ForumPage.objects.get().starts_at), -1))
    assert services.remind_participants() == 0


@pytest.mark.parametrize("number", [1, 3])
def test_many_are_found_in_few_queries(number, forum, clock, django_assert_max_num_queries):
    for each in range(number):
        make_confirmed_order(forum, email=f"{each}@mail.example")
    clock.move_to(morning(timezone.localdate(ForumPage.objects.get().starts_at), -1))

    with django_assert_max_num_queries(7 + number):  # a row in the outbox for each
        assert services.remind_participants() == number


def test_the_mails_say_what_is_needed(forum, clock):
    waiting = make_order(forum)
    mail = emails.remind_of_payment(str(waiting.public_id))
    for part in (mail.text, mail.html):
        assert all(words in part for words in ("000-12-345678", "20,000", waiting.reference))

    order = make_confirmed_order(forum, email="b@mail.example", people=("한가람", "두나래"))
    ForumPage.objects.update(place_detail="한마당역 2번 출구", online_url="https://meet.example/a")
    mail = emails.remind_of_forum(str(order.public_id))
    assert mail.text.count("/t/e/") == 2
    for part in (mail.text, mail.html):
        assert "한마당역 2번 출구" in part
        assert "https://meet.example/a" in part
    assert "한가람" not in mail.subject


def test_what_is_settled_meanwhile_needs_no_mail(forum, clock):
    order = make_confirmed_order(forum)

    assert emails.remind_of_payment(str(order.public_id)) is None
    services.cancel_order(order, actor="1")
    assert emails.remind_of_forum(str(order.public_id)) is None
