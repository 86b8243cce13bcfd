"""A visitor of the demo site follows every link; every page type is valid and usable."""

import json
import subprocess
import urllib.error
import urllib.request
from html.parser import HTMLParser
from urllib.parse import quote, urldefrag, urljoin, urlsplit

import pytest
from django.core.management import call_command
from wagtail.models import get_page_models

from home.models import HomePage
from tests.machine import HTML_CHECKER

from .axe import violations
from .conftest import DESKTOP, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
FOLLOWED = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "srcset"}


@pytest.fixture
def home_page(transactional_db, settings, tmp_path):
    """The whole demo site instead of the small one, with its pictures on a disk."""
    settings.MEDIA_ROOT = tmp_path / "media"
    disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": disk}
    call_command("load_demo", signatures=30, verbosity=0)
    return HomePage.objects.get()


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        value = dict(attributes).get(FOLLOWED.get(tag, ""))
        if value and tag == "source":
            self.found += [part.split()[0] for part in value.split(",")]
        elif value:
            self.found.append(value)


def links_in(html, address):
    parser = Links()
    parser.feed(html)
    return {urldefrag(urljoin(address, link)).url for link in parser.found}


def fetch(address):
    """(status, content type, body)"""
    try:
        with urllib.request.urlopen(quote(address, safe=":/?&=%#+,~@")) as answer:  # noqa: S310 (our own site)
            return answer.status, answer.headers.get_content_type(), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get_content_type(), error.read()


def walk(start):
    """Every address of the site that can be reached by links: its status, and its HTML."""
    waiting, statuses, pages = {start}, {}, {}
    while waiting:
        address = waiting.pop()
        status, kind, body = fetch(address)
        statuses[address] = status
        if kind == "text/html":
            pages[address] = body.decode()
            here = {
                link
                for link in links_in(pages[address], address)
                if urlsplit(link).netloc == urlsplit(start).netloc
            }
            waiting |= here - statuses.keys()
    return statuses, pages


def objections(pages, folder):
    """What the HTML checker objects to, page by page."""
    files = {}
    for number, (address, html) in enumerate(sorted(pages.items())):
        path = folder / f"{number}.html"
        path.write_text(html)
        files[path.as_uri()] = address
    command = ["java", "-jar", HTML_CHECKER, "--format", "json", *files]
    result = subprocess.run(command, capture_output=True, check=False)
    messages = json.loads(result.stderr)["messages"]
    return [
        f"{files[m['url']]}: {m['message']}: {m.get('extract', '')}"
        for m in messages
        if m["type"] == "error"
    ]


def test_every_page_is_sound(server_url, open_page, tmp_path):
    """One test: making the whole site takes longer than all that is asked of it."""
    statuses, pages = walk(f"{server_url}/")

    assert {address for address, status in statuses.items() if status != 200} == set()
    assert len(pages) > 40
    assert objections(pages, tmp_path) == []
    visitor = open_page(DESKTOP)  # Which hears each word of a console, each request elsewhere.
    for address in pages:
        visitor.goto(address)
    for size in (PHONE, DESKTOP):
        found = looked_at(open_page(size), size["width"])
        assert len(found) > 15
        assert found == dict.fromkeys(found, [])


def looked_at(screen, width):
    """One page of each type, what axe objects to on it, and whether it is wider than the screen."""
    found = {}
    for model in get_page_models():
        page = model.objects.live().filter(depth__gt=1).order_by("path").first()
        if page is not None and model.__name__ != "Page":
            screen.goto(page.url)
            found[page.url] = violations(screen)
            if screen.evaluate("document.documentElement.scrollWidth") > width:
                found[page.url].append("wider than the screen")
    return found
