"""A report and a statement on A4: the text, and nothing that is there to be pressed."""

import re
import subprocess

import pytest

from tests.conftest import publish
from tests.factories.home import (
    ReportIndexPageFactory,
    ReportPageFactory,
    StatementIndexPageFactory,
    StatementPageFactory,
)

A4 = (595, 842)  # points


@pytest.fixture(params=["report", "statement"])
def page(request, server_url, home_page):
    text = "<p>여러 지역에서 함께 정한 일입니다.</p>"
    section = ("section", {"part": "review", "body": [("text", text)]})
    index, factory, told = {
        "report": (ReportIndexPageFactory, ReportPageFactory, {"sections": [section]}),
        "statement": (StatementIndexPageFactory, StatementPageFactory, {"body": [("text", text)]}),
    }[request.param]
    parent = publish(index(parent=home_page))
    return publish(factory(parent=parent, title="종이에 옮긴 글", **told))


def read_pdf(command, path):
    arguments = ["-"] if command == "pdftotext" else []
    done = subprocess.run([command, path, *arguments], capture_output=True, check=True, text=True)
    return done.stdout


def test_it_fills_a4_with_text_and_nothing_to_press(open_page, page, tmp_path):
    reader = open_page({"width": 1280, "height": 900})
    reader.goto(page.url)
    path = tmp_path / "page.pdf"
    reader.pdf(path=path, prefer_css_page_size=True)

    width, height = map(
        float, re.search(r"Page size: +([\d.]+) x ([\d.]+)", read_pdf("pdfinfo", path)).groups()
    )
    told = read_pdf("pdftotext", path)
    lines = [line.strip() for line in told.splitlines()]
    assert (round(width), round(height)) == A4
    assert "종이에 옮긴 글" in told
    assert "여러 지역에서 함께 정한 일입니다." in told
    assert re.search(r"^1 ?/ ?\d+$", told, re.MULTILINE)  # The number of the page.
    for button in ("검색", "메뉴", "인쇄", "공유", "본문으로 건너뛰기"):
        assert button not in lines, button
