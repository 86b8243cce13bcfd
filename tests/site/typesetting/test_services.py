import io
from datetime import UTC, datetime

import pytest
from PIL import Image

from typesetting.services import render_pdf, render_png

pytestmark = pytest.mark.unit

MADE_AT = datetime(2026, 11, 24, 3, tzinfo=UTC)
VALUES = {
    "name": "김연대",
    "region": "경기도",
    "petition": "사회적경제기본법을 올해 안에 의결해 주십시오",
    "addressees": "국회의장",
    "number": "1,235",
    "reference": "7K3D-92QF",
    "signed_on": "2026년 11월 18일",
    "organisation": "사회적경제연대회의",
}


def certificate(**values):
    return render_pdf("petitions/certificate.typ", VALUES | values, made_at=MADE_AT)


def test_the_same_values_give_the_same_accessible_document():
    document = certificate()

    assert document.startswith(b"%PDF-")
    assert document == certificate()
    assert b"pdfuaid" in document


@pytest.mark.parametrize("name", ["金漢字", '#read("/etc/passwd")', '"] #panic()', "O'Neil"])
def test_what_people_typed_stays_text(name):
    assert b"pdfuaid" in certificate(name=name)


def test_a_script_without_a_font_of_ours_is_no_error():
    document = certificate(name="สมชาย")

    assert document.startswith(b"%PDF-")
    assert b"pdfuaid" not in document


def test_picture_has_a_pixel_to_a_point():
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"/>'
    picture = render_png("demo/picture.typ", {"drawing": drawing})

    with Image.open(io.BytesIO(picture)) as opened:
        assert opened.size == (1800, 1200)
    assert picture == render_png("demo/picture.typ", {"drawing": drawing})
