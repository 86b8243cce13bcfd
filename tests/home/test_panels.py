from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Site

from accounts.defaults import CAMPAIGNER, DIRECTOR, EDITOR, MODERATOR
from home.models import SiteAlert
from home.panels import new_texts, todo_items
from tests.factories.accounts import UserFactory
from tests.factories.home import (
    NewsIndexPageFactory,
    OpEdIndexPageFactory,
    ReportIndexPageFactory,
    ResourceIndexPageFactory,
    StatementIndexPageFactory,
    StatementPageFactory,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def lists(home_page, campaign_page):
    kinds = (
        *(NewsIndexPageFactory, StatementIndexPageFactory, OpEdIndexPageFactory),
        *(ReportIndexPageFactory, ResourceIndexPageFactory),
    )
    return [kind(parent=home_page) for kind in kinds]


def kinds_for(role):
    return [text.url.split("/")[5] for text in new_texts(UserFactory(role=role))]


def test_each_role_is_offered_what_it_may_write(lists):
    articles = ["newspage", "statementpage", "opedpage", "reportpage", "resourcepage"]

    assert kinds_for(EDITOR) == kinds_for(DIRECTOR) == ["campaignpage", *articles]
    assert kinds_for(CAMPAIGNER) == ["campaignpage"]
    assert kinds_for(MODERATOR) == []


def test_a_button_leads_to_the_form(lists, client):
    client.force_login(UserFactory(role=EDITOR))

    text = client.get("/admin/").content.decode()

    for offered in new_texts(UserFactory(role=EDITOR)):
        assert f'href="{offered.url}"' in text
        assert client.get(offered.url).status_code == 200


def test_who_writes_nothing_sees_no_panel(lists, client):
    client.force_login(UserFactory(role=MODERATOR))

    assert "new-texts" not in client.get("/admin/").content.decode()


def test_the_buttons_ask_as_often_for_any_number_of_lists(home_page, django_assert_num_queries):
    def count():
        user = UserFactory(role=EDITOR)
        new_texts(user)
        with django_assert_num_queries(1):
            return len(new_texts(user))

    NewsIndexPageFactory(parent=home_page)
    assert count() == 1
    OpEdIndexPageFactory(parent=home_page)
    ReportIndexPageFactory(parent=home_page)
    assert count() == 3


def embargoed(parent, **fields):
    page = StatementPageFactory(parent=parent, live=False, **fields)
    page.save_revision()
    return page


def test_an_embargo_that_ends_before_the_approval_is_told(home_page):
    parent = StatementIndexPageFactory(parent=home_page)
    soon = timezone.now() + timedelta(days=2)
    page = embargoed(parent, embargo_at=soon, title="급한 성명")
    embargoed(parent, embargo_at=soon).get_latest_revision().publish()
    embargoed(parent, embargo_at=soon + timedelta(days=20))

    [item] = todo_items(UserFactory(role=EDITOR))
    assert "급한 성명" in item.label
    assert (item.url, item.due_at) == (f"/admin/pages/{page.pk}/edit/", soon)
    assert todo_items(UserFactory(role=CAMPAIGNER)) == []


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({"text": "서버 점검"}, 1),
        ({"text": "서버 점검", "shows_until": timedelta(hours=1)}, 1),
        ({"text": "서버 점검", "shows_until": -timedelta(hours=1)}, 0),
        ({"text": ""}, 0),
    ],
)
def test_an_alert_that_is_up_is_not_forgotten(home_page, client, fields, count):
    if "shows_until" in fields:
        fields = {**fields, "shows_until": timezone.now() + fields["shows_until"]}
    SiteAlert.objects.create(site=Site.objects.get(), **fields)
    editor = UserFactory(role=EDITOR)

    items = todo_items(editor)

    assert len(items) == count
    assert todo_items(UserFactory(role=MODERATOR)) == []
    client.force_login(editor)
    assert [client.get(item.url, follow=True).status_code for item in items] == [200] * count


@pytest.mark.parametrize("rows", [1, 3])
def test_three_rows_cost_no_more_than_one(home_page, django_assert_num_queries, rows):
    parent = StatementIndexPageFactory(parent=home_page)
    for _ in range(rows):
        embargoed(parent, embargo_at=timezone.now() + timedelta(days=1))
    user = UserFactory(role=EDITOR)

    with django_assert_num_queries(6):
        assert len(todo_items(user)) == rows
