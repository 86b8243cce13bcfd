"""Nobody's numbers by mistake: Personal Information Protection Act, articles 24-2 and 34-2."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from privacy.validators import MOBILE, has_account_number, validate_no_resident_number

from ..models import Contact, SiteSettings
from .findings import Finding, Level

# Looked for where a word begins only: a long row of letters would else be read from each of them.
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
OFFICE_MAILBOXES = {
    *("info", "contact", "office", "press", "help", "admin", "webmaster", "support", "news"),
    *("privacy", "security", "hello", "mail"),
}


def has_resident_number(text: str) -> bool:
    try:
        validate_no_resident_number(text)
    except ValidationError:
        return True
    return False


def check_personal_data(_page, contents):
    yield from check_resident_numbers(contents)
    told = _ours()
    for where, text in _texts(contents):
        yield from _check_reachable(text, where, told)


def check_resident_numbers(contents):
    for where, text in _texts(contents):
        if has_resident_number(text):
            message = _("This looks like a resident registration number. Take it out to publish.")
            yield Finding(Level.STOP, message, where)


def _texts(contents):
    for piece in contents.pieces:
        yield piece.where, piece.text
    for file in contents.files:
        for document in filter(None, (file.document, file.pdf)):
            yield file.where, f"{document.title} {document.filename}"


def _check_reachable(text, where, told):
    if any(_digits(number) not in told for number in MOBILE.findall(text)):
        message = _(
            "A mobile phone number of a person? Use a contact card for those of the office."
        )
        yield Finding(Level.WARNING, message, where)
    if has_account_number(text):
        message = _("A bank account number. Is it the coalition's own, and is it correct?")
        yield Finding(Level.WARNING, message, where)
    if any(_is_of_a_person(address, told) for address in MAIL.findall(text)):
        message = _("An e-mail address of a person? Use a contact card for those of the office.")
        yield Finding(Level.WARNING, message, where)


def _ours() -> set[str]:
    """Numbers and addresses of the office: they are there to be seen."""
    told = set()
    cards = [*Contact.objects.values_list("phone", "email")]
    cards += SiteSettings.objects.values_list("phone", "email")
    for phone, email in cards:
        told |= {_digits(phone), email.lower()}
    return told


def _digits(number: str) -> str:
    digits = "".join(sign for sign in number if sign.isdigit())
    return "0" + digits[2:] if digits.startswith("82") else digits


def _is_of_a_person(address: str, told: set[str]) -> bool:
    address = address.lower().rstrip(".")
    return address not in told and address.partition("@")[0] not in OFFICE_MAILBOXES
