"""What a search tells of what it found, and what it makes of odd input."""

from datetime import date

import pytest

from home.models import SearchSynonym
from home.services.search import PER_PAGE, search_pages
from tests.conftest import publish
from tests.factories.home import (
    NewsPageFactory,
    OpEdPageFactory,
    StatementPageFactory,
)

from .conftest import found

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_smoke]


def test_result_says_which_word_means_the_same(four_pages):
    SearchSynonym.objects.create(words="사경기본법, 사회적경제기본법")

    (same,) = search_pages("사경기본법을").results[0].same_words

    assert (same.typed, same.found) == ("사경기본법을", "사회적경제기본법")
    assert search_pages("사회적경제기본법").results[0].same_words == ()


def test_result_shows_where_the_word_stands(four_pages):
    (result,) = search_pages("기자회견을").results

    assert [piece.text for piece in result.excerpt if piece.is_hit] == ["기자회견을"]
    assert result.kind == "소식"
    assert result.trail == ("소식",)
    assert result.url == "/news/" + four_pages[0].slug + "/"
    assert result.shown_on == date(2026, 11, 16)


def test_a_page_that_is_in_use_shows_no_day(four_pages, campaign_page):
    campaign_page.title = "한데 모은 서명"
    publish(campaign_page)

    (result,) = search_pages("한데 모은").results

    assert result.shown_on is None


def test_result_names_its_campaign(four_pages, campaign_page):
    page = four_pages[0]
    page.campaign = campaign_page
    page.save()

    (result,) = search_pages("제정하라").results

    assert result.campaign == campaign_page.title


def test_hits_are_counted_by_kind_and_can_be_filtered(four_pages, home_page):
    statement = StatementPageFactory(parent__parent=home_page, title="기본법 성명")
    OpEdPageFactory(parent__parent=home_page, title="기고", excerpt="기본법")

    answer = search_pages("기본법")
    of_statements = search_pages("기본법", kind="statement")

    assert [(kind.slug, kind.count) for kind in answer.kinds] == [
        ("news", 2),
        ("oped", 1),
        ("statement", 1),
    ]
    assert (answer.total, answer.count, answer.kind) == (4, 4, "")
    assert (of_statements.total, of_statements.count, of_statements.kind) == (4, 1, "statement")
    assert found("기본법", kind="statement") == [statement.title]
    assert search_pages("기본법", kind="nothing").count == 4


def test_many_hits_come_in_pages(index_page):
    for number in range(PER_PAGE + 1):
        NewsPageFactory(parent=index_page, title=f"기본법 {number}")

    first, second = search_pages("기본법"), search_pages("기본법", page=2)

    assert (first.page, first.pages, len(first.results)) == (1, 2, PER_PAGE)
    assert (second.page, len(second.results)) == (2, 1)
    assert search_pages("기본법", page=99).page == 2
    assert search_pages("기본법", page=-3).page == 1


@pytest.mark.parametrize("typed", ["", "   ", "!!! ???", "🙂🙂", "\x00\x01", "‮‏", "___", "%"])
def test_nothing_to_look_for(four_pages, typed):
    answer = search_pages(typed)

    assert (answer.total, answer.query.wanted) == (0, ())


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "'",
            '"기본',
            "기본법 OR 1=1",
            "NEAR(기본 법, 2)",
            "기본*",
            "기본 & | !",
            "(((기본",
            "기본:*",
        ),
        *("title:기본", "-기본", "^기본", "NOT 기본", "기본\\", "'; drop table home_newspage; --"),
        *("%s%d%(a)s", "기본\x00법", "שלום", "\u202e법본기", "é̂", "ㄱㄴㄷ", "𠀀𠀁", "٣٤", "ไทย"),
        *(
            "가" * 10_000,
            "가 " * 5_000,
            "a" * 10_000,
            "한글a1" * 3_000,
            "{}[]",
            "1.5",
            "100%",
            "a_b",
        ),
    ],
)
def test_odd_input_never_fails(four_pages, typed):
    SearchSynonym.objects.create(words="기본, %기본법, ,")

    answer = search_pages(typed)

    assert answer.count == len(answer.results)


def test_too_long_a_query_says_so(four_pages):
    assert search_pages("기본법 " * 100).query.left_out
    assert not search_pages("기본법").query.left_out
