import logging
import re
import unicodedata

import pytest
from django.urls import reverse

from home.models import SearchSynonym, SiteSettings
from home.services.search import PER_PAGE
from tests.factories.home import NewsIndexPageFactory, NewsPageFactory, StatementPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.integration]
ADDRESS = "/search/"


@pytest.fixture
def index_page(home_page):
    return NewsIndexPageFactory(parent=home_page)


def written(answer):
    """The words on the page, without tags."""
    return " ".join(re.sub(r"<[^>]+>", "", answer.text).split())


def test_address_has_a_name():
    assert reverse("home:search") == ADDRESS


def test_empty_search_offers_the_sections(client, home_page, index_page):
    settings = SiteSettings.for_site(home_page.get_site())
    settings.menu_items.create(label="소식", page=index_page)
    settings.save()

    answer = client.get(ADDRESS)

    assert answer.status_code == 200
    assert 'href="/news/"' in answer.text.partition("<main")[2].partition("</main")[0]
    assert "result__" not in answer.text


def test_results_mark_what_was_found(client, index_page):
    page = NewsPageFactory(parent=index_page, title="<기본법> 소식", summary="기본법을 말한다.")

    answer = client.get(ADDRESS, {"q": "기본법을"})

    assert f'<a href="{page.url}">&lt;<mark>기본법</mark>&gt; 소식</a>' in answer.text
    assert "<mark>기본법을</mark> 말한다." in answer.text
    assert '<ol class="search__results" start="1">' in answer.text


def test_page_is_not_kept_and_not_indexed(client, index_page):
    answer = client.get(ADDRESS, {"q": "기본법"})

    assert '<meta name="robots" content="noindex">' in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_synonym_is_told(client, index_page):
    SearchSynonym.objects.create(words="사경기본법, 사회적경제기본법")
    NewsPageFactory(parent=index_page, title="사회적경제 기본법 소식")

    answer = client.get(ADDRESS, {"q": "사경기본법"})

    assert "사경기본법 = 사회적경제 기본법" in written(answer)


def test_nothing_found_offers_the_next_step(client, index_page):
    settings = SiteSettings.for_site(index_page.get_site())
    settings.email = "office@yeondae.example"
    settings.save()

    answer = client.get(ADDRESS, {"q": "없는말 하나"})

    assert answer.status_code == 200
    assert 'href="?q=%EC%97%86%EB%8A%94%EB%A7%90"' in answer.text
    assert 'href="mailto:office@yeondae.example"' in answer.text


def test_types_are_links_with_counts(client, home_page, index_page):
    NewsPageFactory(parent=index_page, title="기본법 소식")
    NewsPageFactory(parent=index_page, title="기본법 소식 둘")
    StatementPageFactory(parent__parent=home_page, title="기본법 성명")

    every = client.get(ADDRESS, {"q": "기본법"})
    statements = client.get(ADDRESS, {"q": "기본법", "type": "statement"})

    link = '<a href="?q=%EA%B8%B0%EB%B3%B8%EB%B2%95&amp;type=statement"'
    assert f"{link}>" in every.text
    assert f'{link} aria-current="true">' in statements.text
    assert statements.text.count('class="result"') == 1
    assert "3" in written(every)


def test_pages_of_results_are_links(client, index_page):
    for number in range(2 * PER_PAGE + 1):
        NewsPageFactory(parent=index_page, title=f"기본법 {number}")

    first, second, last = (
        client.get(ADDRESS, {"q": "기본법", "type": "news", "page": page}) for page in "123"
    )

    assert 'rel="prev"' not in first.text
    assert "&amp;page=2" in first.text
    assert "&amp;page=1" in second.text
    assert "&amp;page=3" in second.text
    assert f'start="{PER_PAGE + 1}"' in second.text
    assert 'rel="next"' not in last.text


@pytest.mark.parametrize("page", ["", "0", "-1", "abc", "9" * 50, "²", "1.5", "\x00"])
def test_odd_page_numbers_give_a_page(client, index_page, page):
    NewsPageFactory(parent=index_page, title="기본법")

    assert 'class="result"' in client.get(ADDRESS, {"q": "기본법", "page": page}).text


@pytest.mark.parametrize(
    "typed",
    [
        *("가" * 10_000, '"><script>alert(1)</script>', "\x00\x1b", "!!!", "🙂", "\u202eabc"),
        *("NEAR(기본 법)", "기본* & | ! ()", "' OR 1=1 --", "%_\\"),
    ],
)
def test_odd_input_is_answered(client, index_page, typed):
    answer = client.get(ADDRESS, {"q": typed, "type": typed[:50]})

    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_bytes_that_are_no_text_are_answered(client, home_page):
    assert client.get(f"{ADDRESS}?q=%ff%fe%b1").status_code == 200


def test_too_long_a_query_is_told(client, index_page):
    assert "alert--info" in client.get(ADDRESS, {"q": "기본법 " * 100}).text
    assert "alert--info" not in client.get(ADDRESS, {"q": "기본법"}).text


def test_macos_letters_come_back_as_syllables(client, index_page):
    answer = client.get(ADDRESS, {"q": unicodedata.normalize("NFD", "기본법")})

    assert 'value="기본법"' in answer.text


def test_search_changes_nothing(client, home_page):
    assert client.post(ADDRESS, {"q": "기본법"}).status_code == 405


def test_words_are_not_logged(client, index_page, caplog):
    NewsPageFactory(parent=index_page, title="기본법")
    caplog.clear()

    with caplog.at_level(logging.DEBUG):
        client.get(ADDRESS, {"q": "기본법"})

    assert "기본법" not in caplog.text.replace("기본법</", "")


@pytest.mark.parametrize("rows", [1, 3])
def test_search_costs_the_same_for_any_number_of_results(
    client, clock, index_page, campaign_page, django_assert_num_queries, rows
):
    SearchSynonym.objects.create(words="기본법, 기본 법률")
    for number in range(rows):
        NewsPageFactory(parent=index_page, title=f"기본법 {number}", campaign=campaign_page)
    StatementPageFactory(parent__parent=campaign_page.get_parent().get_parent(), title="기본법")
    client.get(ADDRESS)

    with django_assert_num_queries(6):
        client.get(ADDRESS, {"q": "기본법"})
