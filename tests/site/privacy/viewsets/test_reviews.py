from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection

from desk.panels import TodoItem
from privacy.models import AccessAction, AccessReview
from privacy.panels import todo_items
from tests.factories.accounts import UserFactory
from tests.factories.privacy import AccessEntryFactory

pytestmark = pytest.mark.integration

INDEX = "/admin/access-reviews/"
OCTOBER = f"{INDEX}2026/10/"


@pytest.fixture
def log(clock, db):
    """October: at noon, at night, an export, many at once."""
    user = UserFactory(last_name="오", first_name="겨울")
    for moment, fields in [
        ("10-05 03:00", {}),
        ("10-06 13:00", {}),
        ("10-07 03:00", {"action": AccessAction.EXPORT, "count": 7}),
        ("10-08 20:59", {"action": AccessAction.LIST, "count": 501}),
        ("10-09 21:00", {"action": AccessAction.LIST, "count": 500}),
    ]:
        clock.move_to(f"2026-{moment}:00")
        AccessEntryFactory(user=user, **fields)
    clock.move_to("2026-11-24 03:00:00")
    return user


@pytest.fixture
def officer(client, db):
    user = UserFactory(last_name="한", first_name="가을")
    rights = ["access_admin", "view_accessentry", "view_accessreview", "add_accessreview"]
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(user)
    client.user = user
    return client


def test_a_month_shows_who_did_what_how_often(log, officer):
    report = officer.get(OCTOBER).context["report"]

    assert [
        (line["who"], line["action"], line["times"], line["people"]) for line in report.by_person
    ] == [
        ("오겨울", "detail", 2, 2),
        ("오겨울", "list", 2, 1001),
        ("오겨울", "export", 1, 7),
    ]
    assert report.count == 5


def test_a_line_leads_to_its_entries(log, officer):
    line = officer.get(OCTOBER).context["report"].by_person[0]

    assert len(officer.get(line["url"]).context["object_list"]) == 2


def test_what_is_unusual_is_listed_with_the_reasons(log, officer):
    report = officer.get(OCTOBER).context["report"]

    told = [(line["entry"].accessed_at.day, len(line["because"])) for line in report.unusual]
    assert told == [(8, 2), (7, 1), (6, 1)]
    assert report.number_unusual == 3


@pytest.mark.parametrize("rows", [1, 3])
def test_a_month_costs_the_same_however_much_it_held(
    clock, officer, rows, django_assert_num_queries
):
    for _ in range(rows):
        AccessEntryFactory(action=AccessAction.EXPORT)
    officer.get(f"{INDEX}2026/11/")

    with django_assert_num_queries(16):
        officer.get(f"{INDEX}2026/11/")


def test_a_month_is_signed_off(log, officer):
    answer = officer.post(OCTOBER, {"note": "내보내기 1건, 전달용. 이상 없음"}, follow=True)

    review = AccessReview.objects.get()
    assert (str(review), review.count, review.reviewer) == ("2026-10", 5, officer.user)
    assert "전달용" in answer.content.decode()
    assert not answer.context["can_sign"]
    assert "한가을" in officer.get(INDEX).content.decode()


def test_a_sign_off_says_what_was_looked_at(log, officer):
    answer = officer.post(OCTOBER, {"note": " "})

    assert answer.context["form"].errors["note"]
    assert not AccessReview.objects.exists()


def test_a_second_sign_off_changes_nothing(log, officer):
    for note in ("첫째", "둘째"):
        answer = officer.post(OCTOBER, {"note": note}, follow=True)

    assert AccessReview.objects.get().note == "첫째"
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_the_running_month_can_be_read_and_not_signed_off(log, officer):
    november = f"{INDEX}2026/11/"

    assert not officer.get(november).context["can_sign"]
    officer.post(november, {"note": "이상 없음"})

    assert not AccessReview.objects.exists()


@pytest.mark.parametrize("month", ["2026/12", "2026/13", "0/1"])
def test_there_is_no_such_month(clock, officer, month):
    assert officer.get(f"{INDEX}{month}/").status_code == 404


def test_who_may_only_read_the_log_cannot_sign_it_off(log, officer):
    officer.user.user_permissions.remove(Permission.objects.get(codename="add_accessreview"))

    assert not officer.get(OCTOBER).context["can_sign"]
    assert officer.post(OCTOBER, {"note": "이상 없음"}).status_code == 302
    assert not AccessReview.objects.exists()


def test_a_note_that_cannot_be_read_hides_no_month(log, officer):
    officer.post(OCTOBER, {"note": "이상 없음"})
    with connection.cursor() as cursor:
        cursor.execute("UPDATE privacy_accessreview SET note = 'lost:key'")

    answer = officer.get(OCTOBER)

    assert (answer.status_code, "이상 없음" in answer.content.decode()) == (200, False)


def test_months_that_wait_stand_on_the_first_screen(clock, log, officer):
    item = todo_items(officer.user)[0]

    assert (item.url, item.due_at.isoformat()) == (OCTOBER, "2026-11-10T23:59:00+09:00")
    assert item.note
    clock.move_to("2026-11-10 14:58:00")
    assert todo_items(officer.user)[0].note == ""


def test_nobody_else_is_told_of_them(log):
    assert todo_items(UserFactory()) == []


def test_the_oldest_months_are_told(clock, log, officer):
    clock.tick(timedelta(days=150))

    items: list[TodoItem] = todo_items(officer.user)

    assert [item.url[-8:] for item in items] == ["2026/10/", "2026/11/", "2026/12/"]
