"""The table of searches that must come out alike on both databases."""

import unicodedata
from datetime import date

import pytest
from wagtail.models import PageViewRestriction

from home.models import NewsPage, SearchSynonym
from tests.factories.home import (
    NewsPageFactory,
    ReportPageFactory,
)

from .conftest import TEXTS, found, texts

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_smoke]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("기본법", {0, 1}),
        ("사회적경제", {0, 2}),
        ("사회적경제기본법", {0}),
        ("사회적 경제", {0, 2}),
        ("제정", {0}),
        ("서명", {1, 3}),
        ("연대회의", {0}),
        ("경제 기본법", {0}),
        ("법", {0, 1}),
        ("사회적경제를", {0, 2}),
        ("사회적경제의", {0, 2}),
        ("기본법으로", {0, 1}),
        ("연대회의에서", {0}),
        ("서명운동과 기본법", {1}),
        ("사회 적경 제기본법", {0}),
        (unicodedata.normalize("NFD", "기본법"), {0, 1}),
        ("  기본법  ", {0, 1}),
        ("'기본법'", {0, 1}),
        ("본법을", {0, 1}),
        ("법률", set()),
        ("기본급", set()),
    ],
)
def test_search_finds_korean_words(four_pages, typed, expected):
    assert set(found(typed)) == {TEXTS[number][0] for number in expected}


def test_pairs_do_not_make_a_word_that_is_not_there(index_page):
    NewsPageFactory(parent=index_page, title="가나 나다", body=[])

    assert found("가나다") == []


def test_short_words_are_not_found_across_a_space(index_page):
    NewsPageFactory(parent=index_page, title="하나", body=texts("조직이 사회적 가치를 만든다"))
    NewsPageFactory(parent=index_page, title="둘", body=texts("이사회가 열렸다"))

    assert found("이사회") == ["둘"]


def test_the_end_of_a_word_begins_no_other(index_page):
    NewsPageFactory(parent=index_page, title="하나", body=texts("조직이 사회적 가치를 만든다"))

    assert found("이사회") == []


def test_spaces_in_a_short_word_are_overlooked_where_nothing_else_is_found(index_page):
    NewsPageFactory(parent=index_page, title="하나", body=texts("통합 돌봄 법을 만들자"))

    assert found("돌봄법") == ["하나"]


def test_end_of_a_very_long_report_is_found(home_page):
    page = ReportPageFactory(parent__parent=home_page, sections=[])
    filler = "사회적경제 기본 계획과 지역 순환 경제를 위한 회의를 열었습니다. " * 900
    page.sections = [
        {
            "type": "section",
            "value": {
                "part": "projects",
                "body": texts(filler, "끝에서 사회적금융기본법을 말했다."),
            },
        }
    ]
    page.save()

    assert found("사회적금융기본법") == ["2026년 활동보고"]
    assert found("금융기본") == ["2026년 활동보고"]
    assert found("금융계획") == []


def test_latin_words_are_found_by_their_beginning_in_any_case(index_page):
    NewsPageFactory(parent=index_page, title="유엔 SDGs를 말하다", body=texts("2026년 COP31"))

    assert (
        found("sdg") == found("SDGs를") == found("cop31") == found("2026") == ["유엔 SDGs를 말하다"]
    )
    assert found("DGs") == []


def test_a_word_of_letters_stays_apart_from_its_neighbour(index_page):
    NewsPageFactory(parent=index_page, title="하나", body=texts("social economy"))

    assert found("socialeconomy") == []
    assert found("economy social") == ["하나"]


def test_title_comes_first_then_the_newest(index_page):
    older = NewsPageFactory(
        parent=index_page, title="기본법 하나", published_on=date(2025, 1, 2), body=[]
    )
    newer = NewsPageFactory(parent=index_page, title="기본법 둘", published_on=date(2026, 1, 2))
    in_text = NewsPageFactory(
        parent=index_page, title="셋", published_on=date(2026, 5, 2), body=texts("기본법")
    )

    assert found("기본법") == [newer.title, older.title, in_text.title]


def test_word_as_typed_comes_before_its_stem(index_page):
    NewsPageFactory(
        parent=index_page, title="제주 바다", published_on=date(2026, 5, 2), body=texts("제주")
    )
    NewsPageFactory(parent=index_page, title="제주도", published_on=date(2025, 5, 2))

    assert found("제주도") == ["제주도", "제주 바다"]


def test_only_what_is_public_is_found(index_page):
    NewsPageFactory(parent=index_page, title="기본법 초안", live=False)
    private = NewsPageFactory(parent=index_page, title="기본법 회의록")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    live = NewsPageFactory(parent=index_page, title="기본법 소식")
    live.title = "기본법 고친 초안"
    live.save_revision()

    assert found("기본법") == ["기본법 소식"]
    assert found("초안") == []


def test_private_branch_is_not_found(index_page):
    NewsPageFactory(parent=index_page, title="기본법 소식")
    PageViewRestriction.objects.create(page=index_page, restriction_type="password", password="x")

    assert found("기본법") == []


def test_index_follows_publishing_and_deleting(index_page):
    page = NewsPageFactory(parent=index_page, title="기본법 소식", live=False)
    page.title = "돌봄법 소식"
    revision = page.save_revision()
    assert found("소식") == ["소식"]

    revision.publish()
    assert found("돌봄법") == ["돌봄법 소식"]
    assert found("기본법") == []

    page = NewsPage.objects.get(pk=page.pk)
    page.unpublish()
    assert found("돌봄법") == []

    page.save_revision().publish()
    page.delete()
    assert found("돌봄법") == []


def test_synonyms_are_found_both_ways_and_at_once(four_pages):
    assert found("사경기본법") == []
    synonym = SearchSynonym.objects.create(
        words="사경기본법, 사회적경제기본법, 사회연대경제 기본법"
    )

    assert found("사경기본법을") == found("사회연대경제기본법") == [TEXTS[0][0]]
    assert found("사회연대경제 기본법 제정") == found("사경기본법 제정하라") == [TEXTS[0][0]]

    synonym.words = "서명, 연서"
    synonym.save()
    assert found("사경기본법") == []
    assert set(found("연서")) == {TEXTS[1][0], TEXTS[3][0]}
