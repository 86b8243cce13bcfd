"""What stands around a text: files with format and size, facts, warnings, plans, counted tables."""

import re
from datetime import date

import pytest

from tests.conftest import publish
from tests.factories.home import (
    DocumentFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    OpEdIndexPageFactory,
    OpEdPageFactory,
    ReportIndexPageFactory,
    ReportPageFactory,
    ResourceIndexPageFactory,
    ResourcePageFactory,
    StatementIndexPageFactory,
    StatementPageFactory,
    ThemeFactory,
)
from tests.factories.network import BodyFactory, MeetingFactory

from .conftest import read

pytestmark = pytest.mark.integration

LEAVES = "다른 사이트로 갑니다."


def twins(title="해설서"):
    """A file as HWPX with the same as PDF; 3,000 and 5,000 bytes."""
    pdf = DocumentFactory(file__data=b"%PDF-1.7" + b" " * 4992)
    hwpx = DocumentFactory(file__filename="paper.hwpx", file__data=b"x" * 3000)
    return {"title": title, "document": hwpx, "pdf": pdf}


def links(html):
    """(address, its words) of all links to files."""
    found = re.findall(r'<a [^>]*href="(/documents/[^"]+)"[^>]*>(.*?)</a>', html, re.DOTALL)
    return [(url, " ".join(re.sub(r"<[^>]+>", " ", words).split())) for url, words in found]


def check_twins(html, file):
    told = dict(links(html))
    assert told[file["pdf"].url].startswith("PDF")
    assert "5KB" in told[file["pdf"].url]
    assert told[file["document"].url].startswith("HWPX")
    assert "3KB" in told[file["document"].url]


def test_a_report_tells_format_and_size_of_each_file(client, home_page):
    first, second = twins(), twins("결산서")
    page = publish(
        ReportPageFactory(
            parent=ReportIndexPageFactory(parent=home_page),
            files=[("file", first), ("file", second)],
        )
    )

    cover, text = read(client, page.url).split('class="report__text"')

    check_twins(cover, first)
    check_twins(text, second)
    assert len(links(cover)) == len(links(text)) == 2


def test_a_resource_tells_kind_theme_campaign_and_its_file(client, home_page, campaign_page):
    file, theme = twins(), ThemeFactory(name="돌봄")
    page = ResourcePageFactory(
        parent=ResourceIndexPageFactory(parent=home_page),
        kind="study",
        campaign=campaign_page,
        versions=[("version", {**file, "version": "제2판"})],
    )
    page.themes = [theme]
    publish(page)

    html = read(client, page.url)

    check_twins(html, file)
    facts = html.split('class="facts facts--side"')[1].split("</dl>")[0]
    assert "<dd>연구</dd>" in facts
    assert "<dd>돌봄</dd>" in facts
    assert f'<dd><a href="{campaign_page.url}">{campaign_page.title}</a></dd>' in facts


def test_files_of_a_statement_tell_format_and_size(client, home_page):
    file = twins("성명서 전문")
    index = StatementIndexPageFactory(parent=home_page)
    page = publish(StatementPageFactory(parent=index, files=[("file", file)]))

    html = read(client, page.url)

    check_twins(html, file)
    assert [words.endswith("내려받기 성명서 전문") for _url, words in links(html)] == [True, True]


@pytest.mark.parametrize("original_url", ["", "https://paper.example/1"])
def test_an_op_ed_warns_that_its_original_stands_elsewhere(client, home_page, original_url):
    index = OpEdIndexPageFactory(parent=home_page)
    page = publish(OpEdPageFactory(parent=index, original_url=original_url))

    assert (LEAVES in read(client, page.url)) == bool(original_url)


@pytest.mark.parametrize("leaves", [True, False])
def test_a_call_to_action_warns_where_it_leaves_the_site(client, home_page, leaves):
    there = {"url": "https://petitions.example/1"} if leaves else {"page": home_page, "url": ""}
    call = {"title": "청원에 동의하기", "label": "동의하러 가기", "text": "", **there}
    index = NewsIndexPageFactory(parent=home_page)
    page = publish(NewsPageFactory(parent=index, body=[("call_to_action", call)]))

    html = read(client, page.url)

    assert "동의하러 가기" in html
    assert (LEAVES in html) == leaves


def report(home_page, *, blocks=(), **fields):
    index = ReportIndexPageFactory(parent=home_page)
    sections = [("section", {"part": "meetings", "body": list(blocks)})]
    return publish(ReportPageFactory(parent=index, sections=sections, **fields))


def test_a_report_counts_the_meetings_of_each_body(client, home_page):
    for name, number in {"정책위원회": 3, "돌봄분과": 12}.items():
        body = BodyFactory(name=name)
        MeetingFactory.create_batch(number, body=body, held_on=date(2026, 3, 12))
        MeetingFactory(body=body, held_on=date(2025, 3, 12))
    words = {"heading": "회의", "label_heading": "기구", "number_heading": "횟수", "unit": "회"}
    own = [{"label": "지역 간담회", "number": 1200}]
    bars = {**words, "source": "meetings_per_body", "year": 2026, "bars": own}

    html = read(client, report(home_page, blocks=[("bars", bars)]).url)

    rows = re.findall(r'<th scope="row">(.*?)</th><td class="bars__number">(.*?)</td>', html)
    assert set(rows) == {
        *(
            ("정책위원회", "3회"),
            ("돌봄분과", "12회"),
            ("지역 간담회", "1,200회"),
            ("합계", "1,215회"),
        ),
    }


def test_a_report_shows_its_numbers_large(client, home_page):
    MeetingFactory.create_batch(2, held_on=date(2026, 3, 12))
    numbers = [
        {"label": "회의", "source": "meetings", "year": 2026, "unit": "회"},
        {"label": "서명", "number": 12345, "unit": "명", "note": "온라인과 현장"},
    ]
    block = {"heading": "숫자로 본 한 해", "as_of": date(2026, 11, 18), "numbers": numbers}

    html = read(client, report(home_page, blocks=[("numbers", block)]).url)

    told = re.sub(r"<[^>]+>", "", html.split('<dl class="numbers">')[1].split("</p>")[0])
    assert told.split()[:4] == ["회의2회", "서명12,345명", "온라인과", "현장"]
    assert "2026년\u00a011월\u00a018일" in told


def test_a_report_leads_to_the_plan_of_the_next_year(client, home_page):
    index = ReportIndexPageFactory(parent=home_page)
    plan = publish(ReportPageFactory(parent=index, year=2027, title="2027년 사업계획"))
    page = publish(ReportPageFactory(parent=index, next_page=plan))

    button = read(client, page.url).split('class="report__plan"')[1].split("</p>")[0]

    assert f'href="{plan.url}"' in button
    assert "<span>2027년 사업계획</span>" in button
