"""What stands in the PDF is what was signed: whoever copies it out gets the same letters."""

import subprocess
import unicodedata

import pytest

from campaigns.pledges.services.documents import document_of
from tests.factories.pledge_agreements import respondent_of, signed_agreement

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

SYLLABLES = "".join(map(chr, range(0xAC00, 0xD7A4)))
# KS X 1001: rows 42 to 93, as EUC-KR writes them.
HANJA = bytes(
    byte for row in range(0xCA, 0xFE) for cell in range(0xA1, 0xFF) for byte in (row, cell)
).decode("euc_kr")
NAMES = {
    "rare syllables": "뷁뷃똠펲",
    "forty letters": "가나다라마바사아자차" * 4,
    "decomposed": unicodedata.normalize("NFD", "한가람각핥"),
    "Hanja and Latin": "金가온 O'Neil",
}


def letters_of(pdf):
    """As a viewer copies them, without the spaces and breaks of the page; all in our own fonts."""
    assert b"pdfuaid" in pdf
    read = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return bare(read.stdout.decode())


def bare(text):
    """One spelling of each letter: breaks and joiners are how the page is set."""
    plain = unicodedata.normalize("NFC", text)
    return "".join(sign for sign in plain if not sign.isspace() and sign not in "\u2060\u00ad")


@pytest.fixture
def agreement(election):
    return signed_agreement(respondent_of(election))


def with_demand(agreement, text):
    agreement.text["demands"][0]["text"] = text
    return letters_of(document_of(agreement))


def test_all_syllables_and_the_common_hanja_can_be_copied_out(agreement):
    assert (len(SYLLABLES), len(HANJA)) == (11_172, 4_888)
    written = SYLLABLES + HANJA
    pages = with_demand(agreement, written)
    footer = bare(f"{agreement.text['coalition']} · 협약 번호 {agreement.number} · ")
    without_footers = "".join(
        part.split("/", 1)[-1].lstrip("0123456789") if place else part
        for place, part in enumerate(pages.split(footer))
    )
    assert bare(written) in without_footers


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_stands_as_it_was_written(election, name):
    agreement = signed_agreement(respondent_of(election, name=name))
    assert bare(name) in letters_of(document_of(agreement))


def test_every_letter_that_is_signed_stands_in_the_file(agreement):
    said = letters_of(document_of(agreement))
    for demand in agreement.text["demands"]:
        assert bare(demand["title"] + demand["text"]) in said
    for clause in agreement.text["clauses"]:
        assert bare(clause) in said
    assert agreement.number in said
    assert agreement.text_sha256 in said
