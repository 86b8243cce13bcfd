import time
import unicodedata

import pytest

from tests.petitions.citizen import NAME

from .conftest import codes

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "name",
    [
        "=HYPERLINK(1)",
        "+82 김",
        "-가람",
        "@가람",
        " \u200b=1+1가",
    ],
)
def test_a_spreadsheet_formula_is_no_name(form, name):
    assert codes(form(name=name)) == {"name": ["formula"]}


@pytest.mark.parametrize("name", ["12345", "!!!", "😀😀", "www.광고.kr", "가 https://x.kr", "·"])
def test_what_has_no_letters_or_a_link_is_no_name(form, name):
    assert codes(form(name=name)) == {"name": ["not_a_name"]}


@pytest.mark.parametrize("name", ["", "   ", "\t\n", "\u200b\u200d", "\u3164\u115f", "\x00\x07"])
def test_an_invisible_name_is_no_name(form, name):
    assert codes(form(name=name)) == {"name": ["required"]}


@pytest.mark.parametrize(
    "name",
    [
        "900101-1234567",
        "한가람 9001011234567",
        "900101 2234567",
        "９００１０１－１２３４５６７",
        "050505-3234567",
    ],
)
def test_a_resident_number_is_refused_with_the_reason(form, name):
    filled = form(name=name)

    assert codes(filled) == {"name": ["resident_number"]}


@pytest.mark.parametrize("number", ["900101-1234567", "제 번호는 900101–2234567입니다"])
def test_a_resident_number_in_a_comment_is_refused(form, number):
    """korea.md 3.10, test 10."""
    assert codes(form(comment=number)) == {"comment": ["resident_number"]}


def test_thirteen_digits_that_are_no_birth_date_are_text(form):
    assert form(comment="의안번호 2100000000000").errors == {}


@pytest.mark.parametrize(
    ("typed_as", "kept"),
    [
        (unicodedata.normalize("NFD", NAME), NAME),
        (f"  {NAME}\u202e ", NAME),
        ("\u2067한\u200b가\u00ad람\ufeff", NAME),
        ("한\x00가\x1b람", NAME),
        ("한   가람\t씨", "한 가람 씨"),
        ("한가람\r\n씨", "한가람 씨"),
        ("Björk Guðmundsdóttir", "Björk Guðmundsdóttir"),
        ("O'Neil-김", "O'Neil-김"),
        ("<b onload=alert('가')>", "<b onload=alert('가')>"),
    ],
)
def test_a_name_is_cleaned_and_else_left_as_it_is(form, typed_as, kept):
    filled = form(name=typed_as)

    assert filled.errors == {}
    assert filled.cleaned_data["name"] == kept
    assert unicodedata.is_normalized("NFC", filled.cleaned_data["name"])


def test_a_cleaned_name_is_in_one_form_whatever_was_removed(form):
    filled = form(name="e\u200b\u0301lise 가람")

    assert filled.cleaned_data["name"] == "élise 가람"


def test_a_name_may_have_forty_signs(form):
    assert form(name="가" * 40).errors == {}
    assert codes(form(name="가" * 41)) == {"name": ["max_length"]}
    assert form(name=unicodedata.normalize("NFD", "각" * 40)).errors == {}


@pytest.mark.parametrize("sign", ["가", "a", "1", "=", "\u202e", "e\u0301", "😀", " ", "9001011"])
@pytest.mark.parametrize("field", ["name", "email", "comment"])
def test_ten_thousand_signs_are_refused_or_cleaned_at_once(form, field, sign):
    begun = time.process_time()
    filled = form(**{field: sign * 10_000})

    assert time.process_time() - begun < 1
    assert filled.is_valid() is (field == "comment" and not sign.strip("\u202e "))
    assert set(filled.errors) <= {field}
