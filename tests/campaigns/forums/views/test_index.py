from datetime import timedelta

import pytest
from django.utils import timezone

from home.publishing import forget_everything
from tests.factories.forums import ForumPageFactory
from tests.factories.tree import publish

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def make(parent, days, number=1):
    day = timezone.localdate() + timedelta(days=days)
    pages = ForumPageFactory.create_batch(number, parent=parent, day=day, free=True)
    return [publish(page) for page in pages]


def test_all_forums_of_the_site_next_and_past(client, index, campaign_page):
    [coming], [past] = make(campaign_page, 9), make(index, -9)
    forget_everything()

    shown = client.get(index.url).context["list"]

    assert [page.pk for page in shown.upcoming] == [coming.pk]
    assert [page.pk for page in shown.past] == [past.pk]


def test_an_empty_list_says_so(client, index):
    html = client.get(index.url).content.decode()

    assert 'class="empty"' in html


@pytest.mark.parametrize("number", [1, 3])
def test_as_many_queries_for_many_forums(client, index, number, django_assert_num_queries):
    make(index, -9, number)
    make(index, 9, number)
    client.get(index.url)

    with django_assert_num_queries(6):
        client.get(index.url)


@pytest.mark.parametrize("page", ["0", "2", "x", "9999999", "²"])
def test_a_page_that_is_not_there(client, index, page):
    assert client.get(index.url, {"page": page}).status_code == 404


def test_long_lists_have_pages(client, index, monkeypatch):
    monkeypatch.setattr("campaigns.forums.presenters.index.PER_PAGE", 1)
    make(index, -9, 3)
    forget_everything()

    second = client.get(index.url, {"page": "2"}).context["list"]

    assert (second.upcoming, len(second.past)) == ([], 1)
    assert second.previous_url == index.url
    assert second.next_url == f"{index.url}?page=3"
    assert [link.number for link in second.page_links] == [1, 2, 3]


def test_the_calendar_of_all_meetings(client, index, forum):
    client.get(f"{index.url}events.ics")
    forget_everything()

    answer = client.get(f"{index.url}events.ics")

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="events.ics"'
    assert forum.url in answer.content.decode().replace("\r\n ", "")
    assert f"{index.url}events.ics" in client.get(index.url).content.decode()
    for nowhere in (
        f"{forum.url}events.ics",
        "/nothing/events.ics",
        f"{index.url}nothing/events.ics",
    ):
        assert client.get(nowhere).status_code == 404
