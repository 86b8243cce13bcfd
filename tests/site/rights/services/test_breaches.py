"""A breach: 72 hours to tell people, and no end before all is told (PIPA art. 34)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from messaging.models import OutboxMessage
from messaging.services import deliver_due
from petitions.services import withdraw_signature
from rights import services
from rights.emails import tell_of_breach
from rights.exceptions import BreachClosedError, BreachIncompleteError, NoticeStaysError
from rights.models import BreachCase
from rights.models.breaches import ITEMS, SHOWN_FOR
from rights.services import breaches
from tests.factories.accounts import UserFactory
from tests.factories.breaches import BreachCaseFactory
from tests.factories.petitions import PetitionPageFactory, SignatureFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def case(db):
    return BreachCaseFactory()


def fresh(case):
    return BreachCase.objects.get(pk=case.pk)


@pytest.mark.parametrize("item", ITEMS)
def test_nobody_is_told_less_than_the_law_wants(case, item):
    """korea.md 3.10, test 19: refused before items 1 to 6 are filled."""
    BreachCase.objects.filter(pk=case.pk).update(**{item: " "})

    for step in (
        lambda: services.start_telling(case.pk, actor="1"),
        lambda: services.publish_notice(case.pk, actor="1"),
        lambda: services.close_case(case.pk, user=UserFactory(), outcome="leaked"),
    ):
        with pytest.raises(BreachIncompleteError) as refusal:
            step()
        assert refusal.value.missing == [item]
    assert fresh(case).told_at is None


@pytest.mark.sqlite_smoke
def test_a_case_closes_once_people_were_told(case):
    with pytest.raises(BreachIncompleteError):
        services.close_case(case.pk, user=UserFactory(), outcome="leaked")

    assert services.start_telling(case.pk, actor="1")
    assert not services.start_telling(case.pk, actor="1")
    services.close_case(case.pk, user=UserFactory(), outcome="leaked")

    assert fresh(case).closed_at
    with pytest.raises(BreachClosedError):
        services.start_telling(case.pk, actor="1")


@pytest.mark.parametrize(
    "why", [{"people_count": 1000}, {"is_sensitive": True}, {"is_intrusion": True}]
)
def test_what_must_be_reported_closes_with_the_number_of_the_report(case, why):
    BreachCase.objects.filter(pk=case.pk).update(**why)
    services.start_telling(case.pk, actor="1")

    with pytest.raises(BreachIncompleteError) as refusal:
        services.close_case(case.pk, user=UserFactory(), outcome="leaked")
    assert refusal.value.missing == ["report_reference"]

    BreachCase.objects.filter(pk=case.pk).update(report_reference="KISA-1")
    services.close_case(case.pk, user=UserFactory(), outcome="leaked")
    assert fresh(case).outcome == "leaked"


def test_what_turned_out_to_be_none_closes_at_once(db):
    case = BreachCaseFactory(bare=True)

    services.close_case(case.pk, user=UserFactory(), outcome="not_leaked")

    assert fresh(case).closed_at


def test_the_database_closes_no_case_that_tells_too_little(db):
    case = BreachCaseFactory(bare=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        BreachCase.objects.filter(pk=case.pk).update(closed_at=timezone.now(), outcome="leaked")


def test_the_clock_runs_for_72_hours(clock):
    case = BreachCaseFactory()
    clock.tick(timedelta(hours=72))
    assert not case.is_overdue

    clock.tick(timedelta(seconds=1))
    assert case.is_overdue
    services.publish_notice(case.pk, actor="1")
    assert not fresh(case).is_overdue


def test_everybody_is_mailed_once_however_often_it_runs(case, home_page, monkeypatch, mailoutbox):
    monkeypatch.setattr(breaches, "BATCH", 2)
    petition = PetitionPageFactory()
    rows = [SignatureFactory(petition=petition, confirmed=True) for _ in range(3)]
    services.start_telling(case.pk, actor="1")

    services.tell_people(case.pk)
    services.tell_people(case.pk)
    deliver_due()

    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(row.email for row in rows)
    assert all(case.remedies in mail.body for mail in mailoutbox)
    assert fresh(case).mailed == 3
    assert fresh(case).mailing_ended_at
    assert not any(
        row.email in message.subject for row in rows for message in OutboxMessage.objects.all()
    )


def test_who_left_meanwhile_gets_no_mail(case, home_page):
    row = SignatureFactory(petition=PetitionPageFactory(), confirmed=True)
    withdraw_signature(row.public_id)

    assert tell_of_breach(f"{case.pk}:{row.pk}") is None
    assert tell_of_breach(f"{case.pk}:0") is None
    assert tell_of_breach("0:1") is None


def test_a_notice_stays_for_thirty_days(case, client, clock):
    address = f"/breaches/{case.public_id}/"
    assert client.get(address).status_code == 404
    services.withdraw_notice(case.pk, actor="1")  # There is none: nothing happens.

    services.publish_notice(case.pk, actor="1")
    services.publish_notice(case.pk, actor="1")
    assert case.remedies in client.get(address).content.decode()
    with pytest.raises(NoticeStaysError):
        services.withdraw_notice(case.pk, actor="1")

    clock.tick(SHOWN_FOR)
    services.withdraw_notice(case.pk, actor="1")
    assert client.get(address).status_code == 404
