"""Public pages on A4: the text and its source, and nothing that is there to be pressed."""

import re
import subprocess

import pytest

from tests.conftest import publish
from tests.factories import home as factories
from tests.factories.campaigns import HandOverFactory
from tests.factories.forums import ForumIndexPageFactory, ForumPageFactory
from tests.factories.petitions import TallyFactory

A4 = (595, 842)  # points
TITLE = "종이에 옮긴 글"
WORDS = "여러 지역에서 함께 정한 일입니다."
BODY = [("text", f"<p>{WORDS}</p>")]
ORIGINAL = "https://paper.example/opinion/2026-14"
BUTTONS = (
    *("검색", "메뉴", "인쇄", "공유", "본문으로 건너뛰기", "서명하기", "신청하기", "알리기"),
    *("더 보기", "캠페인 알아보기", "일정에 추가", "텍스트 복사"),
)
# What can be pressed and has no address to tell, and headings below which nothing is left.
LEFT_OVER = """() => {
  const isShown = (node) => node.checkVisibility() && !node.closest(".visually-hidden");
  const shown = (names) => [...document.querySelectorAll(names)].filter(isShown);
  const links = ".original .btn, .download__buttons .btn";
  const pressed = shown("button, input, select, textarea, .btn").filter((one) => !one.matches(links));
  const empty = shown("main h2, main h3").filter((heading) => {
    const around = heading.closest("section, nav, aside, main");
    const walker = document.createTreeWalker(around, NodeFilter.SHOW_ALL);
    walker.currentNode = heading.lastChild;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.nodeName <= heading.nodeName && /^H\\d$/.test(node.nodeName)) return true;
      const holder = node.nodeType === Node.TEXT_NODE ? node.parentElement : null;
      if (holder && node.data.trim() && !heading.contains(node) && isShown(holder)) return false;
    }
    return true;
  });
  return [...pressed, ...empty].map((one) => one.outerHTML.slice(0, 200));
}"""


@pytest.fixture
def pages(server_url, home_page, petition_page):
    """A page of each kind with the words that must stand on its paper."""
    campaign = petition_page.get_parent().specific
    TallyFactory(petition=petition_page, online=12345)
    told = {name: _write(home_page, name) for name in ARTICLES}
    forums = publish(ForumIndexPageFactory(parent=home_page))
    forum = publish(ForumPageFactory(parent=forums, title=TITLE, body=BODY))
    standard = publish(factories.StandardPageFactory(parent=home_page, title=TITLE, body=BODY))
    HandOverFactory(page=campaign)
    for page in (petition_page, campaign):
        page.title, page.body = TITLE, BODY
        publish(page)
    home_page.refresh_from_db()
    home_page.lead_page, home_page.body = campaign, BODY
    front = publish(home_page)
    return {
        **told,
        "campaign": (campaign, ["1차 서명 5,000명분"]),
        "petition": (petition_page, ["12,345"]),
        "forum": (forum, ["서울 한마당회관 2층 이음홀"]),
        "standard": (standard, []),
        "home": (front, []),
    }


def _write(home_page, kind):
    index, factory, told, words = ARTICLES[kind]
    parent = publish(getattr(factories, index)(parent=home_page))
    told = told() if callable(told) else told
    return publish(getattr(factories, factory)(parent=parent, title=TITLE, **told)), words


def _versions():
    pdf = factories.DocumentFactory()
    hwpx = factories.DocumentFactory(file__filename="paper.hwpx")
    version = {"title": "해설서", "version": "제2판", "document": hwpx, "pdf": pdf}
    return {"body": BODY, "versions": [("version", version)]}


ARTICLES = {
    "news": ("NewsIndexPageFactory", "NewsPageFactory", {"body": BODY}, []),
    "statement": ("StatementIndexPageFactory", "StatementPageFactory", {"body": BODY}, []),
    "op-ed": (
        *("OpEdIndexPageFactory", "OpEdPageFactory"),
        {"summary": WORDS, "excerpt": "열 해를 기다렸다.", "original_url": ORIGINAL},
        ["한마루신문", "열 해를 기다렸다.", ORIGINAL],
    ),
    "report": (
        *("ReportIndexPageFactory", "ReportPageFactory"),
        {"sections": [("section", {"part": "tasks", "body": BODY})]},
        ["남은 과제"],
    ),
    "resource": (
        *("ResourceIndexPageFactory", "ResourcePageFactory", _versions),
        ["제2판", "PDF", "HWPX", "1KB"],
    ),
}


def read_pdf(command, path):
    arguments = ["-"] if command == "pdftotext" else []
    done = subprocess.run([command, path, *arguments], capture_output=True, check=True, text=True)
    return done.stdout


def test_paper_has_the_text_with_its_source_and_nothing_to_press(open_page, pages, tmp_path):
    reader = open_page({"width": 1280, "height": 900})
    reader.emulate_media(media="print")
    for kind, (page, words) in pages.items():
        reader.goto(page.url)
        reader.evaluate("document.fonts.ready.then(() => null)")  # No letter is left out.
        path = tmp_path / f"{kind}.pdf"
        reader.pdf(path=path, prefer_css_page_size=True)

        size = re.search(r"Page size: +([\d.]+) x ([\d.]+)", read_pdf("pdfinfo", path)).groups()
        told = read_pdf("pdftotext", path)
        lines = [line.strip() for line in told.splitlines()]
        assert tuple(round(float(side)) for side in size) == A4
        for one in (TITLE, WORDS, *words):
            assert one in " ".join(told.split()), (kind, one)
        assert re.search(r"^1 ?/ ?\d+$", told, re.MULTILINE)  # The number of the page.
        assert not set(BUTTONS) & set(lines), kind
        assert "다른 사이트로 갑니다." not in told
        assert reader.evaluate(LEFT_OVER) == [], kind
