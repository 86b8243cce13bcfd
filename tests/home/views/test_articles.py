"""The newsroom's pages as a visitor meets them."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from home.publishing import forget_everything
from tests.conftest import publish
from tests.factories.home import (
    ContactFactory,
    DocumentFactory,
    ImageFactory,
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

from .conftest import cost, read

pytestmark = pytest.mark.integration


@pytest.fixture
def statement(home_page, petition_page):
    page = StatementPageFactory(
        parent=StatementIndexPageFactory(parent=home_page),
        slug="bill",
        title="국회는 더 미루지 말아야 합니다",
        number="2026-14",
        gist="하나입니다.\n둘입니다.",
        signatories="\n".join(f"단체 {n:02}" for n in range(12)),
        press_contact=ContactFactory(),
        action_page=petition_page,
        body=[("text", "<p>오늘 우리는 <b>요구합니다</b>.</p><ul><li>의결</li></ul>")],
        files=[("file", {"title": "성명서 전문", "document": DocumentFactory()})],
    )
    return publish(page)


def test_signatories_marked_by_hand_are_copied_with_commas(client, statement):
    html = read(client, statement.url)

    assert "<li><span data-copy-item>단체 00</span>,</li> <li>" in html
    assert "<span data-copy-item>단체 11</span></li>" in html


def test_a_statement_can_be_read_quoted_and_acted_on(client, statement, petition_page):
    html = read(client, statement.url)

    for words in ("2026-14", "둘입니다.", "단체 00", "단체 11", "성명서 전문", "PDF", "한마루"):
        assert words in html
    assert f'href="{petition_page.url}#sign"' in html
    assert 'href="/statements/bill/plain.txt"' in html
    assert " hidden" in re.search(r'<p class="copy[^>]*>', html)[0]


def test_a_statement_is_plain_text_to_copy(client, statement):
    response = client.get("/statements/bill/plain.txt")

    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["X-Robots-Tag"] == "noindex"
    text = response.content.decode()
    for words in (
        "국회는 더 미루지 말아야 합니다",
        "- 하나입니다.",
        "오늘 우리는 요구합니다.\n\n- 의결",
        "단체 00, 단체 01",
        "press@yeondae.example",
        "http://testserver/statements/bill/",
    ):
        assert words in text
    assert "<" not in text


@pytest.mark.parametrize("path", ["statements/none", "statements", "..", "x" * 390])
def test_plain_text_of_what_is_no_statement_is_not_found(client, statement, path):
    assert client.get(f"/{path}/plain.txt").status_code == 404


def test_plain_text_of_a_hidden_statement_is_not_found(client, statement):
    statement.unpublish()

    assert client.get("/statements/bill/plain.txt").status_code == 404


def test_a_draft_says_until_when_it_must_wait(admin_client, statement):
    statement.embargo_at = timezone.now() + timedelta(days=1)
    statement.save_revision()

    html = read(admin_client, f"/admin/pages/{statement.pk}/view_draft/")

    assert "alert--warning" in html
    assert "plain.txt" not in html


def test_an_op_ed_is_quoted_and_leads_to_its_outlet(client, home_page):
    page = OpEdPageFactory(
        parent=OpEdIndexPageFactory(parent=home_page),
        excerpt="열 해 동안 우리는 기다렸다.",
        original_url="https://paper.example/1",
        author_title="공동대표",
    )

    html = read(client, page.url)

    for words in ("한마루신문", "김연대", "공동대표", "열 해 동안 우리는 기다렸다."):
        assert words in html
    assert 'href="https://paper.example/1" rel="external"' in html
    assert "permission" not in html


def test_a_reprinted_op_ed_names_the_permission_and_not_the_excerpt(client, home_page):
    page = OpEdPageFactory(
        parent=OpEdIndexPageFactory(parent=home_page),
        excerpt="발췌한 글",
        may_reprint=True,
        body=[("heading", "전문의 소제목")],
    )

    html = read(client, page.url)

    assert "전문의 소제목" in html
    assert "permission" in html
    assert "발췌한 글" not in html


def test_a_report_begins_with_its_files_and_contents(client, home_page):
    page = ReportPageFactory(
        parent=ReportIndexPageFactory(parent=home_page),
        theme="법을 만드는 해",
        sections=[("section", {"part": "tasks", "claim": "내년에 더 합니다.", "body": []})],
        files=[("file", {"title": "활동보고", "document": DocumentFactory()})],
    )

    html = read(client, page.url)

    for words in ("법을 만드는 해", 'href="#tasks"', 'id="tasks"', "내년에 더 합니다.", "PDF"):
        assert words in html


def test_a_resource_shows_its_versions(client, home_page):
    document = DocumentFactory()
    page = ResourcePageFactory(
        parent=ResourceIndexPageFactory(parent=home_page),
        versions=[
            ("version", {"title": "해설", "document": document, "version": "제2판"}),
            (
                "version",
                {
                    "title": "해설",
                    "document": document,
                    "version": "제1판",
                    "dated_on": date(2025, 1, 1),
                    "changes": "처음 냈습니다",
                },
            ),
        ],
    )

    html = read(client, page.url)

    for words in ("제2판", "제1판", "처음 냈습니다", "2025년"):
        assert words in html


def test_every_page_has_its_own_picture_or_a_drawing(client, home_page):
    index = NewsIndexPageFactory(parent=home_page)
    drawn = NewsPageFactory(parent=index)
    pictured = NewsPageFactory(parent=index, picture=ImageFactory())

    assert "lead-picture--drawn" in read(client, drawn.url)
    assert "사진 연대회의" in read(client, pictured.url)
    assert "<img" in read(client, index.url)


def with_many_blocks(rows):
    """Blocks that point at pictures, files, pages and contacts, ``rows`` of each."""
    images = [ImageFactory() for _ in range(rows)]
    contact = ContactFactory()
    document = DocumentFactory()
    shots = [{"picture": image, "caption": "장면"} for image in images]
    file = {"title": "자료", "document": document}
    return [
        *(("picture", image) for image in images),
        ("photo_story", {"heading": "사진", "pictures": shots}),
        ("file_list", {"heading": "자료", "files": [file] * rows}),
        *(("contact", contact) for _ in range(rows)),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_costs_as_much_with_three_of_everything_as_with_one(client, home_page, rows):
    index = NewsIndexPageFactory(parent=home_page)
    page = NewsPageFactory(
        parent=index,
        picture=ImageFactory(),
        themes=ThemeFactory.create_batch(rows),
        body=with_many_blocks(rows),
    )
    NewsPageFactory.create_batch(rows, parent=index)
    publish(page)
    read(client, page.url)

    assert cost(client, page.url) <= 8


def test_a_page_is_previewed_before_it_was_ever_saved(kind):
    index, page_factory = kind
    page = page_factory.build(parent=None, title="아직 저장하지 않은 글")
    page.depth = index.depth + 1
    page.path = Page._get_children_path_interval(index.path)[1]
    page.set_url_path(index)

    response = page.make_preview_request()

    assert response.status_code == 200
    assert "아직 저장하지 않은 글" in response.content.decode()
    assert page.pk is None


def test_the_first_reader_costs_as_much_whatever_is_on_the_page(client, home_page):
    index = NewsIndexPageFactory(parent=home_page)
    costs = []
    for rows in (1, 3):
        page = publish(NewsPageFactory(parent=index, body=with_many_blocks(rows)))
        read(client, page.url)
        forget_everything()
        costs.append(cost(client, page.url))

    assert costs[0] == costs[1]
