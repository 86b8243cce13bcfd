from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.urls import reverse

from evidence.append_only import drop_statements
from evidence.services import check_everything
from privacy.models import AccessAction, AccessEntry
from tests.factories.accounts import UserFactory
from tests.factories.privacy import AccessEntryFactory

pytestmark = pytest.mark.integration

INDEX = "/admin/access-log/"


@pytest.fixture
def officer(client, db):
    """A browser of somebody who may read the log and sign it off, and nothing else."""
    user = UserFactory(last_name="한", first_name="가을")
    rights = ["access_admin", "view_accessentry", "view_accessreview", "add_accessreview"]
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(user)
    client.user = user
    return client


def shown(client, **filters):
    return [row.pk for row in client.get(INDEX, filters).context["object_list"]]


def test_the_log_shows_who_saw_what_and_when(clock, officer):
    user = UserFactory(last_name="오", first_name="겨울")
    AccessEntryFactory(user=user, action=AccessAction.EXPORT, count=1234)

    html = officer.get(INDEX).content.decode()

    assert "2026-11-24 12:00:00" in html
    assert "오겨울" in html
    assert "1234" in html


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(officer, rows, django_assert_num_queries):
    officer.get(INDEX)
    for _ in range(rows):
        AccessEntryFactory()

    with django_assert_num_queries(16):
        assert len(shown(officer)) == rows + 1


def test_entries_are_found_by_who_when_what_and_whose(clock, officer):
    clock.move_to("2026-10-01 03:00:00")
    old = AccessEntryFactory()
    clock.move_to("2026-11-24 03:00:00")
    one = AccessEntryFactory(action=AccessAction.EXPORT, data_set="forums.orders", subjects=["s-7"])
    officer.get(INDEX)

    assert shown(officer, user=old.user.pk) == [old.pk]
    assert shown(officer, accessed_at_to="2026-10-01") == [old.pk]
    assert shown(officer, action="export") == [one.pk]
    assert shown(officer, data_set="forums.orders") == [one.pk]
    assert shown(officer, subject=" s-7 ") == [one.pk]
    assert shown(officer, subject="s-8") == []


def test_who_reads_the_log_stands_in_it_once_a_day(clock, officer):
    for _ in range(2):
        officer.get(INDEX)
    clock.tick(timedelta(days=1))
    officer.force_login(officer.user)
    officer.get(reverse("access-reviews:index"))

    looks = AccessEntry.objects.filter(user=officer.user, data_set="privacy.accessentry")
    assert [look.accessed_at.day for look in looks.order_by("pk")] == [24, 25]


def test_an_entry_is_shown_with_from_where_whose_and_why(officer):
    entry = AccessEntryFactory(subjects=["s-1", "s-2"], reason="본인 확인 전화")

    html = officer.get(f"{INDEX}{entry.pk}/").content.decode()

    for said in ("203.0.113.7", "s-1", "s-2", "본인 확인 전화", entry.event.hash):
        assert said in html
    assert "help-critical" not in html


def test_an_entry_about_nobody_in_particular_says_so(officer):
    entry = AccessEntryFactory(subjects=())

    answer = officer.get(f"{INDEX}{entry.pk}/")

    assert answer.context["detail"].subjects == []


def test_of_many_people_the_first_are_listed(officer, monkeypatch):
    monkeypatch.setattr("privacy.presenters.SUBJECTS_SHOWN", 2)
    entry = AccessEntryFactory(subjects=["s-1", "s-2", "s-3"])

    detail = officer.get(f"{INDEX}{entry.pk}/").context["detail"]

    assert (detail.subjects, detail.number_of_subjects) == (["s-1", "s-2"], 3)


def test_there_is_no_entry_of_another_number(officer):
    assert officer.get(f"{INDEX}999999/").status_code == 404


@pytest.fixture
def forged(officer):
    """An entry whose reason and address somebody with the database's password changed."""
    entry = AccessEntryFactory(reason="확인")
    with connection.cursor() as cursor:
        for statement in drop_statements(connection.vendor, "privacy_accessentry"):
            cursor.execute(statement)
        cursor.execute("UPDATE privacy_accessentry SET address = reason")
    return entry


def test_an_entry_that_was_changed_or_cannot_be_read_says_so(officer, forged):
    answer = officer.get(f"{INDEX}{forged.pk}/")

    assert not answer.context["detail"].holds
    assert "help-critical" in answer.content.decode()
    assert "확인" in answer.content.decode()
    assert officer.get(INDEX).status_code == 200


def test_the_year_can_be_checked_at_once(officer):
    AccessEntryFactory()

    html = officer.post(f"{INDEX}check/", follow=True).content.decode()

    assert "온전합니다" in html or "is intact" in html


def test_the_check_names_the_first_link_that_does_not_hold(officer, forged):
    html = officer.post(f"{INDEX}check/", follow=True).content.decode()

    assert "#1" in html


def test_the_list_says_what_the_nightly_check_found(officer):
    AccessEntryFactory()
    assert officer.get(INDEX).context["last_check"] is None

    check_everything()

    assert officer.get(INDEX).context["last_check"].holds


def test_the_list_says_that_the_evidence_does_not_hold(officer, forged):
    check_everything()

    assert "help-critical" in officer.get(INDEX).content.decode()


@pytest.mark.parametrize(
    "address", [INDEX, "/admin/access-reviews/", "/admin/access-reviews/2026/1/"]
)
def test_nobody_else_reads_the_log(client, db, address):
    client.force_login(UserFactory(role="조정자"))

    assert client.get(address).status_code == 302
    assert not AccessEntry.objects.exists()


def test_without_the_log_the_log_is_not_shown(officer):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE privacy_accessentry RENAME TO privacy_gone")

    answer = officer.get(INDEX)

    assert answer.status_code == 503
