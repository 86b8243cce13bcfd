"""An .ics file (RFC 5545): hours in UTC, lines of 75 octets."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings

from ..models import ForumPage, ForumSession

CRLF, LENGTH = "\r\n", 75


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


def write_calendar(entries: Iterable[Entry]) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Yeondae//Forums//KO"]
    lines += ["CALSCALE:GREGORIAN", "METHOD:PUBLISH", "X-WR-TIMEZONE:Asia/Seoul"]
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
    yield f"DTSTART:{_moment(entry.starts_at)}"
    yield f"DTEND:{_moment(entry.ends_at)}"
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
