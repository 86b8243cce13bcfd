import unicodedata
from urllib.parse import quote

import pytest

from home.models import ShortLink
from tests.conftest import publish
from tests.factories.home import NewsPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.integration]
NFD = unicodedata.normalize("NFD", "토론회")


@pytest.mark.parametrize("typed", ["토론회", "토론회/", NFD, f"{NFD}/"])
def test_short_address_leads_to_its_page(client, home_page, typed):
    page = NewsPageFactory(parent__parent=home_page)
    ShortLink.objects.create(slug="토론회", page=page)

    answer = client.get(f"/s/{quote(typed)}")

    assert (answer.status_code, answer["Location"]) == (302, page.url)
    assert answer["Cache-Control"] == "no-cache"
    assert not answer.cookies


def test_short_address_leads_outside(client):
    ShortLink.objects.create(slug="law", url="https://law.example/사회?a=b")

    answer = client.get("/s/Law")

    assert answer["Location"] == "https://law.example/%EC%82%AC%ED%9A%8C?a=b"


@pytest.mark.parametrize("path", ["/s/nobody", "/s/nobody/", "/s/", "/s/a/b/", "/s/%00", "/s/%ff"])
def test_unknown_address_is_a_page_that_says_so(client, home_page, path):
    answer = client.get(path)

    assert answer.status_code == 404
    assert "<h1>" in answer.text


def test_draft_is_not_given_away(client, home_page):
    page = NewsPageFactory(parent__parent=home_page, live=False, slug="secret-plan")
    ShortLink.objects.create(slug="draft", page=page)

    answer = client.get("/s/draft")

    assert answer.status_code == 404
    assert "secret-plan" not in answer.text


def test_a_printed_address_goes_where_the_page_now_leads(client, home_page):
    page = NewsPageFactory(parent__parent=home_page)
    publish(page)
    ShortLink.objects.create(slug="poster", page=page)
    page.unpublish()

    answer = client.get("/s/poster", follow=True)

    assert answer.redirect_chain == [(page.url, 302), (page.get_parent().url, 302)]


def test_following_changes_nothing(client):
    assert client.post("/s/forum").status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_following_costs_the_same(client, home_page, django_assert_num_queries, clock, rows):
    page = NewsPageFactory(parent__parent=home_page)
    for number in range(rows):
        ShortLink.objects.create(slug=f"forum-{number}", page=page)
    client.get("/s/forum-0")

    with django_assert_num_queries(1):
        client.get("/s/forum-0")
