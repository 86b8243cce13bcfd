"""What it costs, where the money goes, what comes back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from home.dates import korean_day
from payments.services import takes_cards

from ..models import ForumPage, ForumSession, RefundTier


@dataclass(frozen=True)
class Fee:
    part: str
    amount: str
    includes: str


@dataclass(frozen=True)
class RefundRow:
    """``when`` somebody cancels and what goes back then."""

    when: str
    percent: int
    told: str


@dataclass(frozen=True)
class Account:
    bank: str
    number: str
    holder: str
    fees: list[Fee]
    amount_krw: int | None  # where there is only one
    prefix: str
    by_card: bool  # can be chosen instead


def won(amount_krw: int) -> str:
    """20,000원; nothing costs 무료."""
    return f"{intcomma(amount_krw)}원" if amount_krw else _("Free of charge")


def fees_of(sessions: list[ForumSession]) -> list[Fee]:
    """One line where all cost the same."""
    priced = {(session.fee_krw, session.fee_includes) for session in sessions}
    alike = len(priced) == 1
    return [
        Fee("" if alike else session.part, won(session.fee_krw), session.fee_includes)
        for session in (sessions[:1] if alike else sessions)
    ]


def account_of(page: ForumPage, sessions: list[ForumSession]) -> Account | None:
    paid = [session for session in sessions if session.fee_krw]
    if not paid or page.account is None:
        return None
    account = page.account
    return Account(
        bank=account.bank,
        number=account.number,
        holder=account.holder,
        fees=fees_of(paid),
        amount_krw=paid[0].fee_krw if len(paid) == 1 else None,
        prefix=page.depositor_prefix,
        by_card=takes_cards(),
    )


def refund_rows(page: ForumPage, tiers: Iterable[RefundTier]) -> list[RefundRow]:
    """By the day until which one may cancel, the earliest first; then nothing."""
    if page.starts_at is None:
        return []
    first_day = timezone.localdate(page.starts_at)
    tiers = sorted(tiers, key=lambda tier: -tier.days_before)
    rows = [
        RefundRow(_until(first_day - timedelta(days=t.days_before)), t.percent, _told(t.percent))
        for t in tiers
    ]
    if rows and tiers[-1].percent:
        rows.append(RefundRow(_("After that"), 0, _told(0)))
    return rows


def _until(day: date) -> str:
    return _("Until %(day)s") % {"day": korean_day(day)}


def _told(percent: int) -> str:
    if percent in (0, 100):
        return _("All of it goes back") if percent else pgettext("refund", "Nothing")
    return _("%(percent)d percent goes back") % {"percent": percent}
