"""When two e-mail addresses are one mailbox, and two telephone numbers one telephone."""

import re
import unicodedata

# Stored beside every index made from an address. Raise it when a rule below changes.
EMAIL_RULE_VERSION = 1

GOOGLE = {"gmail.com", "googlemail.com"}


def canonical_email(value: str) -> str:
    """The address by which a mailbox signs once.

    Case and Unicode form never matter; the domain is in IDNA form. For Google's mailboxes, dots
    and a +tag are dropped, as Google delivers them all to one person; elsewhere a +tag may be
    another mailbox and stays.
    """
    text = unicodedata.normalize("NFC", value).strip().lower()
    local, _, domain = text.rpartition("@")
    domain = _ascii(domain.rstrip("."))
    if domain in GOOGLE:
        local, domain = local.partition("+")[0].replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


PHONE = re.compile(r"0\d{8,10}|1[5-9]\d{6}")
SEPARATORS = re.compile(r"[\s().\-]")


def canonical_phone(text: str) -> str:
    """E.164 of a Korean number in any of its spellings; nation-wide ones (1588-0000) as dialled.

    Raises ValueError.
    """
    digits = SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    if digits.startswith("+82"):
        digits = "0" + digits.removeprefix("+82").lstrip("0")
    if not PHONE.fullmatch(digits):
        raise ValueError
    return f"+82{digits[1:]}" if digits.startswith("0") else digits


def written_phone(phone: str) -> str:
    """As Koreans write it: 010-1234-5678."""
    if not phone.startswith("+82"):
        return phone
    digits = "0" + phone.removeprefix("+82")
    head = 2 if digits.startswith("02") else 3
    return f"{digits[:head]}-{digits[head:-4]}-{digits[-4:]}"


def _ascii(domain: str) -> str:
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return domain
