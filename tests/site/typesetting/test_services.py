from datetime import UTC, datetime

import pytest

from typesetting.services import render_pdf

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
