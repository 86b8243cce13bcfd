from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from wagtail.models import PageSubscription, Task, Workflow, WorkflowTask

from accounts.defaults import DIRECTOR, EDITOR
from accounts.models import User
from accounts.services import decide
from home.services.notices import tell_of_comments
from home.viewsets.pages import EditPageView
from messaging.models import OutboxMessage
from messaging.registry import purpose_named
from tests.factories.accounts import UserFactory
from tests.factories.home import NewsPageFactory, StatementPageFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def author():
    return UserFactory(role=EDITOR, email="author@yeondae.example")


@pytest.fixture
def director():
    return UserFactory(
        role=DIRECTOR, email="director@yeondae.example", last_name="오", first_name="한결"
    )


@pytest.fixture
def news(home_page):
    page = NewsPageFactory(parent__parent=home_page, live=False, title="총회를 열었습니다")
    page.save_revision()
    return page


def send(page, user):
    """The page's task, once ``user`` has sent it for approval."""
    return Workflow.objects.get().start(page, user).current_task_state


def mails():
    """What the worker would send: (to, subject, text)."""
    built = [
        purpose_named(message.purpose).build(message.subject)
        for message in OutboxMessage.objects.order_by("created_at")
    ]
    return [(each.to, each.subject, each.text) for each in built if each]


def test_approvers_are_asked_with_the_link_to_the_review(news, author, director, settings):
    UserFactory(administrator=True)
    UserFactory(role=DIRECTOR, is_active=False)

    task = send(news, author)

    [(to, subject, text)] = mails()
    assert to == director.email
    assert subject.endswith("총회를 열었습니다")
    assert f"{settings.SITE_URL}/admin/review/{task.pk}/" in text
    assert "정다솜" in text
    assert mail.outbox == []


def test_without_an_approver_the_administrators_are_asked(news, author):
    administrator = UserFactory(administrator=True)

    send(news, author)

    assert [to for to, _, _ in mails()] == [administrator.email]


def test_nobody_is_asked_to_approve_what_they_sent(news, director):
    send(news, director)

    assert mails() == []


def test_a_mail_is_no_longer_built_once_the_text_does_not_wait(news, author, director):
    task = send(news, author)
    task.workflow_state.cancel(user=author)

    assert mails() == []


def test_neither_for_who_approves_no_more(news, author, director):
    send(news, author)
    director.groups.clear()

    assert mails() == []


def test_nor_for_who_left(news, author, director):
    send(news, author)
    User.objects.filter(pk=director.pk).update(is_active=False)

    assert mails() == []


def test_the_embargo_stands_in_the_mail(home_page, author, director):
    page = StatementPageFactory(
        parent__parent=home_page, live=False, embargo_at=timezone.now() + timedelta(days=2)
    )
    page.save_revision()

    send(page, author)

    assert str(timezone.localtime(page.embargo_at).year) in mails()[0][2]


def decided(task, user, decision, comment=""):
    OutboxMessage.objects.all().delete()
    decide(task.pk, user=user, decision=decision, comment=comment, revision=task.revision_id)
    return mails()


def test_the_author_hears_where_the_approved_text_is_public(news, author, director, settings):
    [(to, subject, text)] = decided(send(news, author), director, "approve")

    assert to == author.email
    assert subject.endswith("총회를 열었습니다")
    assert settings.SITE_URL + news.url in text
    assert "오한결" in text
    assert mail.outbox == []


def test_or_when_it_will_be(news, author, director, clock):
    news.go_live_at = timezone.now() + timedelta(hours=6)
    news.save_revision()

    [(_to, _subject, text)] = decided(send(news, author), director, "approve")

    assert "2026년 11월 24일 오후 6:00" in text
    assert news.url not in text


def test_the_author_reads_why_a_text_came_back(news, author, director, settings):
    [(to, _subject, text)] = decided(
        send(news, author), director, "reject", comment="사진 출처를 적어 주세요."
    )

    assert to == author.email
    assert "사진 출처를 적어 주세요." in text
    assert f"{settings.SITE_URL}/admin/pages/{news.pk}/edit/" in text


def test_who_decides_on_the_own_text_needs_no_mail(news, director):
    assert decided(send(news, director), director, "approve") == []


def test_who_left_gets_none_either(news, author, director):
    task = send(news, author)
    decided(task, director, "reject", "고쳐 주세요.")
    User.objects.filter(pk=author.pk).update(is_active=False)

    assert mails() == []


def test_nor_who_left_before_the_decision(news, author, director):
    task = send(news, author)
    User.objects.filter(pk=author.pk).update(is_active=False)

    assert decided(task, director, "approve") == []


@pytest.mark.parametrize("decision", ["approve", "reject"])
def test_a_decision_that_was_undone_is_not_told(news, author, director, decision):
    task = send(news, author)
    decided(task, director, decision, "고쳐 주세요.")
    task.refresh_from_db()
    task.status = "cancelled"
    task.save()

    assert mails() == []


def test_nothing_is_told_of_a_page_that_is_gone(news, author, director):
    send(news, author)
    news.delete()

    assert mails() == []


def test_a_step_of_another_kind_looks_after_its_own_mails(news, director):
    WorkflowTask.objects.update(task=Task.objects.create(name="단순 단계"))

    send(news, None)

    assert mails() == []


def test_who_follows_a_text_hears_of_comments(news, author, director, settings):
    for user in (author, director):
        PageSubscription.objects.create(page=news, user=user, comment_notifications=True)

    tell_of_comments(news, written_by=director)

    [(to, subject, text)] = mails()
    assert to == author.email
    assert subject.endswith("총회를 열었습니다")
    assert f"{settings.SITE_URL}/admin/pages/{news.pk}/edit/" in text


def changes(**told):
    kinds = ("new_comments", "deleted_comments", "resolved_comments", "new_replies")
    return dict.fromkeys(kinds, ()) | told


@pytest.mark.parametrize(("told", "count"), [({}, 0), ({"new_comments": ["?"]}, 1)])
def test_the_editor_tells_of_changes_only(news, author, director, rf, told, count):
    PageSubscription.objects.create(page=news, user=author, comment_notifications=True)
    view = EditPageView()
    view.page, view.request = news, rf.get("/")
    view.request.user = director

    view.send_commenting_notifications(changes(**told))

    assert len(mails()) == count


@pytest.mark.parametrize("lost", ["page", "follower"])
def test_unless_one_of_both_is_gone(news, author, director, lost):
    PageSubscription.objects.create(page=news, user=author, comment_notifications=True)
    tell_of_comments(news, written_by=director)
    news.delete() if lost == "page" else User.objects.filter(pk=author.pk).update(is_active=False)

    assert mails() == []
