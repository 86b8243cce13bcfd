"""What the checks find, page by page; and what they leave in peace."""

import time
from datetime import date

import pytest

from home.content_checks import Level, check_page
from tests.factories.home import (
    ContactFactory,
    DocumentFactory,
    ImageFactory,
    NewsPageFactory,
    ReportPageFactory,
    StatementPageFactory,
)
from tests.home.uploads.files import hwp

from .conftest import found, only, write

pytestmark = pytest.mark.django_db


def text(html):
    return [("text", html)]


def test_complete_page_has_no_findings(news):
    write(news, ("heading", "왜 지금입니까"), ("text", "<h3>하나</h3><h4>둘</h4><p>글</p>"))

    assert check_page(news) == []


@pytest.mark.parametrize(
    "label",
    [
        *("여기", "이곳", "[바로가기]", "링크 클릭", "여기를 클릭하세요", "여기에서 확인하세요"),
        *("자세히 보기", "더보기 ›", "Click here", "HERE"),
    ],
)
def test_link_must_say_where_it_leads(news, label):
    write(news, ("text", f'<p><a href="https://example.org/">{label}</a></p>'))

    assert (only(news).level, only(news).where) == (Level.WARNING, "본문 › 1. 글")


@pytest.mark.parametrize("label", ["의안 원문 보기", "여기저기 마을", "링크를 모은 자료집"])
def test_link_that_says_where_it_leads_is_left_in_peace(news, label):
    assert found(write(news, ("text", f'<p><a href="https://example.org/">{label}</a></p>'))) == []


@pytest.mark.parametrize("label", ["https://example.org/a?b=1", "www.example.org", " "])
def test_link_needs_words(news, label):
    write(news, ("text", f'<p><a href="https://example.org/">{label}</a></p>'))

    assert only(news).level == Level.WARNING


def test_button_must_say_what_it_does(news):
    value = {"title": "서명", "url": "https://example.org/", "label": "바로가기"}

    assert only(write(news, ("call_to_action", value))).level == Level.WARNING


@pytest.mark.parametrize(
    "number", ["900101-1234567", "900101 1234567", "9001011234567", "９００１０１－１２３４５６７"]
)
def test_resident_number_stops(news, number):
    assert only(write(news, ("text", f"<p>주민번호 {number}</p>"))).level == Level.STOP


def test_resident_number_in_the_title_or_the_name_of_a_file_stops(news):
    news.title = "900101-1234567"
    value = {"title": "명단", "document": DocumentFactory(title="900101-1234567 명단").pk}
    news.files = news._meta.get_field("files").to_python([{"type": "file", "value": value}])

    assert [(f.level, f.where) for f in check_page(news)] == [
        (Level.STOP, "제목"),
        (Level.STOP, "내려받을 파일 › 1. 파일"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        *("010-1234-5678", "01012345678", "+82 10-1234-5678", "kim.yeondae@example.org"),
        *("가온은행 000-12-345678", "계좌 110-234-567890 (예금주 홍길동)"),
    ],
)
def test_numbers_of_a_person_are_pointed_out(news, words):
    assert only(write(news, ("text", f"<p>{words}</p>"))).level == Level.WARNING


def test_numbers_of_the_office_are_fine(news):
    ContactFactory(phone="010-1234-5678", email="dasom@example.org")
    words = "+82 10 1234 5678, 02-0000-0000, dasom@example.org, press@example.org"

    assert found(write(news, ("text", f"<p>{words}</p>"))) == []


@pytest.mark.parametrize("words", ["의안번호 2101-2345-6789", "은행 2026-11-24", "123-45-67890"])
def test_other_numbers_are_fine(news, words):
    assert found(write(news, ("text", f"<p>{words}</p>"))) == []


def test_picture_without_words_or_consent(news):
    bare = ImageFactory(description="", credit="", portrait_consent="")
    news.picture = bare
    value = {"image": bare.pk, "decorative": False, "alt_text": "KakaoTalk_2026.jpg"}
    write(news, ("picture", value))

    assert [(f.level, f.where) for f in check_page(news)] == [
        (Level.WARNING, "대표 사진"),
        (Level.WARNING, "대표 사진"),
        (Level.WARNING, "본문 › 1. 사진"),
        (Level.WARNING, "본문 › 1. 사진"),
        (Level.HINT, "대표 사진"),
        (Level.HINT, "본문 › 1. 사진"),
    ]


def test_picture_with_all_it_needs_is_fine(news, image):
    news.picture = image
    decorative = {"image": image.pk, "decorative": True, "alt_text": ""}
    story = {"pictures": [{"picture": {"image": image.pk, "alt_text": "광장의 사람들"}}]}

    assert found(write(news, ("picture", decorative), ("photo_story", story))) == []


def test_what_was_not_filled_in_is_passed_over(news):
    video = {"title": "설명", "url": "https://example.org/"}

    assert found(write(news, ("video", video), ("table", None), ("text", None))) == []


def test_picture_by_a_machine_is_named(news, image):
    image.made_by_ai = True
    news.picture = image

    assert only(news).level == Level.HINT


def test_hwp_wants_a_pdf(news):
    document = DocumentFactory(title="성명", file__filename="a.hwp", file__data=hwp())
    with_reason = {"title": "서식", "document": document.pk, "no_pdf_reason": "채워 넣는 서식"}
    bare = {"title": "성명", "document": document.pk}
    write(news, ("file_list", {"files": [bare, with_reason]}))

    assert only(news).level == Level.WARNING


def test_headings_keep_their_order(news):
    write(news, ("heading", ""), ("text", "<h4>너무 작다</h4><h3></h3>"), ("heading", "둘"))

    levels = [level for level, _message in found(news)]
    assert levels == [Level.WARNING] * 3


def test_part_of_a_report_begins_anew(home_page, clock):
    report = ReportPageFactory(
        slug="r", summary="한 줄", year=2026, published_on=date(2026, 11, 24)
    )
    part = {"part": "theme", "body": [{"type": "text", "value": "<h3>하나</h3>"}]}
    field = report._meta.get_field("sections")
    report.sections = field.to_python([{"type": "section", "value": part}] * 2)

    assert check_page(report) == []


def test_table_is_read_too(news):
    table = {
        "columns": [{"type": "text", "heading": "이름"}],
        "rows": [{"values": ["900101-1234567"]}],
        "caption": "명단",
    }

    assert only(write(news, ("table", table))).level == Level.STOP


def test_summary_and_address(news):
    news.summary, news.slug = "", "새-소식"

    assert [f.level for f in check_page(news)] == [Level.HINT, Level.HINT]


def test_an_empty_page_can_be_checked(home_page):
    for factory in (NewsPageFactory, StatementPageFactory, ReportPageFactory):
        news = factory._meta.model(title="")

        assert isinstance(check_page(news), list)


def test_queries_do_not_grow_with_pictures(news, image, django_assert_num_queries):
    for count in (1, 3):
        write(news, *[("picture", {"image": image.pk, "alt_text": "광장"})] * count)
        with django_assert_num_queries(5):
            check_page(news)


def test_a_long_row_of_letters_is_read_in_no_time(news):
    """Read from each of its letters, it would take a minute; an editor waits at every saving."""
    write(news, ("text", f"<p>{'a' * 60_000} kim@naver.com</p>"))
    started = time.process_time()

    assert only(news).level == Level.WARNING
    assert time.process_time() - started < 5
