import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.addresses import canonical_email, canonical_phone, written_phone


@pytest.mark.parametrize(
    ("typed", "mailbox"),
    [
        ("garam@naver.com", "garam@naver.com"),
        ("  Garam@Naver.COM ", "garam@naver.com"),
        ("garam@naver.com.", "garam@naver.com"),
        ("garam+petition@naver.com", "garam+petition@naver.com"),
        ("ga.ram@naver.com", "ga.ram@naver.com"),
        ("Ga.Ram+news@gmail.com", "garam@gmail.com"),
        ("g.a.r.a.m@googlemail.com", "garam@gmail.com"),
        ("garam+a+b@gmail.com", "garam@gmail.com"),
        ("garam@gmail.com.example", "garam@gmail.com.example"),
        ("garam@mygmail.com", "garam@mygmail.com"),
        ("garam@연대.한국", "garam@xn--vk1b327a.xn--3e0b707e"),
        ("garam@XN--VK1B327A.한국", "garam@xn--vk1b327a.xn--3e0b707e"),
        (unicodedata.normalize("NFD", "가람@연대.한국"), "가람@xn--vk1b327a.xn--3e0b707e"),
        ("a@b@naver.com", "a@b@naver.com"),
        (f"garam@{'한' * 64}.kr", f"garam@{'한' * 64}.kr"),
        ("", "@"),
    ],
)
def test_one_mailbox_has_one_address(typed, mailbox):
    assert canonical_email(typed) == mailbox


local = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1)
domain = st.sampled_from(["gmail.com", "naver.com", "연대.한국", "mail.example"])


@given(local, domain)
def test_what_is_canonical_stays_so(local, domain):
    once = canonical_email(f"{local}@{domain}")

    assert canonical_email(once) == once
    assert once == canonical_email(f" {local.upper()}@{domain.upper()}. ")


@given(st.text(max_size=300))
def test_any_text_has_some_canonical_form(text):
    assert isinstance(canonical_email(text), str)


@pytest.mark.parametrize(
    ("typed", "stored", "written"),
    [
        ("010-0000-1234", "+821000001234", "010-0000-1234"),
        ("０１０ ００００ １２３４", "+821000001234", "010-0000-1234"),
        ("+82 10-0000-1234", "+821000001234", "010-0000-1234"),
        ("02.000.1234", "+8220001234", "02-000-1234"),
        ("1588-0000", "15880000", "15880000"),
    ],
)
def test_a_telephone_has_one_number(typed, stored, written):
    assert canonical_phone(typed) == stored
    assert written_phone(stored) == written


@pytest.mark.parametrize("typed", ["", "12", "abc", "+1 202 555 0100", "010-0000-12345-9"])
def test_what_is_no_number_of_a_telephone(typed):
    with pytest.raises(ValueError):  # noqa: PT011 (it has no words)
        canonical_phone(typed)
