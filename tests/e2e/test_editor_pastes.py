"""An editor copies from 한글, Word, Naver, Google Docs or a page, and pastes into a text."""

import re
from pathlib import Path
from unicodedata import normalize

import pytest
from playwright.sync_api import expect

from home.models import NewsPage
from tests.factories.accounts import UserFactory
from tests.factories.home import NewsIndexPageFactory, NewsPageFactory

from .staff import log_in

TEXT = ".public-DraftEditor-content"
MIXED = "<p>P1</p><h1>HEAD</h1><p>P2</p>"
CLIPBOARDS = Path(__file__).parent / "clipboards"
PASTE = """(element, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", new DOMParser().parseFromString(html, "text/html").body.innerText);
  element.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
  );
}"""


@pytest.fixture
def news(home_page):
    index = NewsIndexPageFactory(parent=home_page, slug="news")
    return NewsPageFactory(parent=index, slug="news-1", body=[("text", "")])


@pytest.fixture
def office(open_page, news):
    """The page's editor, with the cursor in its empty text."""
    page = open_page({"width": 1280, "height": 900})
    editor = UserFactory(role="편집자")
    log_in(page, editor, f"/admin/pages/{news.pk}/edit/")
    return page


def paste(office, html):
    office.locator(TEXT).first.click()
    paste_at_cursor(office, html)


def paste_at_cursor(office, html):
    """In the place of what is selected, where anything is."""
    office.locator(TEXT).first.evaluate(PASTE, html)
    office.wait_for_timeout(500)  # The editor hands its text to the form a moment later.


def type_and_go_back(office, words, back):
    """Type lines and leave the cursor ``back`` letters before the end."""
    text = office.locator(TEXT).first
    text.click()
    for at, line in enumerate(words):
        if at:
            office.keyboard.press("Enter")
        office.keyboard.type(line)
    for _ in range(back):
        office.keyboard.press("ArrowLeft")
    office.wait_for_timeout(100)  # The editor hears of the cursor by an event.


def save(office):
    office.get_by_role("button", name="초안 저장").first.click()
    expect(office.locator(".messages")).to_contain_text("페이지를 수정했습니다.")


def stored(news):
    """``(type, what is stored)`` of each block of the newest draft."""
    body = NewsPage.objects.get(pk=news.pk).get_latest_revision_as_object().body
    return [(block.block_type, as_words(block)) for block in body]


def as_words(block):
    if block.block_type == "table":
        heads = [column["heading"] for column in block.value.columns]
        cells = [[str(cell.value or "") for cell in row] for row in block.value.rows]
        return [heads, *cells]
    if block.block_type == "text":
        return without_keys(block.value.source)
    return block.value


def without_keys(html):
    """Draft.js marks each paragraph with a key of its own."""
    return re.sub(r' data-block-key="\w+"', "", html)


def paste_file(office, name):
    paste(office, (CLIPBOARDS / name).read_text())


def test_from_hwp(office, news):
    paste_file(office, "hwp.html")
    expect(office.locator(".paste-report")).to_be_visible()
    save(office)

    assert stored(news) == [
        ("text", "<p>성명서</p>"),
        ("heading", "왜 지금입니까"),
        (
            "text",
            "<p>국회는 <b>돌봄기본법</b>을 의결해 주십시오.</p><h3>우리의 요구</h3>"
            "<ul><li>기본법을 제정할 것<ul><li>올해 안에</li></ul></li><li>현장과 협의할 것</li></ul>",
        ),
        ("table", [["구분", "일정"], ["토론회", "11월 26일"], ["", "12월 3일"]]),
        ("text", "<p>문의: 사무국</p>"),
    ]


def test_from_word(office, news):
    paste_file(office, "word.html")
    save(office)

    blocks = stored(news)
    assert blocks[:2] == [
        ("heading", "활동 보고"),
        (
            "text",
            "<p><b>올해</b> 회의를 마흔여덟 번 열었습니다.</p><h3>주요 활동</h3>"
            "<ol><li>정책 토론회<ol><li>두 번</li></ol></li><li>정책 협약</li></ol>"
            '<p>자세한 내용은 <a href="https://example.org/report">보고서 원문</a>에 있습니다.</p>',
        ),
    ]
    [kind, (heads, row)] = blocks[2]
    assert (kind, heads, row[0]) == ("table", ["기구", "자료"], "정책위원회")
    assert '<a href="https://example.org/minutes">회의록</a>' in row[1]


def test_from_naver(office, news):
    paste_file(office, "naver.html")
    save(office)

    assert stored(news) == [
        ("heading", "문화제를 열었습니다"),
        (
            "text",
            "<p>국회 앞에서 <b>문화제</b>를 열었습니다.</p>"
            '<p><a href="https://example.org/news">문화제 기사</a>도 읽어 주세요.</p>'
            "<ul><li>일시: 11월 26일</li><li>장소: 국회 앞</li></ul>",
        ),
        ("table", [["순서", ""], ["1부", "공연"]]),
    ]


def test_from_google_docs(office, news):
    paste_file(office, "google_docs.html")
    save(office)

    assert stored(news) == [
        ("heading", "토론회 안내"),
        (
            "text",
            '<p><b>누구나</b> 올 수 있습니다. <a href="https://example.org/apply">신청서 쓰기</a></p>'
            "<ul><li>1부 누구나<ul><li>발제</li></ul></li><li>2부 대표자</li></ul>",
        ),
        ("table", [["시간", "내용"], ["오후 2시", "주발제"]]),
    ]


def test_from_a_page_without_its_scripts(office, news):
    paste_file(office, "web_page.html")
    save(office)

    assert stored(news) == [
        ("heading", "기본법, 위원회 심사 시작"),
        (
            "text",
            "<p>사회적경제기본법이 위원회에 올랐다.</p>"
            '<p>심사는 두 달 걸린다.관련 기사 <a href="https://example.org/bill">의안 원문</a></p>'
            "<h3>남은 일정</h3><ol><li>소위원회</li><li>본회의</li></ol>",
        ),
    ]


def test_into_a_text_that_has_words(office, news):
    office.locator(TEXT).first.click()
    office.keyboard.type("Hello ")
    paste(office, '<p style="color:red"><b>모두</b> 함께</p><ul><li>하나</li><li>둘</li></ul>')
    save(office)

    assert stored(news) == [
        ("text", "<p>Hello <b>모두</b> 함께</p><ul><li>하나</li><li>둘</li></ul>")
    ]


def test_parts_of_syllables_are_stored_whole(office, news):
    paste(office, normalize("NFD", "<p>돌봄기본법 <b>제정</b></p>"))
    save(office)

    assert stored(news) == [("text", "<p>돌봄기본법 <b>제정</b></p>")]


def test_only_one_sentence_leaves_no_report(office, news):
    paste(office, "<p>한 문장</p>")
    expect(office.locator(TEXT).first).to_have_text("한 문장")
    expect(office.locator(".paste-report")).to_have_count(0)


@pytest.mark.parametrize(
    ("lines", "back", "html", "blocks"),
    [
        (
            ["AAAA BBBB"],
            4,
            MIXED,
            [("text", "<p>AAAA P1</p>"), ("heading", "HEAD"), ("text", "<p>P2BBBB</p>")],
        ),
        (
            ["AAAA", "BBBB"],
            4,
            "<h1>HEAD</h1>",
            [("text", "<p>AAAA</p>"), ("heading", "HEAD"), ("text", "<p>BBBB</p>")],
        ),
        (
            ["AAAA", "BBBB"],
            5,
            "<h1>HEAD</h1><p>P2</p>",
            [
                ("text", "<p>AAAA</p>"),
                ("heading", "HEAD"),
                ("text", "<p>P2</p><p>BBBB</p>"),
            ],
        ),
        (
            ["BBBB"],
            4,
            "<h1>ONE</h1><p>P1</p><h1>TWO</h1>",
            [
                *(("heading", "ONE"), ("text", "<p>P1</p>")),
                *(("heading", "TWO"), ("text", "<p>BBBB</p>")),
            ],
        ),
        (
            ["AAAA BBBB"],
            4,
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>",
            [
                ("text", "<p>AAAA </p>"),
                ("table", [["a", "b"], ["c", "d"]]),
                ("text", "<p>BBBB</p>"),
            ],
        ),
    ],
    ids=["inside-a-line", "before-a-line", "behind-a-line", "at-the-start", "table"],
)
def test_what_stands_behind_the_cursor_comes_last(office, news, lines, back, html, blocks):
    type_and_go_back(office, lines, back)
    paste_at_cursor(office, html)
    save(office)

    assert stored(news) == blocks


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<p>P1</p>", [("text", "<p>P1</p>")]),
        ("<h1>HEAD</h1>", [("heading", "HEAD")]),
        ("<h1>HEAD</h1><p>P2</p>", [("heading", "HEAD"), ("text", "<p>P2</p>")]),
        (MIXED, [("text", "<p>P1</p>"), ("heading", "HEAD"), ("text", "<p>P2</p>")]),
    ],
)
def test_all_that_was_there_is_written_over(office, news, html, blocks):
    type_and_go_back(office, ["AAAA", "BBBB"], 0)
    office.keyboard.press("Control+A")
    office.wait_for_timeout(100)
    paste_at_cursor(office, html)
    save(office)

    assert stored(news) == blocks


def test_what_is_selected_goes_and_the_rest_stays(office, news):
    type_and_go_back(office, ["AAAA", "BBBB CCCC"], 4)
    for _ in range(7):
        office.keyboard.press("Shift+ArrowLeft")
    office.wait_for_timeout(100)
    paste_at_cursor(office, MIXED)
    save(office)

    assert stored(news) == [
        *(("text", "<p>AAAP1</p>"), ("heading", "HEAD"), ("text", "<p>P2CCCC</p>")),
    ]
