import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.text import clean_text

FAMILY = "👩‍👩‍👧"
hostile = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\u200d\u200b\u202e\u2067\u3164\u115f\u1160\x00\r\n\u2028 \u00a0\u0301"),
        st.sampled_from("가각각e홍👩🏽\ufe0f\u0e33"),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (unicodedata.normalize("NFD", "홍길동"), "홍길동"),
        ("홍\u200b길\u00ad동\ufeff", "홍길동"),
        ("\u202e홍길동\u202c", "홍길동"),
        ("\u2066홍길동\u2069", "홍길동"),
        ("홍\u200d길동", "홍길동"),
        ("\u3164홍길동\uffa0", "홍길동"),
        ("홍\x00길\x1b동\x7f", "홍길동"),
        ("홍\ud800길동", "홍길동"),
        ("홍\ue000길\uffff동", "홍길동"),
        ("\u1112\u200b\u1169\u11bc", "홍"),
        ("e\u200b\u0301", "é"),
        ("  홍\u00a0 \t길동\u3000", "홍 길동"),
        ("홍\r\n길\u2028동", "홍 길 동"),
        (FAMILY, FAMILY),
        ("한 \u200d가", "한 가"),
        ("👍🏽 ❤️ 🫨", "👍🏽 ❤️ 🫨"),
        ("\u3164\u200b\u202e \u200d", ""),
        ("", ""),
    ],
)
def test_one_line(typed, kept):
    assert clean_text(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("하나\r\n둘\r셋", "하나\n둘\n셋"),
        ("하나\n\n\n\n둘", "하나\n\n둘"),
        ("\n\n하나  둘 \n\t셋\n\n", "하나 둘\n셋"),
        ("하나\u2029둘\x85셋\x0b넷", "하나\n둘\n셋\n넷"),
        ("하나 \n \n \n 둘", "하나\n\n둘"),
    ],
)
def test_several_lines(typed, kept):
    assert clean_text(typed, keep_lines=True) == kept


@pytest.mark.parametrize("sign", ["가", "\u202e", "\n", " ", "\u1112", "\u0301", "\u200d", "\x00"])
def test_ten_thousand_signs_take_no_time_and_no_more_room(sign):
    assert len(clean_text(sign * 10_000, keep_lines=True)) <= 10_000


@given(hostile, st.booleans())
def test_what_is_clean_stays_as_it_is(text, keep_lines):
    once = clean_text(text, keep_lines=keep_lines)

    assert clean_text(once, keep_lines=keep_lines) == once


@given(hostile, st.booleans())
def test_clean_text_hides_nothing(text, keep_lines):
    cleaned = clean_text(text, keep_lines=keep_lines)

    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    controls = {sign for sign in cleaned if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co")}
    assert controls <= ({"\n", "\u200d"} if keep_lines else {"\u200d"})
    assert "\n\n\n" not in cleaned
    cleaned.encode()


@given(hostile)
def test_the_form_in_which_it_was_typed_makes_no_difference(text):
    assert clean_text(unicodedata.normalize("NFD", text)) == clean_text(text)
