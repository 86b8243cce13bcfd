import re
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home.models import (
    NewsPage,
    OpEdPage,
    ReportPage,
    ResourcePage,
    SiteSettings,
    StatementPage,
)
from home.page_cache.entries import is_storable
from home.publishing import forget_everything
from tests.factories.tree import publish

from .articles import list_of, write
from .conftest import ATOM, CONTENT, read, titles

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


BOTH = pytest.mark.parametrize("address", ["/feed/", "/feed/atom/"])


@BOTH
def test_feed_of_an_empty_site_is_valid(client, home_page, address):
    assert titles(client, address) == []


def test_rss_tells_all_that_a_reader_shows(client, home_page):
    settings, _made = SiteSettings.objects.get_or_create(site=home_page.get_site())
    settings.organisation_name = "사회적경제연대회의"
    settings.save()
    forget_everything()
    news = write(home_page, title="광장에서", summary="모였습니다.", body=[("text", "<p>글</p>")])

    channel = read(client).find("channel")
    item = channel.find("item")

    assert channel.findtext("title") == "사회적경제연대회의"
    assert channel.findtext("link") == "http://testserver/"
    assert channel.findtext("language") == "ko"
    assert item.findtext("title") == "광장에서"
    assert item.findtext("link") == "http://testserver/news/text-1/"
    assert item.findtext("description") == "모였습니다."
    assert item.findtext(CONTENT).strip() == "<p>글</p>"
    assert item.findtext("category") == "소식"
    guid = item.find("guid")
    assert guid.get("isPermaLink") == "false"
    assert guid.text.startswith("tag:testserver,")
    assert guid.text.endswith(f":page-{news.pk}")


def test_atom_tells_the_same(client, home_page):
    news = write(home_page, title="광장에서", body=[("text", "<p>글</p>")])

    feed = read(client, "/feed/atom/")
    entry = feed.find(f"{ATOM}entry")

    assert entry.findtext(f"{ATOM}title") == "광장에서"
    assert entry.find(f"{ATOM}content").get("type") == "html"
    assert entry.findtext(f"{ATOM}content").strip() == "<p>글</p>"
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) == news.last_published_at
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == "http://testserver/feed/atom/"


def test_name_of_an_item_stays_when_the_page_moves(client, home_page):
    news = write(home_page)
    before = read(client).find("channel/item/guid").text
    news.slug = "moved"
    publish(news)

    item = read(client).find("channel/item")
    assert item.findtext("guid") == before
    assert item.findtext("link").endswith("/moved/")


def test_an_old_text_entered_today_keeps_its_day(client, home_page):
    write(home_page, published_on=date(2017, 7, 21))
    write(home_page, published_on=timezone.localdate())

    today, old = (
        parsedate_to_datetime(item.findtext("pubDate")) for item in read(client).iter("item")
    )
    assert timezone.localtime(old).date() == date(2017, 7, 21)
    assert timezone.localtime(old).hour == 9
    assert timezone.now() - today < timedelta(minutes=5)


@BOTH
def test_all_kinds_come_together_newest_first(client, home_page, address):
    for day, model in enumerate((NewsPage, StatementPage, ReportPage, OpEdPage, ResourcePage), 1):
        write(home_page, model, title=model.__name__, published_on=date(2026, 11, day))

    assert titles(client, address) == [
        *("ResourcePage", "OpEdPage", "ReportPage", "StatementPage", "NewsPage")
    ]


def test_twenty_at_most(client, home_page):
    for number in range(22):
        write(home_page, title=str(number), published_on=date(2026, 11, 1))

    assert titles(client)[0] == "21"
    assert len(titles(client)) == 20


@pytest.mark.parametrize("suffix", ["feed/", "feed/atom/"])
def test_list_has_a_feed_of_its_own(client, home_page, suffix):
    write(home_page, title="소식")
    write(home_page, StatementPage, title="성명")

    assert titles(client, f"/news/{suffix}") == ["소식"]
    assert titles(client, f"/statement/{suffix}") == ["성명"]


def test_feed_of_a_list_carries_the_name_of_the_list(client, home_page):
    list_of(NewsPage, home_page)
    channel = read(client, "/news/feed/").find("channel")

    assert channel.findtext("title").endswith(" news")
    assert channel.findtext("link") == "http://testserver/news/"
    assert channel.findtext("description") == "목록입니다."


def test_what_is_no_public_list_has_no_feed(client, home_page):
    news = write(home_page)
    index = list_of(StatementPage, home_page)
    index.unpublish()

    for address in ("/nothing/feed/", f"/news/{news.slug}/feed/", "/statement/feed/"):
        assert client.get(address).status_code == 404
    PageViewRestriction.objects.create(page=list_of(NewsPage, home_page), restriction_type="login")
    forget_everything()
    assert client.get("/news/feed/").status_code == 404


def test_without_a_site_there_is_no_list(client, home_page):
    home_page.get_site().delete()

    assert client.get("/news/feed/").status_code == 404


@BOTH
@pytest.mark.parametrize("number", [1, 20])
def test_queries_do_not_grow_with_the_texts(
    client, full, number, address, django_assert_max_num_queries
):
    full(number)
    client.get(address)

    with django_assert_max_num_queries(10):
        assert len(re.findall("<(?:item|entry)>", client.get(address).text)) == min(number + 1, 20)


@BOTH
def test_feed_is_kept_by_the_page_cache(client, home_page, address):
    response = client.get(address)

    assert is_storable("200 OK", list(response.items()))
    assert client.post(address).status_code == 405
