"""Files to download: small PDFs set by typst, and HWPX files that word processors open."""

import io
import zipfile
from datetime import datetime
from xml.sax.saxutils import escape

from typesetting.services import render_pdf

ORGANISATION = "사회적경제연대회의"
HWPX_TYPE = "application/hwp+zip"


def make_pdf(title: str, paragraphs: list[str], *, made_at: datetime) -> bytes:
    values = {"title": title, "paragraphs": paragraphs, "organisation": ORGANISATION}
    return render_pdf("demo/paper.typ", values, made_at=made_at)


def make_hwpx(title: str, paragraphs: list[str]) -> bytes:
    """The least that OWPML asks for: its type first, a package list and one section of text."""
    section = "".join(
        f"<hp:p><hp:run><hp:t>{escape(text)}</hp:t></hp:run></hp:p>"
        for text in (title, *paragraphs)
    )
    parts = {
        "version.xml": '<hv:HCFVersion xmlns:hv="http://www.hancom.co.kr/hwpml/2011/version" '
        'tagetApplication="WORDPROCESSOR" major="5" minor="1" micro="0" buildNumber="1"/>',
        "META-INF/container.xml": '<ocf:container xmlns:ocf="urn:oasis:names:tc:opendocument:xmlns:'
        'container"><ocf:rootfiles><ocf:rootfile full-path="Contents/content.hpf" '
        'media-type="application/hwpml-package+xml"/></ocf:rootfiles></ocf:container>',
        "Contents/content.hpf": '<opf:package xmlns:opf="http://www.idpf.org/2007/opf/"><opf:metadata>'
        f"<opf:title>{escape(title)}</opf:title></opf:metadata><opf:manifest>"
        '<opf:item id="section0" href="Contents/section0.xml" media-type="application/xml"/>'
        '</opf:manifest><opf:spine><opf:itemref idref="section0"/></opf:spine></opf:package>',
        "Contents/section0.xml": '<hs:sec xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section" '
        f'xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph">{section}</hs:sec>',
        "Preview/PrvText.txt": "\n".join((title, *paragraphs)),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), HWPX_TYPE)
        for name, content in parts.items():
            head = '<?xml version="1.0" encoding="UTF-8"?>' if name.endswith(("xml", "hpf")) else ""
            archive.writestr(zipfile.ZipInfo(name), head + content)
    return packed.getvalue()
