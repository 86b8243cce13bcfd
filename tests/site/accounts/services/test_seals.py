from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission

from accounts.emails import send_monthly_seal
from accounts.services import mail_monthly_seal
from evidence.models import DayHead
from evidence.services import close_day
from messaging.models import OutboxMessage
from tests.factories.accounts import UserFactory
from tests.factories.evidence import EventFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def officer(db):
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="add_accessreview"))
    return user


@pytest.fixture
def head(clock, officer):
    """The seal of 30 November; it is 1 December, and that day is sealed too."""
    EventFactory()
    clock.move_to("2026-11-30 15:30:00")
    return close_day()


def keys():
    return list(OutboxMessage.objects.values_list("purpose", "subject"))


def test_the_officer_gets_the_last_seal_of_the_month_once(clock, officer, head):
    UserFactory()
    left = UserFactory(administrator=True, is_active=False)

    assert mail_monthly_seal() == 1
    clock.tick(timedelta(days=1))
    close_day()
    assert mail_monthly_seal() == 0

    assert keys() == [("accounts.monthly_seal", f"{officer.pk}:2026-11-30")]
    assert str(left.pk) not in keys()[0][1].partition(":")[0]


def test_the_mail_says_day_and_number(officer, head, settings):
    mail = send_monthly_seal(f"{officer.pk}:2026-11-30")

    assert mail.to == officer.email
    for text in (mail.text, mail.html):
        assert head.hash in text
        assert "2026년" in text
        assert "/verify/log/" in text


def test_later_in_the_month_nothing_is_mailed(clock, head):
    clock.tick(timedelta(days=7))

    assert mail_monthly_seal() == 0


def test_without_a_seal_nothing_is_mailed(clock, officer):
    clock.move_to("2026-12-01 03:00:00")

    assert mail_monthly_seal() == 0


def test_nothing_is_sent_to_who_left_or_about_a_day_without_a_seal(officer, head):
    assert send_monthly_seal(f"{officer.pk}:2026-11-29") is None
    officer.is_active = False
    officer.save()

    assert send_monthly_seal(f"{officer.pk}:2026-11-30") is None
    assert DayHead.objects.count() == 1
