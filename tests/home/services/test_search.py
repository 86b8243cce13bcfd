"""The table of searches that must come out alike on both databases."""

import unicodedata
from datetime import date

import pytest
from wagtail.models import PageViewRestriction

from home.models import NewsPage, SearchSynonym
from home.services.search import PER_PAGE, search_pages
from tests.factories.home import (
    NewsIndexPageFactory,
    NewsPageFactory,
    OpEdPageFactory,
    ReportPageFactory,
    StatementPageFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_smoke]

TEXTS = (
    (
        "사회적경제기본법을 제정하라",
        "국회는 답하라. 시민사회단체 연대회의는 오늘 기자회견을 열었다.",
    ),
    ("기후위기 대응을 위한 서명운동", "탄소중립기본법 개정을 요구한다."),
    ("협동조합의 날 기념 문화제", "사회적 경제 조직이 한자리에 모였다."),
    ("정치개혁 공약 협약식", "후보들이 서명했다."),
)


def texts(*paragraphs):
    return [{"type": "text", "value": f"<p>{text}</p>"} for text in paragraphs]


def found(typed, **options):
    return [
        "".join(piece.text for piece in one.title) for one in search_pages(typed, **options).results
    ]


@pytest.fixture
def index_page(home_page):
    """The list of news; the front page holds no word that is looked for."""
    home_page.title = "처음"
    home_page.save()
    return NewsIndexPageFactory(parent=home_page)


@pytest.fixture
def four_pages(index_page):
    return [
        NewsPageFactory(parent=index_page, title=title, body=texts(body)) for title, body in TEXTS
    ]


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
