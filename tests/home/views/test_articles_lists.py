"""The lists of the newsroom as a visitor meets them."""

import pytest

from tests.conftest import publish
from tests.factories.home import (
    DocumentFactory,
    ImageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    ThemeFactory,
)

from .conftest import cost, read

pytestmark = pytest.mark.integration


def test_a_list_is_a_page_with_its_feed_and_its_texts(client, kind):
    index, page_factory = kind
    page = page_factory(parent=index)

    html = read(client, index.url)

    assert page.title in html
    assert f'href="{index.url}feed/"' in html


def test_an_empty_list_offers_one_way_on(client, kind):
    index, _page_factory = kind

    html = read(client, index.url)

    assert html.count('class="empty"') == 1


def test_filters_that_hold_can_be_taken_away_one_by_one(client, kind):
    index, page_factory = kind
    page_factory(parent=index, themes=[ThemeFactory(slug="care", name="돌봄")])

    html = read(client, index.url, {"theme": "care", "year": "2026"})

    assert f'href="{index.url}?theme=care"' in html
    assert f'href="{index.url}?year=2026"' in html
    assert f'href="{index.url}"' in html


@pytest.mark.parametrize(
    "query", [{"year": "x"}, {"theme": "\x00"}, {"region": "' or 1=1"}, {"campaign": "가" * 3000}]
)
def test_what_the_address_asks_for_and_nobody_has_gives_all_with_a_line(client, kind, query):
    index, page_factory = kind
    page = page_factory(parent=index, themes=[ThemeFactory()])

    html = read(client, index.url, query)

    assert page.title in html
    assert "alert--info" in html


@pytest.mark.parametrize("number", ["0", "99", "x"])
def test_a_page_of_a_list_that_is_not_there_is_not_found(client, kind, number):
    assert client.get(kind[0].url, {"page": number}).status_code == 404


def test_pages_of_a_list_lead_on_and_back(client, home_page):
    index = NewsIndexPageFactory(parent=home_page)
    NewsPageFactory.create_batch(14, parent=index)

    assert 'rel="next" href="/news/?page=2"' in read(client, index.url)
    assert 'rel="prev" href="/news/"' in read(client, index.url, {"page": "2"})


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_costs_as_much_with_three_texts_as_with_one(client, kind, rows):
    index, page_factory = kind
    files = {"versions": [("version", {"title": "판", "document": DocumentFactory()})]}
    for _row in range(rows):
        extra = files if index.slug == "resources" else {"picture": ImageFactory()}
        publish(page_factory(parent=index, themes=[ThemeFactory()], **extra))
    read(client, index.url)

    assert cost(client, index.url) <= 6
