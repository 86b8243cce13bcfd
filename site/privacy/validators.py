import re
import unicodedata
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from .text import EMOJI

# 13 digits, possibly with a separator after the birth date.
RESIDENT_NUMBER = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{2})[\W_]{0,3}([1-8])(\d{6})(?!\d)")
MOBILE = re.compile(r"(?<!\d)(?:\+82[- ]?|0)1[016789][- .]?\d{3,4}[- .]?\d{4}(?!\d)")
ACCOUNT = re.compile(r"(?<![\d-])\d{2,6}-\d{2,6}-\d{2,8}(?:-\d{1,4})?(?![\d-])")
ACCOUNT_DIGITS = range(10, 15)
MONEY_WORDS = re.compile(r"계좌|예금주|입금|송금|은행|농협|수협|신협|새마을금고|우체국|뱅크")
LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
FORMULA_SIGNS = ("=", "+", "-", "@")
LETTER = re.compile(r"[^\W\d_]")
# A domain's end has the case of its own letters: "pills.xyz" and "PILLS.XYZ", but not "St.John".
DOMAIN = re.compile(r"[^\W_]{2}\.(?:[a-z]{2,}|[A-Z]{2,})(?![^\W_])")
EMAIL_LENGTH = 254  # RFC 5321, 4.5.3.1

check_email = EmailValidator()


def validate_no_resident_number(text: str) -> None:
    """Refuse a resident registration number: nobody may take one without a law (PIPA art. 24-2)."""
    for match in RESIDENT_NUMBER.finditer(_as_seen(text)):
        if _is_birth_date(*match.groups()[:4]):
            raise ValidationError(
                _(
                    "This looks like a resident registration number. The law does not allow us to "
                    "take one. Please remove it."
                ),
                code="resident_number",
            )


def has_account_number(text: str) -> bool:
    """Whether the text speaks of money and holds a number like those of Korean bank accounts."""
    seen = _as_seen(text)
    return bool(MONEY_WORDS.search(seen)) and any(map(_is_account, ACCOUNT.findall(seen)))


def _is_account(number: str) -> bool:
    digits = sum(sign.isdigit() for sign in number)
    return digits in ACCOUNT_DIGITS and not MOBILE.fullmatch(number)


def validate_no_account_number(text: str) -> None:
    """Refuse a bank account number where none is asked for (PIPA art. 16, 34-2)."""
    if has_account_number(text):
        raise ValidationError(
            _("This looks like a bank account number. Please remove it: nobody needs it here."),
            code="account_number",
        )


def _as_seen(text: str) -> str:
    """With ordinary digits and signs for full-width ones, and without what nobody sees."""
    visible = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFKC", visible)


def _is_birth_date(year: str, month: str, day: str, century: str) -> bool:
    try:
        date((1900 if century in "1256" else 2000) + int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def validate_person_name(name: str) -> None:
    """Refuse what can't be a name, or is an advertisement in the place of one.

    That is: no letter, an address of the web or of a mailbox, an emoji, a spreadsheet formula, an
    identity number. Names of any script pass.
    """
    validate_no_resident_number(name)
    seen = _as_seen(name)
    if seen.lstrip()[:1] in FORMULA_SIGNS:
        raise ValidationError(
            _("Please write your name without a sign such as = + - @ in front."), code="formula"
        )
    if not LETTER.search(name) or "\n" in name or _is_address(seen) or _has_picture(seen):
        raise ValidationError(
            _("Please write your name in letters, for example 김연대."), code="not_a_name"
        )


def _is_address(text: str) -> bool:
    """Whether somebody is to be sent elsewhere: to a link, a domain, a path or a mailbox."""
    return "/" in text or "@" in text or bool(LINK.search(text) or DOMAIN.search(text))


def _has_picture(text: str) -> bool:
    return any(unicodedata.category(sign) == "So" or EMOJI.match(sign) for sign in text)


def validate_email_address(email: str) -> None:
    """Refuse what can't be an address of a mailbox."""
    if len(email) > EMAIL_LENGTH:
        raise ValidationError(
            _("This e-mail address is too long. Please check it."), code="too_long"
        )
    try:
        check_email(email)
        # Ignoring case, Django's pattern also takes U+017F and U+0131 for letters of an address.
        email.rpartition("@")[0].encode("ascii")
    except (ValidationError, UnicodeEncodeError) as error:
        raise ValidationError(
            _("Please check the e-mail address. It should look like name@naver.com."),
            code="malformed",
        ) from error
