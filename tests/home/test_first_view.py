"""What a phone fetches at its first visit, in the bytes that go over the line."""

import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders

from home.page_cache.entries import COMPRESSORS, SHORT
from tests.conftest import publish
from tests.factories.home import (
    NewsIndexPageFactory,
    NewsPageFactory,
    ReportIndexPageFactory,
    ReportPageFactory,
)
from tests.home.bodies import write_body

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

MOST = 150_000  # Without photos and fonts.
MOST_FONTS = 500_000
MOST_COUNT = 200
FACE = re.compile(r"@font-face\s*{(.*?)}", re.DOTALL)


@pytest.fixture
def addresses(home_page, petition_page):
    """Home, news, report and petition, with three of everything in their texts."""
    news_index = publish(NewsIndexPageFactory(parent=home_page))
    body = write_body(3, home_page=home_page, news_index=news_index)
    reports = publish(ReportIndexPageFactory(parent=home_page))
    home_page.body, home_page.lead_page = body, petition_page.get_parent()
    petition_page.body = body
    pages = {
        "home": publish(home_page),
        "petition": publish(petition_page),
        "news": publish(NewsPageFactory(parent=news_index, body=body)),
        "report": publish(
            ReportPageFactory(
                parent=reports,
                sections=[("section", {"part": p, "body": body}) for p in ("theme", "tasks")],
            )
        ),
    }
    return {name: page.url for name, page in pages.items()}


def fetch(client, address):
    """The answer as the page cache packs it."""
    response = client.get(address)
    assert response.status_code == 200
    content = response.content
    return COMPRESSORS["br"](content) if len(content) > SHORT else content


def linked(html):
    """The stylesheets and scripts of a page, as files."""
    found = re.findall(r'<(?:link rel="stylesheet" href|script[^>]* src)="/static/([^"]+)"', html)
    return [Path(finders.find(name)) for name in found]


def packed(path):
    return len(brotli.compress(path.read_bytes()))


def fonts(sheets, html):
    """Sizes of the font files that these words need."""
    signs = {ord(sign) for sign in re.sub(r"<[^>]*>", "", html)}
    for sheet in sheets:
        for face in FACE.findall(sheet.read_text()):
            name = re.search(r"url\(([^)]+\.woff2)\)", face)
            if name and signs & _signs(face):
                yield (sheet.parent / name[1].strip("'\"")).stat().st_size


def _signs(face):
    ranges = re.search(r"unicode-range:([^;}]+)", face)
    found = set()
    for part in ranges[1].split(",") if ranges else ():
        first, _, last = part.strip().removeprefix("U+").partition("-")
        found |= set(range(int(first, 16), int(last or first, 16) + 1))
    return found


def test_the_first_view_is_small(client, addresses):
    for name, address in addresses.items():
        body = fetch(client, address)
        html = brotli.decompress(body).decode()
        files = linked(html)

        assert len(files) >= 3, name
        assert len(body) + sum(map(packed, files)) <= MOST, name
        assert 0 < sum(fonts([f for f in files if f.suffix == ".css"], html)) <= MOST_FONTS, name


def test_the_count_is_tiny(client, petition_page):
    assert len(fetch(client, f"{petition_page.url}count.json")) <= MOST_COUNT
