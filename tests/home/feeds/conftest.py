from datetime import date
from itertools import cycle, islice
from xml.etree import ElementTree as ET

import pytest
from django.core.files.base import ContentFile
from wagtail.images.tests.utils import get_test_image_file

from home.models import (
    NewsPage,
    OpEdPage,
    ReportPage,
    ResourcePage,
    SiteDocument,
    SiteImage,
    StatementPage,
)

from .articles import write

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def read(client, address="/feed/"):
    response = client.get(address)
    assert response.status_code == 200
    return ET.fromstring(response.content)  # noqa: S314 (our own answer)


def titles(client, address="/feed/"):
    tree = read(client, address)
    return [e.findtext("title") for e in tree.iter("item")] or [
        e.findtext(f"{ATOM}title") for e in tree.iter(f"{ATOM}entry")
    ]


def content(client, address="/feed/"):
    tree = read(client, address)
    (found,) = [e.text for e in tree.iter(CONTENT)] or [e.text for e in tree.iter(f"{ATOM}content")]
    return found


@pytest.fixture
def full(home_page):
    """Texts with as many links, files and pictures as an editor likes."""
    linked = write(home_page, ResourcePage, title="자료", published_on=date(2020, 1, 1))
    document = SiteDocument.objects.create(title="안", file=ContentFile(b"%PDF-", name="a.pdf"))
    image = SiteImage.objects.create(title="광장", file=get_test_image_file(size=(900, 600)))

    body = [
        (
            "text",
            f'<p><a linktype="page" id="{linked.pk}">자료</a> '
            f'<a linktype="document" id="{document.pk}">안</a> '
            '<a id="999999" linktype="page">없음</a> <a href="/about/">소개</a> '
            '<a href="//cdn.example/x">밖</a></p>',
        ),
        ("picture", {"image": image, "decorative": False, "alt_text": "모인 <사람>"}),
    ]
    files = [("file", {"title": "요구안", "document": document})]
    kinds = cycle([NewsPage, StatementPage, ReportPage, OpEdPage])

    def make(number):
        for model in islice(kinds, number):
            permitted = {"may_reprint": True} if model is OpEdPage else {}
            write(home_page, model, picture=image, files=files, body=body, **permitted)
        return image, document

    return make
