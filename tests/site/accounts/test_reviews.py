"""The screen behind the link in an approver's mail."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Workflow, WorkflowState

from accounts.defaults import DIRECTOR, EDITOR
from accounts.exceptions import NotReviewerError, NotWaitingError
from accounts.services import decide
from tests.conftest import publish
from tests.factories.accounts import PASSWORD, UserFactory, code_of, give_factor
from tests.factories.home import (
    NewsPageFactory,
    OpEdPageFactory,
    ReportPageFactory,
    ResourcePageFactory,
    StatementPageFactory,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def author():
    return UserFactory(role=EDITOR)


@pytest.fixture
def director():
    return UserFactory(role=DIRECTOR)


@pytest.fixture
def approver(client, director):
    client.force_login(director)
    return client


@pytest.fixture
def news(home_page):
    page = NewsPageFactory(parent__parent=home_page, live=False, title="총회를 열었습니다")
    page.save_revision()
    return page


@pytest.fixture
def task(news, author):
    return Workflow.objects.get().start(news, author).current_task_state


def address(task):
    return f"/admin/review/{task.pk}/"


def answer(browser, task, decision, comment="", revision=None):
    revision = revision or task.revision_id
    fields = {"decision": decision, "comment": comment, "revision": revision}
    return browser.post(address(task), fields, follow=True)


def approve(task, user):
    decide(task.pk, user=user, decision="approve", comment="", revision=task.revision_id)


def is_live(page):
    return Page.objects.values_list("live", flat=True).get(pk=page.pk)


def told(response):
    return [str(message) for message in response.context["messages"]]


def test_the_link_asks_to_log_in_and_leads_on_to_the_review(client, task, director):
    response = client.get(address(task))
    assert response["Location"] == f"/admin/login/?next={quote(address(task))}"

    give_factor(director)
    client.post(response["Location"], {"login": director.email, "password": PASSWORD})
    response = client.post("/admin/login/code/", {"code": code_of(director)})
    assert response["Location"] == address(task)


def test_looking_approves_nothing(approver, task, news):
    response = approver.get(address(task))
    text = response.content.decode()

    assert response.status_code == 200
    assert "총회를 열었습니다" in text
    assert f"/admin/pages/{news.pk}/revisions/{task.revision_id}/view/" in text
    assert approver.get(response.context["review"].preview_url).status_code == 200
    assert not is_live(news)


def test_the_approver_sees_what_the_checks_found(approver, task, news):
    news.body = [("text", '<p><a href="https://example.org/">여기</a></p>')]
    news.save_revision()

    page = approver.get(address(task)).content.decode()

    assert "findings__item--warning" in page


def test_pressing_approve_makes_the_text_public(approver, task, news):
    response = answer(approver, task, "approve")

    assert is_live(news)
    assert "총회를 열었습니다" in told(response)[0]
    assert Client().get(news.url).status_code == 200


def test_a_scheduled_text_waits_for_its_time(approver, author, news):
    news.go_live_at = timezone.now() + timedelta(days=1)
    news.save_revision()
    task = Workflow.objects.get().start(news, author).current_task_state

    review = approver.get(address(task)).context["review"]
    assert abs(review.goes_public_at - news.go_live_at) < timedelta(seconds=1)
    response = answer(approver, task, "approve")

    assert not is_live(news)
    assert len(told(response)) == 1
    news.refresh_from_db()
    assert news.approved_schedule


def test_a_text_that_changed_meanwhile_is_read_again(approver, task, news):
    news.title = "고친 제목"
    newer = news.save_revision()

    response = answer(approver, task, "approve")

    assert response.redirect_chain == [(address(task), 302)]
    assert "고친 제목" in response.content.decode()
    assert not is_live(news)

    answer(approver, task, "approve", revision=newer.pk)
    assert Page.objects.get(pk=news.pk).title == "고친 제목"


def test_returning_needs_a_reason(approver, task, news):
    response = answer(approver, task, "reject", " ")

    assert list(response.context["form"].errors) == ["comment"]
    task.refresh_from_db()
    assert task.status == "in_progress"


def test_a_returned_text_keeps_the_comment_and_is_not_public(approver, task, news):
    answer(approver, task, "reject", "사진 출처를 적어 주세요.")

    task.refresh_from_db()
    assert (task.status, task.comment) == ("rejected", "사진 출처를 적어 주세요.")
    assert not is_live(news)
    assert "사진 출처를 적어 주세요." in approver.get(address(task)).content.decode()


def test_a_second_decision_is_told_of_the_first(approver, task, director):
    approve(task, director)

    response = answer(approver, task, "reject", "늦었네요.")

    assert response.redirect_chain == [(address(task), 302)]
    assert len(told(response)) == 1
    assert response.context["review"].was_approved


def test_a_text_that_was_public_before_can_be_compared(approver, author, home_page):
    page = publish(NewsPageFactory(parent__parent=home_page))
    page.title = "바꾼 제목"
    page.save_revision()
    task = Workflow.objects.get().start(page, author).current_task_state

    review = approver.get(address(task)).context["review"]

    assert review.title == "바꾼 제목"
    assert approver.get(review.compare_url).status_code == 200


def test_who_does_not_approve_is_sent_away(client, task, author):
    client.force_login(author)

    assert client.get(address(task))["Location"] == "/admin/"
    with pytest.raises(NotReviewerError):
        approve(task, author)


def test_nothing_is_decided_twice(task, director):
    approve(task, director)

    with pytest.raises(NotWaitingError):
        approve(task, director)


def test_a_right_that_is_lost_meanwhile_is_not_used(approver, task, director, monkeypatch):
    """Between the check of the screen and the lock of the row."""
    seen = iter([[("approve", "", False)], []])
    monkeypatch.setattr(
        "wagtail.models.GroupApprovalTask.get_actions", lambda *_args: next(seen, [])
    )

    response = answer(approver, task, "approve")

    assert response.redirect_chain[0][0] == "/admin/"


@pytest.mark.parametrize("is_wholly_gone", [True, False])
def test_a_text_that_is_gone_is_not_found(approver, task, news, is_wholly_gone):
    if is_wholly_gone:
        news.delete()
    else:
        WorkflowState.objects.update(object_id="999999")

    assert approver.get(address(task)).status_code == 404


@pytest.mark.parametrize(
    "kind",
    [StatementPageFactory, ReportPageFactory, OpEdPageFactory, ResourcePageFactory],
    ids=lambda kind: kind.__name__,
)
def test_each_kind_of_text_goes_this_way(approver, author, home_page, kind):
    page = kind(parent__parent=home_page, live=False)
    page.save_revision()
    task = Workflow.objects.get().start(page, author).current_task_state

    answer(approver, task, "approve")

    assert Client().get(page.get_url()).status_code == 200
