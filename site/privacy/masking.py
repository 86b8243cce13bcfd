"""Names and addresses as staff and strangers may see them."""

from dataclasses import dataclass

from .encryption import Unreadable

TWO_SYLLABLE_SURNAMES = ("남궁", "황보", "제갈", "선우", "독고", "사공", "서문")


@dataclass(frozen=True)
class MailProvider:
    name: str
    url: str


PROVIDERS = {
    "naver.com": MailProvider("네이버 메일", "https://mail.naver.com/"),
    "daum.net": MailProvider("다음 메일", "https://mail.daum.net/"),
    "hanmail.net": MailProvider("다음 메일", "https://mail.daum.net/"),
    "kakao.com": MailProvider("카카오메일", "https://mail.kakao.com/"),
    "gmail.com": MailProvider("Gmail", "https://mail.google.com/"),
    "nate.com": MailProvider("네이트 메일", "https://mail.nate.com/"),
}


def mask_name(name: str) -> str:
    """홍*, 홍*동, 남**수; a Latin name keeps its first letter only."""
    if not name or isinstance(name, Unreadable):
        return name
    if name[0].isascii():
        return name[0] + "***"
    if len(name) <= 2:
        return name[0] + "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]


def mask_email(email: str) -> str:
    """yeo****@naver.com: at most three signs of the local part, never more than half of it."""
    if isinstance(email, Unreadable):
        return email
    local, _, domain = email.rpartition("@")
    shown = local[: min(3, len(local) // 2)]
    return f"{shown}****@{domain}"


def surname_only(name: str) -> str:
    """김○○: the family name, with two circles for whatever follows."""
    if isinstance(name, Unreadable):
        return "○○○"
    if name.startswith(TWO_SYLLABLE_SURNAMES) and len(name) > 2:
        return name[:2] + "○○"
    return name[:1] + "○○"


def mail_provider(email: str) -> MailProvider | None:
    """Where the mailbox of a well-known Korean provider opens."""
    return PROVIDERS.get(email.rpartition("@")[2].lower())
