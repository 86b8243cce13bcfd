"""When two e-mail addresses are one mailbox."""

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


def _ascii(domain: str) -> str:
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return domain
