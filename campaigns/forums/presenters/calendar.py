"""An .ics file (RFC 5545): hours of Korea, whatever the reader's clock, lines of 75 octets."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from payments.models import Payment
from payments.services import waits_for_card

from ..models import ForumPage, ForumSession, Order

CRLF, LENGTH = "\r\n", 75
ZONE = ZoneInfo("Asia/Seoul")
# Korea has had no summer time since 1988.
TIMEZONE = (
    *("BEGIN:VTIMEZONE", f"TZID:{ZONE.key}", "BEGIN:STANDARD", "DTSTART:19881009T030000"),
    *("TZOFFSETFROM:+1000", "TZOFFSETTO:+0900", "TZNAME:KST", "END:STANDARD", "END:VTIMEZONE"),
)


@dataclass(frozen=True)
class Entry:
    """``uid`` stays the same for the same thing, so that a newer file moves it."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    url: str = ""
    text: str = ""
    status: str = "CONFIRMED"
    changed_at: datetime | None = None


def forum_calendar(page: ForumPage, sessions: Iterable[ForumSession]) -> str:
    """What is for everybody; of a meeting that is for nobody else, its hours alone."""
    sessions = list(sessions)
    shown = [session for session in sessions if session.is_public] or sessions
    return write_calendar(_entry(page, session) for session in shown)


def coming_calendar(pages: Iterable[ForumPage], name: str) -> str:
    """What is for everybody, of many meetings; one that has nothing for everybody is not in it."""
    return write_calendar(
        (
            _entry(page, session)
            for page in pages
            for session in page.sessions.all()
            if session.is_public
        ),
        name=name,
    )


def order_calendar(order: Order, sessions: Iterable[ForumSession], payment: Payment | None) -> str:
    """What somebody registered for, and until when it is to be paid."""
    entries = [_entry(order.forum, session) for session in sessions]
    if payment and payment.due_at and payment.state == Payment.State.OPEN:
        entries.append(_deadline(order, payment))
    return write_calendar(entries)


def _deadline(order: Order, payment: Payment) -> Entry:
    """Half an hour before it is too late."""
    told = [f"{intcomma(payment.open_krw)}{pgettext('unit after a number', 'won')}"]
    if payment.account and not waits_for_card(payment):
        told += [str(payment.account), payment.depositor_name or ""]
    return Entry(
        uid=f"forum-due-{order.public_id}@{urlsplit(settings.SITE_URL).hostname}",
        title=_("To be paid by now: %(forum)s") % {"forum": order.forum.title},
        starts_at=payment.due_at - timedelta(minutes=30),
        ends_at=payment.due_at,
        text="\n".join(told),
        changed_at=order.status_changed_at,
    )


def _entry(page: ForumPage, session: ForumSession) -> Entry:
    host = urlsplit(settings.SITE_URL).hostname
    return Entry(
        uid=f"forum-{page.pk}-{session.pk}@{host}",
        title=f"{page.title} {session.part}".strip(),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        place=", ".join(filter(None, (page.place, page.address))),
        url=page.public_url,
        text=session.title,
        status="CANCELLED" if page.change else "CONFIRMED",
        changed_at=page.changed_at or page.last_published_at,
    )


def write_calendar(entries: Iterable[Entry], name: str = "") -> str:
    """With a name it is one that programs subscribe to and read again by themselves."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Yeondae//Forums//KO"]
    lines += ["CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"X-WR-TIMEZONE:{ZONE.key}"]
    if name:
        lines += [f"X-WR-CALNAME:{_escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT6H"]
    lines += TIMEZONE
    for entry in entries:
        lines += _event(entry)
    lines.append("END:VCALENDAR")
    return CRLF.join(piece for line in lines for piece in _folded(line)) + CRLF


def _event(entry: Entry) -> Iterator[str]:
    changed = entry.changed_at or entry.starts_at
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{_moment(changed)}"
    yield f"SEQUENCE:{int(changed.timestamp()) // 60 % 2**31}"
    yield f"DTSTART;{_hour(entry.starts_at)}"
    yield f"DTEND;{_hour(entry.ends_at)}"
    yield f"SUMMARY:{_escaped(entry.title)}"
    for name, value in (("LOCATION", entry.place), ("DESCRIPTION", entry.text)):
        if value:
            yield f"{name}:{_escaped(value)}"
    if entry.url:
        yield f"URL:{entry.url}"
    yield f"STATUS:{entry.status}"
    yield "END:VEVENT"


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _hour(value: datetime) -> str:
    return f"TZID={ZONE.key}:{value.astimezone(ZONE):%Y%m%dT%H%M%S}"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> Iterator[str]:
    """A line goes on after CRLF and a space; no letter is cut in two."""
    piece, size = "", 0
    for sign in line:
        length = len(sign.encode())
        if size + length > LENGTH:
            yield piece
            piece, size = " ", 1
        piece, size = piece + sign, size + length
    yield piece
