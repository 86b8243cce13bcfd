import uuid
from datetime import datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from accounts.defaults import CAMPAIGNER, OFFICER
from petitions.models import Signature
from rights.models import RetentionHold
from rights.panels import todo_items
from rights.registry import DueRow
from rights.services import LedgerCheck, destroy_due, place_hold
from rights.services.ledger import write_ledger
from schedule.models import Job
from tests.factories.accounts import UserFactory
from tests.factories.petitions import PetitionPageFactory, SignatureFactory
from tests.factories.rights import make_rule

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

SCREENS = ["retention_calendar", "retention_today", "retention_log", "retention_log_print"]
OLD = timedelta(days=800)


@pytest.fixture
def director(client):
    user = UserFactory(role=OFFICER)
    client.force_login(user)
    return user


@pytest.fixture
def over(db):
    """Three signatures that were never handed over, more than two years old."""
    page = PetitionPageFactory(title="오래된 서명")
    return SignatureFactory.create_batch(
        3, petition=page, confirmed=True, created_at=timezone.now() - OLD, name="고유이름"
    )


def text_of(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return " ".join((soup.select_one("main") or soup).get_text(" ", strip=True).split())


@pytest.mark.parametrize("screen", SCREENS)
def test_who_may_read_retention_reads_it_and_nobody_else(client, over, screen, director):
    response = client.get(reverse(screen))
    assert response.status_code == 200
    assert "고유이름" not in response.content.decode()

    client.force_login(UserFactory(role=CAMPAIGNER))
    assert client.get(reverse(screen)).status_code == 302
    client.force_login(director)
    assert client.post(reverse(screen)).status_code == 405


def test_the_calendar_says_what_is_due_by_petition(client, director, over):
    text = text_of(client.get(reverse("retention_calendar")))

    assert "오래된 서명" in text
    assert "3" in text


def test_the_dry_run_lists_references_and_touches_nothing(client, director, over):
    text = text_of(client.get(reverse("retention_today")))

    assert all(row.reference in text for row in over)
    assert Signature.objects.with_person().count() == 3


def test_nothing_due_is_said_as_well(client, director):
    assert client.get(reverse("retention_today")).context["total"] == 0


def test_the_log_shows_what_went(client, director, over):
    destroy_due()

    for screen in ("retention_log", "retention_log_print"):
        response = client.get(reverse(screen))
        assert "오래된 서명" in text_of(response)
        assert response.context["check"].holds


def test_a_log_that_was_tampered_with_says_so(client, director, monkeypatch):
    monkeypatch.setattr(
        "rights.views.retention.services.check_ledger", lambda year: LedgerCheck(year, 1, "changed")
    )
    response = client.get(reverse("retention_log"))

    assert response.context["fault"]
    assert str(response.context["fault"]) in text_of(response)


@pytest.mark.parametrize("asked", ["", "2020", "x", "²"])
def test_an_odd_year_is_this_year(client, director, asked):
    response = client.get(reverse("retention_log"), {"year": asked, "p": "nan"})

    assert response.context["year"] == timezone.localdate().year


def test_earlier_years_can_be_chosen_and_long_logs_paged(client, director, clock):
    clock.move_to(datetime(2025, 5, 5))
    for number in range(101):
        write_ledger(uuid.uuid4(), make_rule(None), [DueRow(str(number), timezone.now())])
    clock.move_to(datetime(2026, 5, 5))

    response = client.get(reverse("retention_log"), {"year": "2025", "p": "2"})

    assert response.context["years"] == [2026, 2025]
    assert len(response.context["lines"]) == 1


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_is_the_same(
    client, director, screen, rows, django_assert_max_num_queries
):
    page = PetitionPageFactory()
    SignatureFactory.create_batch(rows, petition=page, created_at=timezone.now() - OLD)
    for number in range(rows):
        write_ledger(
            uuid.uuid4(), make_rule(None), [DueRow(str(number), timezone.now(), str(rows))]
        )
    client.get(reverse(screen))

    with django_assert_max_num_queries(64):  # Each rule asks of its own rows.
        client.get(reverse(screen))


def test_a_hold_is_placed_and_lifted(client, director, over):
    part = f"petitions.signatures:{over[0].petition_id}"
    client.post(reverse("place_hold"), {"part": part, "reason": "무효 확인 소송"})
    hold = RetentionHold.objects.in_force().get()
    assert (hold.reason, hold.placed_by) == ("무효 확인 소송", director)
    text = text_of(client.get(reverse("retention_calendar")))
    assert "무효 확인 소송" in text

    client.post(reverse("place_hold"), {"part": part, "reason": "두 번"})
    client.post(reverse("lift_hold", args=[hold.pk]), {"lift-reason": ""})
    assert RetentionHold.objects.in_force().count() == 1
    for _time in range(2):
        client.post(reverse("lift_hold", args=[hold.pk]), {"lift-reason": "판결"})
    assert not RetentionHold.objects.in_force().exists()


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("", "소송"),
        ("petitions.signatures:", ""),
        ("nothing:", "소송"),
        ("mail:", "900101-1234567"),
    ],
)
def test_a_hold_without_reason_or_part_is_refused_and_keeps_what_was_typed(
    client, director, part, reason
):
    response = client.post(reverse("place_hold"), {"part": part, "reason": reason})

    assert response.status_code == 422
    assert response.context["form"]["reason"].value() == reason
    assert not RetentionHold.objects.exists()


def test_who_only_reads_places_no_hold(client, over):
    user = UserFactory()
    for name in ("access_admin", "view_destructionrecord"):
        user.user_permissions.add(Permission.objects.get(codename=name))
    client.force_login(user)
    hold = place_hold("mail", "", reason="소송", user=user)

    assert client.get(reverse("retention_calendar")).context["form"] is None
    client.post(reverse("place_hold"), {"part": "links:", "reason": "x"})
    client.post(reverse("lift_hold", args=[hold.pk]), {"lift-reason": "x"})
    assert RetentionHold.objects.in_force().get() == hold


def items(user):
    return [(item.label, item.number) for item in todo_items(user)]


def test_the_first_screen_says_when_the_job_fares_badly(db, clock, over):
    director = UserFactory(role=OFFICER)
    [(label, number)] = items(director)
    assert number == 1
    assert items(UserFactory(role=CAMPAIGNER)) == []

    now = timezone.now()
    job = Job.objects.create(
        name="rights.destroy_due", next_run_at=now, last_finished_at=now, last_error="Error"
    )
    assert items(director)[0][1] is None
    job.last_error = ""
    job.save()
    destroy_due()
    assert items(director) == []
    clock.tick(timedelta(days=2, seconds=1))
    assert len(items(director)) == 1
    Job.objects.update(last_finished_at=None)
    assert len(items(director)) == 1
    Job.objects.update(next_run_at=timezone.now())
    assert items(director) == []
    assert label
