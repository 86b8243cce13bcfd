"""The first screen: what waits for whom, at a constant price."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page, Workflow

from accounts.defaults import CAMPAIGNER, DIRECTOR, EDITOR, MODERATOR
from accounts.panels import LEFT_LYING, todo_items
from accounts.services import decide
from tests.factories.accounts import UserFactory
from tests.factories.home import NewsPageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def author():
    return UserFactory(role=EDITOR)


@pytest.fixture
def director():
    return UserFactory(role=DIRECTOR)


@pytest.fixture
def news(home_page):
    """Drafts below one list, made on demand."""
    parent = NewsPageFactory(parent__parent=home_page).get_parent()

    def make(**fields):
        page = NewsPageFactory(parent=parent, live=False, **fields)
        page.save_revision()
        return page

    return make


def send(page, user):
    return Workflow.objects.get().start(page, user).current_task_state


def lines(user):
    return [(str(item.label), item.url) for item in todo_items(user)]


def test_texts_to_approve_lead_to_their_review(news, author, director):
    task = send(news(title="총회"), author)

    [(label, url)] = lines(director)
    assert "총회" in label
    assert url == f"/admin/review/{task.pk}/"
    assert lines(author) == []


def test_a_returned_text_shows_its_comment_to_who_sent_it(news, author, director):
    page = news(title="총회")
    task = send(page, author)
    decide(
        task.pk, user=director, decision="reject", comment="사진 출처?", revision=task.revision_id
    )

    [item] = todo_items(author)
    assert (item.url, item.note) == (f"/admin/pages/{page.pk}/edit/", "사진 출처?")
    assert todo_items(director) == []


def test_a_draft_left_lying_is_remembered(news, author):
    page = news(title="쓰다 만 글", owner=author)
    news(title="어제 쓴 글", owner=author)
    sent = news(title="보낸 글", owner=author)
    long_ago = timezone.now() - LEFT_LYING - timedelta(hours=1)
    Page.objects.filter(pk__in=[page.pk, sent.pk]).update(latest_revision_created_at=long_ago)
    send(sent, author)

    [(label, url)] = lines(author)
    assert "쓰다 만 글" in label
    assert url == f"/admin/pages/{page.pk}/edit/"


@pytest.mark.parametrize(("days", "count"), [(1, 1), (8, 0)])
def test_what_becomes_public_this_week_is_told_to_who_may_change_it(
    news, author, director, days, count
):
    page = news(title="예약한 글", go_live_at=timezone.now() + timedelta(days=days))
    page.get_latest_revision().publish()

    for user in (author, director):
        due = [item.due_at for item in todo_items(user)]
        assert due == [page.get_latest_revision().approved_go_live_at] * count
    for role in (CAMPAIGNER, MODERATOR):
        assert todo_items(UserFactory(role=role)) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_three_rows_as_for_one(
    news, author, director, django_assert_num_queries, rows
):
    for number in range(rows):
        send(news(title=f"보낸 글 {number}"), author)
        page = news(go_live_at=timezone.now() + timedelta(days=1))
        page.get_latest_revision().publish()
        task = send(news(), director)
        decide(task.pk, user=director, decision="reject", comment="다시", revision=task.revision_id)
    user = type(director).objects.get(pk=director.pk)

    with django_assert_num_queries(13):
        assert len(todo_items(user)) == 3 * rows


def test_who_begins_is_welcomed_until_the_first_text(client, author, news):
    client.force_login(author)
    assert "/admin/guide/" in client.get("/admin/").content.decode()
    assert "first-steps" in client.get("/admin/").content.decode()

    page = news()
    page.save_revision(user=author, log_action=True)

    assert "first-steps" not in client.get("/admin/").content.decode()


def test_the_guide_opens(client, author):
    client.force_login(author)

    assert client.get("/admin/guide/").status_code == 200
