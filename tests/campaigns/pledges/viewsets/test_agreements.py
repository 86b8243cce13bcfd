"""Staff's list of agreements and what they may do with one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.defaults import EDITOR
from campaigns.pledges.models import PublicNote, VoidProposal
from privacy.models import AccessAction, AccessEntry
from tests.factories.accounts import UserFactory
from tests.factories.pledge_countersigning import (
    Side,
    concluded_agreement,
    respondent_of,
    waiting_agreement,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
LIST = "/admin/agreements/"


@pytest.fixture
def staff(client):
    client.user = UserFactory(role="정책협약 담당")
    client.force_login(client.user)
    return client


@pytest.fixture
def waiting(election):
    return waiting_agreement(respondent_of(election))


@pytest.fixture
def in_force(election):
    return concluded_agreement(respondent_of(election), UserFactory(role="연대회의 대표"))


def step(staff, agreement, name, **data):
    return staff.post(f"{LIST}{agreement.pk}/{name}/", data)


def test_an_editor_is_sent_back(client, waiting):
    client.force_login(UserFactory(role=EDITOR))
    for url in (LIST, f"{LIST}{waiting.pk}/"):
        assert client.get(url)["Location"] == reverse("wagtailadmin_home")


def test_the_list_is_logged_and_filters(staff, waiting):
    assert waiting.number in staff.get(LIST).content.decode()
    entry = AccessEntry.objects.get(action=AccessAction.LIST)
    assert (entry.data_set, entry.user_id) == ("pledges.agreements", staff.user.pk)

    assert waiting.number not in staff.get(f"{LIST}?state=void").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_for_one_and_three(
    staff, election, count, django_assert_num_queries
):
    for number in range(count):
        waiting_agreement(respondent_of(election, f"후보{number}"))
    staff.get(LIST)
    with django_assert_num_queries(20):
        staff.get(LIST)


def test_a_delegates_name_is_masked(staff, election):
    agreement = waiting_agreement(respondent_of(election, "남궁바다"), side=Side.DELEGATE)
    agreement.signatures.update(name="라온제나")

    page = staff.get(f"{LIST}{agreement.pk}/").content.decode()

    assert "라온제나" not in page
    assert "라**나" in page
    assert AccessEntry.objects.latest("pk").action == AccessAction.DETAIL


def test_a_refusal_needs_a_reason_and_is_public(staff, waiting):
    assert step(staff, waiting, "refuse").status_code == 422
    assert step(staff, waiting, "refuse", reason="이 후보를 지지합니다").status_code == 422
    step(staff, waiting, "refuse", reason="수용한 요구가 정한 수보다 적습니다.")

    waiting.refresh_from_db()
    assert waiting.state == "refused"
    assert PublicNote.objects.get().kind == "refusal"


def test_a_withdrawal_is_of_a_day_that_was(staff, in_force):
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert (
        step(staff, in_force, "withdraw", reason="이유", withdrawn_on=tomorrow).status_code == 422
    )
    step(staff, in_force, "withdraw", reason="전화로 요청", withdrawn_on=timezone.localdate())
    in_force.refresh_from_db()
    assert in_force.state == "withdrawn"

    again = step(staff, in_force, "withdraw", reason="또", withdrawn_on=timezone.localdate())
    assert again.status_code == 302
    assert PublicNote.objects.count() == 1


def test_void_needs_another_person(staff, in_force, client):
    step(staff, in_force, "void", cause="error", reason="입력 오류가 확인되었습니다.")
    step(staff, in_force, "decide-void", do="confirm")
    in_force.refresh_from_db()
    assert in_force.state == "countersigned"

    client.force_login(UserFactory(role="정책협약 담당"))
    step(client, in_force, "decide-void", do="confirm")
    in_force.refresh_from_db()
    assert in_force.state == "void"
    step(client, in_force, "decide-void", do="confirm")
    assert VoidProposal.objects.count() == 1


def test_whoever_asked_takes_it_back(staff, in_force):
    step(staff, in_force, "void", cause="error", reason="확인이 필요합니다.")
    step(staff, in_force, "decide-void", do="leave")

    assert VoidProposal.objects.get().is_accepted is False


def test_a_correction_and_a_reopening_are_public(staff, in_force):
    until = (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    step(staff, in_force, "correct", reason="3번 답은 수용입니다.")
    assert (
        step(staff, in_force, "reopen", reason="이유", until="2020-01-01 10:00").status_code == 422
    )
    step(staff, in_force, "reopen", reason="변경 협약을 요청하셨습니다.", until=until)

    assert set(PublicNote.objects.values_list("kind", flat=True)) == {"correction", "reopened"}
    page = staff.get(f"{LIST}{in_force.pk}/").content.decode()
    assert "변경 협약을 요청하셨습니다." in page
    assert "reopen" not in staff.get(f"{LIST}{in_force.pk}/").context


def test_who_only_reads_does_nothing(client, in_force):
    client.force_login(UserFactory(role="연대회의 대표"))
    page = client.get(f"{LIST}{in_force.pk}/")
    assert "withdraw" not in page.context
    assert step(client, in_force, "withdraw", reason="이유")["Location"] == reverse(
        "wagtailadmin_home"
    )


def test_unknown_rows_and_steps_are_not_found(staff, waiting):
    assert staff.get(f"{LIST}{waiting.pk + 1}/").status_code == 404
    assert step(staff, waiting, "praise").status_code == 404
