import json
import re
from datetime import date, datetime

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from home import services
from home.models import NewsIndexPage, NewsPage, OpEdIndexPage, OpEdPage, ShareCard, SiteSettings
from home.publishing import forget_everything
from home.requests import page_map
from home.templatetags import sharing
from tests.factories.tree import publish

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

TITLE = '국회는 </script><b>"답"</b> & 답해야 합니다'


@pytest.fixture
def index(home_page):
    return publish(home_page.add_child(instance=NewsIndexPage(title="소식", slug="news")))


@pytest.fixture
def news(index):
    settings, _made = SiteSettings.objects.get_or_create(site=index.get_site())
    settings.organisation_name = "사회적경제연대회의"
    settings.save()
    forget_everything()
    return publish(
        index.add_child(
            instance=NewsPage(
                title=TITLE, slug="square", summary="모였습니다.", published_on=date(2026, 11, 12)
            )
        )
    )


def meta(page, query=""):
    request = RequestFactory().get(page.url + query)
    return render_to_string("components/_meta.html", {"page": page}, request=request)


def content_of(html, name):
    found = re.search(rf'<meta (?:property|name)="{name}" content="([^"]*)">', html)
    return found and found[1]


def graph(html):
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(scripts) == 1
    told = json.loads(scripts[0])
    assert told["@context"] == "https://schema.org"
    return {part["@type"]: part for part in told["@graph"]}


def test_title_can_not_leave_the_data(news):
    html = meta(news)

    assert "</script><b>" not in html
    assert graph(html)["NewsArticle"]["headline"] == TITLE


def test_news_says_when_it_was_published_and_by_whom(news):
    told = graph(meta(news))

    article = told["NewsArticle"]
    assert article["datePublished"] == "2026-11-12"
    assert datetime.fromisoformat(article["dateModified"]) == news.last_published_at
    assert article["publisher"] == article["author"] == {"@id": "http://testserver/#organization"}
    assert article["articleSection"] == "소식"
    assert article["mainEntityOfPage"] == "http://testserver/news/square/"
    assert told["Organization"]["name"] == "사회적경제연대회의"


def test_trail_is_told_from_the_front_page_down(news):
    steps = graph(meta(news))["BreadcrumbList"]["itemListElement"]

    assert [(step["position"], step["item"]) for step in steps] == [
        (1, "http://testserver/"),
        (2, "http://testserver/news/"),
        (3, "http://testserver/news/square/"),
    ]


def test_front_page_is_no_article_and_has_nothing_above_it(home_page):
    html = meta(home_page)

    assert set(graph(html)) == {"Organization"}
    assert content_of(html, "og:type") == "website"
    assert content_of(html, "article:section") is None


def test_op_ed_names_its_author(home_page):
    index = home_page.add_child(instance=OpEdIndexPage(title="기고", slug="op-eds"))
    page = OpEdPage(title="마을이 은행이 되는 날", slug="bank", outlet="가온신문", author="김연대")
    told = graph(meta(publish(index.add_child(instance=page))))

    assert told["Article"]["author"] == {"@type": "Person", "name": "김연대"}


def test_draft_in_preview_has_no_moment_of_change(index):
    draft = index.add_child(instance=NewsPage(title="초안", slug="draft", live=False))
    html = meta(draft)

    assert "article:modified_time" not in html
    assert "dateModified" not in graph(html)["NewsArticle"]


def test_open_graph_and_twitter_know_the_picture_and_the_dates(news):
    html = meta(news)

    assert content_of(html, "og:type") == "article"
    assert content_of(html, "og:image:width") == "1200"
    assert content_of(html, "og:image:height") == "600"
    assert content_of(html, "og:image:alt").startswith("국회는")
    assert content_of(html, "article:published_time") == "2026-11-12"
    assert content_of(html, "article:modified_time")[:4] == str(news.last_published_at.year)
    assert content_of(html, "article:section") == "소식"
    assert content_of(html, "twitter:card") == "summary_large_image"
    assert content_of(html, "twitter:image") == content_of(html, "og:image")
    assert content_of(html, "twitter:image") == "http://testserver/static/img/share.png"


def test_what_a_page_says_of_itself_is_told_to_searchers_and_sharers(news):
    html = meta(news)

    for name in ("description", "og:description", "twitter:description"):
        assert content_of(html, name) == "모였습니다.", name


def test_site_s_own_picture_stands_in_until_the_card_is_drawn(news):
    before = content_of(meta(news), "og:image")
    services.draw_share_card(news.pk)
    forget_everything()
    after = content_of(meta(news), "og:image")

    assert before == "http://testserver/static/img/share.png"
    assert after == f"http://testserver/media/{ShareCard.objects.get().file.name}"


def test_pictures_of_all_pages_are_read_at_once(news, index, django_assert_num_queries):
    sharing.share_image(news)  # The number of what is public is known now.
    forget_everything()
    page_map()

    with django_assert_num_queries(0):
        sharing.share_image(news)
        sharing.share_image(index)


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("?page=2", "?page=2"),
        ("?page=1", ""),
        ("?page=%3Cscript%3E", ""),
        ("?page=", ""),
        pytest.param("?page=" + "9" * 5000, "", id="more digits than Python reads"),
        ("?year=2026", ""),
        ("?year=2026&page=2", ""),
        ("?utm_source=kakao", ""),
    ],
)
def test_pages_of_a_list_stand_for_themselves_and_filters_for_the_list(index, query, canonical):
    html = meta(index, query)

    assert f'<link rel="canonical" href="http://testserver/news/{canonical}">' in html
    assert content_of(html, "og:url") == f"http://testserver/news/{canonical}"


def test_list_offers_its_own_feed_before_that_of_everything(index):
    addresses = re.findall(r'<link rel="alternate" [^>]*href="([^"]*)">', meta(index))

    assert addresses == [
        "http://testserver/news/feed/",
        "http://testserver/news/feed/atom/",
        "http://testserver/feed/",
        "http://testserver/feed/atom/",
    ]


def test_owner_of_the_site_is_proved_to_search_engines(news):
    settings = SiteSettings.objects.get()
    settings.naver_site_verification = "naver-1"
    settings.save()
    forget_everything()
    html = meta(news)

    assert content_of(html, "naver-site-verification") == "naver-1"
    assert content_of(html, "google-site-verification") is None


def test_page_without_a_request_has_its_own_address(news):
    html = render_to_string("components/_meta.html", {"page": news})

    assert '<link rel="canonical" href="http://testserver/news/square/">' in html
