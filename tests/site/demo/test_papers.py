import io
import zipfile
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from django.core.files.base import ContentFile

from demo.papers import make_hwpx, make_pdf
from home.uploads import take_document

pytestmark = pytest.mark.unit

TEXTS = ["첫째 <문단> & 끝", "둘째 문단"]


def test_pdf_is_what_it_says():
    content = make_pdf("요구안", TEXTS, made_at=datetime(2026, 11, 24, tzinfo=UTC))

    assert content.startswith(b"%PDF-")
    take_document(ContentFile(content, name="a.pdf"))


def test_hwpx_names_its_type_first_and_holds_the_text():
    content = make_hwpx("요구안", TEXTS)

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist()[0] == "mimetype"
        assert archive.read("mimetype") == b"application/hwp+zip"
        section = ET.fromstring(archive.read("Contents/section0.xml"))  # noqa: S314 (our own file)
        for name in ("version.xml", "META-INF/container.xml", "Contents/content.hpf"):
            ET.fromstring(archive.read(name))  # noqa: S314 (our own file)
    assert "".join(section.itertext()) == "요구안" + "".join(TEXTS)
    assert content == make_hwpx("요구안", TEXTS)
    take_document(ContentFile(content, name="a.hwpx"))
