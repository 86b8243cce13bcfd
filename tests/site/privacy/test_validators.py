from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from privacy.validators import (
    validate_email_address,
    validate_no_account_number,
    validate_no_resident_number,
    validate_person_name,
)

FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")


def code_of(check, text):
    with pytest.raises(ValidationError) as refusal:
        check(text)
    return refusal.value.code


@pytest.mark.parametrize(
    "text",
    [
        "900101-1234567",
        "9001011234567",
        "900101 1234567",
        "900101 - 1234567",
        "900101–1234567",
        "900101—1234567",
        "900101.1234567",
        "900101_1234567",
        "900101/1234567",
        "900101-1234567".translate(FULL_WIDTH),
        "9001011234567".translate(FULL_WIDTH),
        "900101-①234567",
        "900101\u200b-\u200d1234567",
        "\u202e900101-1234567",
        "제 번호는 900101-1234567입니다",
        "홍길동900101-1234567",
        "000229-3234567",
        "040229-4234567",
        "900101-5234567",
        "900101-8234567",
        "전화 01012345678, 900101-1234567",
    ],
)
def test_a_resident_number_is_refused(text):
    assert code_of(validate_no_resident_number, text) == "resident_number"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "홍길동",
        "010-1234-5678",
        "2026-11-24",
        "901301-1234567",
        "900132-1234567",
        "010229-3234567",
        "900101-9234567",
        "900101-0234567",
        "1900101-1234567",
        "900101-12345678",
        "900101-123456",
        "900101 김 1234567",
        "110-123-456789",
        "1234567890123",
    ],
)
def test_other_numbers_are_taken(text):
    validate_no_resident_number(text)


@given(
    st.dates(),
    st.integers(1, 8),
    st.integers(0, 999_999),
    st.sampled_from(["", "-", " ", "－", "–", " - "]),
    st.booleans(),
)
def test_every_resident_number_is_refused(born, century, rest, between, full_width):
    decade = f"{1900 + born.year % 100 if century in (1, 2, 5, 6) else 2000 + born.year % 100}"
    day = min(born.day, 28)
    number = f"{decade[2:]}{born.month:02}{day:02}{between}{century}{rest:06}"

    text = number.translate(FULL_WIDTH) if full_width else number

    assert code_of(validate_no_resident_number, f"가 {text} 나") == "resident_number"


@pytest.mark.parametrize(
    "name",
    [
        *("홍길동", "남궁민수", "김 3세", "김·박", "김ㆍ박", "홍길동(이음)", "길동 Jr."),
        *(
            "Björk",
            "O'Neil",
            "O’Neil-김",
            "O´Neil",
            "J. R. Kim",
            "J.R.Kim",
            "St.John",
            "Nguyễn Thị",
        ),
        *("洪吉童", "สมชาย", "मोहन", "ვახტანგ", "محمد", "Иван И. Иванов", "ＫＩＭ", "諸葛亮"),
    ],
)
def test_a_name_is_taken(name):
    validate_person_name(name)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("=HYPERLINK(1)", "formula"),
        ("+홍길동", "formula"),
        ("-홍길동", "formula"),
        ("@SUM(A1)", "formula"),
        ("＝홍길동", "formula"),
        ("＠홍길동", "formula"),
        (" =홍길동", "formula"),
        ("\u200b=홍길동", "formula"),
        ("", "not_a_name"),
        ("   ", "not_a_name"),
        ("12345", "not_a_name"),
        ("😀😀", "not_a_name"),
        ("...", "not_a_name"),
        ("___", "not_a_name"),
        ("홍길동 https://spam.example", "not_a_name"),
        ("WWW.spam.example 홍", "not_a_name"),
        ("홍\n길동", "not_a_name"),
        ("도박사이트.com", "not_a_name"),
        ("홍길동 pills.xyz", "not_a_name"),
        ("PILLS.XYZ", "not_a_name"),
        ("대출ｍoney．kr", "not_a_name"),
        ("홍길동.t.me/광고", "not_a_name"),
        ("홍길동/김연대", "not_a_name"),
        ("홍길동／광고", "not_a_name"),
        ("문의 garam@mail", "not_a_name"),
        ("문의＠광고", "not_a_name"),
        ("０１０１２３４５６７８", "not_a_name"),
        ("홍길동 😀", "not_a_name"),
        ("홍길동❤️", "not_a_name"),
        ("★홍길동★", "not_a_name"),
        ("가람🇰🇷", "not_a_name"),
        ("가람 👩‍👩‍👧", "not_a_name"),
        ("홍길동 900101-1234567", "resident_number"),
    ],
)
def test_what_is_no_name_is_refused(name, code):
    assert code_of(validate_person_name, name) == code


@pytest.mark.parametrize(
    "email", ["garam@naver.com", "a+b@gmail.com", "garam@연대.한국", f"{'a' * 64}@mail.example"]
)
def test_an_address_is_taken(email):
    validate_email_address(email)


@pytest.mark.parametrize(
    ("email", "code"),
    [
        ("", "malformed"),
        ("garam", "malformed"),
        ("garam@", "malformed"),
        ("garam@naver", "malformed"),
        ("garam@naver..com", "malformed"),
        ("ga ram@naver.com", "malformed"),
        ("garam@naver.com\nBcc: a@b.kr", "malformed"),
        ("가람@naver.com", "malformed"),
        ("te\u017ft@naver.com", "malformed"),
        (f"{'a' * 250}@naver.com", "too_long"),
        ("a" * 10_000, "too_long"),
    ],
)
def test_what_is_no_address_is_refused(email, code):
    assert code_of(validate_email_address, email) == code


@given(st.text(max_size=200))
def test_no_text_breaks_a_check(text):
    for check in (validate_no_resident_number, validate_person_name, validate_email_address):
        with suppress(ValidationError):
            check(text)


@pytest.mark.parametrize("sign", ["9", "가", " ", "-", "900101-", "a@"])
def test_ten_thousand_signs_are_checked_at_once(sign):
    text = (sign * 10_000)[:10_000]

    assert code_of(validate_email_address, text) == "too_long"
    validate_no_resident_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "국민은행 123456-01-123456 으로 보내 주세요",
        "계좌 110-123-456789",
        "입금은 농협 302-1234-5678-91",
        "신협 ０１０１-１２３-４５６７８９",
    ],
)
def test_a_bank_account_is_refused_where_nobody_needs_one(text):
    with pytest.raises(ValidationError) as refusal:
        validate_no_account_number(text)
    assert refusal.value.code == "account_number"


@pytest.mark.parametrize(
    "text",
    [
        "협동조합 20년, 2014-2026-2030 계획",
        "은행 옆 사무실 02-123-4567",
        "입금 문의는 010-1234-5678",
        "은행에서 만난 이웃",
    ],
)
def test_numbers_that_are_no_account_pass(text):
    validate_no_account_number(text)
