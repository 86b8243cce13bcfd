"""Answers and comments, and powers of attorney, as staff see and decide about them."""

import base64
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.pledges.models import Delegation, DemandAnswer, Invitation, PowerOfAttorney
from campaigns.pledges.services.demands import current_versions, demands_asked
from privacy.models import AccessAction, AccessEntry
from tests.factories.accounts import UserFactory
from tests.factories.pledge_countersigning import respondent_of, response_of
from tests.factories.pledge_demands import demand_set

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
ANSWERS, DELEGATIONS = "/admin/responses/", "/admin/delegations/"


@pytest.fixture
def staff(client):
    client.user = UserFactory(role="정책협약 담당")
    client.force_login(client.user)
    return client


@pytest.fixture
def answer(election):
    demand_set(election)
    respondent = respondent_of(election)
    versions = current_versions(respondent)
    response = response_of(respondent)
    response.versions.set(versions)
    return DemandAnswer.objects.create(
        response=response,
        demand=demands_asked(versions)[0],
        choice="accept_partly",
        comment="절반만 하겠습니다.",
        answered_at=timezone.now(),
    )


@pytest.fixture
def delegation(election):
    invitation = Invitation.objects.create(
        respondent=respondent_of(election), role="delegate", channel="mail", made_at=timezone.now()
    )
    delegation = Delegation.objects.create(
        invitation=invitation,
        name="라온제나",
        title="정책팀장",
        proof="document",
        document_sha256="a" * 64,
    )
    power = base64.b64encode(b"%PDF-1.7 power").decode()
    PowerOfAttorney.objects.create(delegation=delegation, content=power)
    return delegation


def step(browser, answer, name, **data):
    return browser.post(f"{ANSWERS}{answer.response.pk}/{name}/", {"answer": answer.pk, **data})


def test_a_comment_is_kept_back_with_a_reason_and_let_go(staff, answer):
    page = step(staff, answer, "hold")
    assert page.status_code == 422
    assert page.context["held_answer"] == answer.pk

    step(staff, answer, "hold", reason="다른 사람을 비방합니다.")
    answer.refresh_from_db()
    assert answer.held_reason == "다른 사람을 비방합니다."
    assert AccessEntry.objects.latest("pk").action == AccessAction.CHANGE

    page = staff.get(f"{ANSWERS}{answer.response.pk}/").content.decode()
    assert "다른 사람을 비방합니다." in page
    assert "절반만 하겠습니다." in page

    step(staff, answer, "release")
    answer.refresh_from_db()
    assert answer.held_reason == ""


def test_the_list_finds_those_with_a_comment_kept_back(staff, answer):
    assert "한가람" in staff.get(ANSWERS).content.decode()
    assert list(staff.get(f"{ANSWERS}?held=on").context["object_list"]) == []
    step(staff, answer, "hold", reason="확인 중입니다.")

    assert list(staff.get(f"{ANSWERS}?held=on").context["object_list"]) == [answer.response]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_for_one_and_three(
    staff, election, count, django_assert_num_queries
):
    for number in range(count):
        response_of(respondent_of(election, f"후보{number}"))
    staff.get(ANSWERS)
    with django_assert_num_queries(20):
        staff.get(ANSWERS)


def test_answers_are_opened_again_for_one(staff, answer):
    assert step(staff, answer, "reopen", reason="이유").status_code == 422
    until = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    step(staff, answer, "reopen", reason="사무국 실수로 링크가 늦었습니다.", until=until)
    step(staff, answer, "reopen", reason="다시", until=until)

    answer.response.refresh_from_db()
    assert answer.response.state == "reopened"
    assert answer.response.respondent.notes.count() == 1
    page = staff.get(f"{ANSWERS}{answer.response.pk}/")
    assert "reopen" not in page.context


def test_comments_of_others_and_unknown_steps_are_not_found(staff, answer):
    answer.pk += 1
    assert step(staff, answer, "hold", reason="이유").status_code == 404
    assert step(staff, answer, "praise").status_code == 404
    assert staff.get(f"{ANSWERS}{answer.response.pk + 1}/").status_code == 404


def test_representatives_see_no_answers(client, answer):
    client.force_login(UserFactory(role="연대회의 대표"))
    assert client.get(ANSWERS)["Location"] == reverse("wagtailadmin_home")


def test_two_people_look_at_a_power_of_attorney(staff, delegation, client):
    url = f"{DELEGATIONS}{delegation.pk}/"
    assert "라**나" in staff.get(DELEGATIONS).content.decode()
    assert staff.get(f"{url}file/").content == b"%PDF-1.7 power"
    assert AccessEntry.objects.latest("pk").action == AccessAction.FULL
    staff.post(f"{url}check/")
    staff.post(f"{url}check/")
    delegation.refresh_from_db()
    assert (delegation.first_check_by, delegation.is_proved) == (staff.user, False)
    assert staff.get(url).context["waits_for_another"]

    client.force_login(UserFactory(role="정책협약 담당"))
    assert "라온제나" in client.get(url).content.decode()
    client.post(f"{url}check/")
    client.post(f"{url}check/")
    delegation.refresh_from_db()
    assert delegation.is_proved
    assert not client.get(url).context["may_check"]


def test_whoever_only_reads_gets_no_file_and_a_masked_name(client, delegation):
    client.force_login(UserFactory(role="캠페인 담당"))
    url = f"{DELEGATIONS}{delegation.pk}/"
    page = client.get(url).content.decode()
    assert "라온제나" not in page
    assert client.get(f"{url}file/").status_code == 404
    client.post(f"{url}check/")
    delegation.refresh_from_db()
    assert delegation.first_check_by is None
    assert client.get(f"{DELEGATIONS}{delegation.pk + 1}/").status_code == 404
