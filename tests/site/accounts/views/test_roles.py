from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.defaults import (
    ADMINISTRATOR,
    AUDITOR,
    CAMPAIGNER,
    EDITOR,
    MODERATOR,
    OFFICER,
    PRESETS,
    REGIONAL,
)
from accounts.models import Grant, RightsChange
from accounts.panels import todo_items
from accounts.services import last_review
from tests.factories.accounts import GrantFactory, UserFactory, limit_to

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LIST = "/admin/roles/"


@pytest.fixture
def keeper(client):
    """A browser of the 최고관리자, who is no superuser."""
    client.user = UserFactory(role=ADMINISTRATOR)
    client.force_login(client.user)
    return client


@pytest.fixture
def officer(client):
    client.user = UserFactory(role=OFFICER)
    client.force_login(client.user)
    return client


@pytest.fixture
def somebody():
    return UserFactory(last_name="한", first_name="이음", role=EDITOR)


def give(browser, user, role, **fields):
    key = Group.objects.get(name=role).pk
    fields = {"role": key, "reason": "휴가 대신", **fields}
    return browser.post(f"{LIST}{user.pk}/give/", fields)


def roles_of(user):
    return {group.name for group in user.groups.all()}


def in_days(number):
    return (timezone.localdate() + timedelta(days=number)).isoformat()


def test_a_role_for_two_weeks_by_one_form(keeper, somebody):
    response = give(keeper, somebody, CAMPAIGNER, ends_on=in_days(13))

    assert response["Location"] == f"{LIST}{somebody.pk}/"
    grant = Grant.objects.get()
    assert timezone.localtime(grant.ends_at).isoformat().startswith(f"{in_days(14)}T00:00:00")
    assert (grant.granted_by, grant.reason) == (keeper.user, "휴가 대신")
    assert roles_of(somebody) == {EDITOR, CAMPAIGNER}
    text = keeper.get(f"{LIST}{somebody.pk}/").content.decode()
    assert "휴가 대신" in text
    assert f"<li>{CAMPAIGNER}</li>" not in text


def test_a_role_in_a_region(keeper, somebody, region):
    give(keeper, somebody, REGIONAL, scope=f"region:{region.code}")

    assert str(Grant.objects.get()) == f"{REGIONAL} ({region.name})"


def test_a_role_may_begin_another_day(keeper, somebody):
    give(keeper, somebody, CAMPAIGNER, starts_on=in_days(2), ends_on=in_days(3))

    assert roles_of(somebody) == {EDITOR}
    assert Grant.objects.get().is_waiting


@pytest.mark.parametrize(
    ("role", "fields", "field"),
    [
        (CAMPAIGNER, {}, "ends_on"),
        (CAMPAIGNER, {"ends_on": "2020-01-01"}, "ends_on"),
        (CAMPAIGNER, {"ends_on": "2099-01-01", "starts_on": "2099-02-01"}, "ends_on"),
        (CAMPAIGNER, {"ends_on": "2099-01-01", "reason": " "}, "reason"),
        (CAMPAIGNER, {"ends_on": "2099-01-01", "reason": "\u200b"}, "reason"),
        (REGIONAL, {"ends_on": "2099-01-01"}, "scope"),
        (EDITOR, {"ends_on": "2099-01-01"}, "role"),
        (CAMPAIGNER, {"scope": "region:999"}, "scope"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(keeper, somebody, role, fields, field):
    response = give(keeper, somebody, role, **fields)

    assert list(response.context["give_form"].errors) == [field]
    assert not Grant.objects.exists()


def test_taken_back_with_a_reason(keeper, somebody):
    give(keeper, somebody, CAMPAIGNER, ends_on=in_days(13))
    address = f"{LIST}grants/{Grant.objects.get().pk}/take-back/"

    refused = keeper.post(address, {"reason": ""})
    [(_grant, form)] = refused.context["grants"]
    assert "reason" in form.errors
    keeper.post(address, {"reason": "복귀"})
    keeper.post(address, {"reason": "한 번 더"})

    assert roles_of(somebody) == {EDITOR}
    kinds = RightsChange.objects.filter(subject_id=f"user-{somebody.pk}").values_list("kind")
    assert list(kinds).count(("grant_taken_back",)) == 1


@pytest.mark.parametrize("preset", PRESETS)
def test_a_small_office_by_one_press(keeper, preset):
    user = UserFactory()

    assert keeper.post(f"{LIST}{user.pk}/preset/", {"preset": preset}).status_code == 200
    keeper.post(f"{LIST}{user.pk}/preset/", {"preset": preset, "reason": "개소"})

    assert roles_of(user) == set(PRESETS[preset].roles)
    change = RightsChange.objects.get(subject_id=f"user-{user.pk}")
    assert (change.actor, change.payload.values["reason"]) == (str(keeper.user.pk), "개소")


def test_the_officer_reviews_and_gives_nothing(officer, somebody):
    assert [item.url for item in todo_items(officer.user)] == [LIST]
    assert give(officer, somebody, CAMPAIGNER, ends_on=in_days(3)).status_code == 302
    assert not Grant.objects.exists()

    response = officer.post(LIST, {"note": "퇴사자 없음"})

    assert response["Location"] == LIST
    review = last_review()
    assert review.actor == str(officer.user.pk)
    assert f"한이음: {EDITOR}" in review.payload.values["what"]
    assert todo_items(officer.user) == []


def test_a_review_is_due_again_after_a_quarter(clock, officer):
    officer.post(LIST, {})
    clock.tick(timedelta(days=92))

    assert [item.url for item in todo_items(officer.user)] == [LIST]


def test_the_auditor_reads_and_signs_nothing(client, somebody):
    client.force_login(UserFactory(role=AUDITOR))

    assert "한이음" in client.get(LIST).content.decode()
    assert client.get(f"{LIST}{somebody.pk}/").status_code == 200
    assert client.get("/admin/rights-changes/").status_code == 200
    assert client.post(LIST, {}).status_code == 302
    assert last_review() is None


@pytest.mark.parametrize("role", [EDITOR, CAMPAIGNER, MODERATOR])
def test_others_are_shown_nothing(client, somebody, role):
    client.force_login(UserFactory(role=role))

    for address in (LIST, f"{LIST}{somebody.pk}/", "/admin/rights-changes/"):
        assert client.get(address).status_code == 302


def test_a_closed_account_is_given_nothing(keeper):
    user = UserFactory(is_active=False)

    assert keeper.get(f"{LIST}{user.pk}/").status_code == 200
    assert give(keeper, user, EDITOR, ends_on=in_days(3)).status_code == 404


def test_what_ends_in_three_days_stands_on_the_first_screen(keeper, somebody):
    campaigner = Group.objects.get(name=CAMPAIGNER)
    soon, later = timezone.now() + timedelta(days=2), timezone.now() + timedelta(days=4)
    GrantFactory(user=somebody, group=campaigner, ends_at=soon)
    GrantFactory(user=UserFactory(), group=campaigner, ends_at=later)

    for user, url in ((keeper.user, f"{LIST}{somebody.pk}/"), (somebody, "/admin/account/")):
        [item] = [item for item in todo_items(user) if item.due_at == soon]
        assert (item.url, "한이음" in item.label) == (url, True)
    assert not [item for item in todo_items(keeper.user) if item.due_at == later]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_for_three_people_as_for_one(
    keeper, region, django_assert_num_queries, number
):
    for _ in range(number):
        limit_to(UserFactory(role=EDITOR), MODERATOR, region)
    keeper.get(LIST)

    with django_assert_num_queries(15):
        keeper.get(LIST)


def test_changes_are_told_in_words(keeper, somebody):
    group = Group.objects.get(name=EDITOR)
    group.permissions.clear()
    somebody.groups.clear()

    text = keeper.get("/admin/rights-changes/").content.decode()

    assert "한이음" in text
    assert "home.change_sitesettings" not in text
    assert keeper.get("/admin/rights-changes/?kind=role_taken").context["items_count"] == 1
