"""All that a forum's page shows."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from home.dates import korean_date, korean_deadline
from home.publishing import UntilPublished

from ..models import ForumHost, ForumPage, ForumSession, ProgrammeItem, RefundTier, Speaker
from .fees import Account, Fee, RefundRow, account_of, fees_of, refund_rows
from .programme import Part, Podium, audiences, podiums, programme_parts, time_span
from .seats import SeatsLeft, read_seats


@dataclass(frozen=True)
class Parts:
    """What editors keep in lists, read once."""

    sessions: list[ForumSession]
    programme: list[ProgrammeItem]
    speakers: list[Speaker]
    hosts: list[ForumHost]
    tiers: list[RefundTier]


@dataclass(frozen=True)
class ShownSession:
    """What may be told of any session, whoever it is for."""

    session: ForumSession
    time: str

    @property
    def icon(self) -> str:
        return "people" if self.session.is_public else "badge"


class ForumPresenter:
    """A forum as of ``now``: what is not for everybody, only by title, hour and audience."""

    def __init__(self, page: ForumPage, parts: Parts, now: datetime) -> None:
        self.page = page
        self.parts = parts
        self.now = now
        self.public = [session for session in parts.sessions if session.is_public]

    @cached_property
    def seats(self) -> list[SeatsLeft]:
        return read_seats(self.public)

    @property
    def is_full(self) -> bool:
        """Whether there is nothing left for who has no invitation."""
        limited = {told.session.pk for told in self.seats if not told.left}
        return bool(self.public) and all(session.pk in limited for session in self.public)

    @cached_property
    def state(self) -> str:
        """What a visitor can do: cancelled, postponed, over, upcoming, closed, full or open."""
        page, now = self.page, self.now
        opens = page.registration_opens_at
        begun = bool(self.parts.sessions) and all(s.starts_at <= now for s in self.parts.sessions)
        conditions = (
            (page.change, page.change),
            (page.is_over(now), "over"),
            (opens and now < opens, "upcoming"),
            (begun or not page.is_open(now), "closed"),
            (self.is_full, "full"),
        )
        return next((name for holds, name in conditions if holds), "open")

    @property
    def state_label(self) -> str:
        return {
            "cancelled": pgettext("forum", "Cancelled"),
            "postponed": _("Postponed"),
            "over": _("Over"),
            "upcoming": _("Registration opens soon"),
            "closed": _("Registration closed"),
            "full": _("Full"),
            "open": _("Registration open"),
        }[self.state]

    @property
    def takes_registrations(self) -> bool:
        """Also when it is full: there may be seats for who is invited."""
        return self.state == "open" or (self.state == "full" and self.has_closed_sessions)

    @property
    def wait_url(self) -> str:
        """Where one stands in line once it is full."""
        waits = self.state == "full" and self.page.takes_waiting
        return f"{self.page.url or ''}wait/" if waits else ""

    @property
    def has_closed_sessions(self) -> bool:
        return len(self.public) < len(self.parts.sessions)

    @property
    def is_for_invited_only(self) -> bool:
        return not self.public

    @property
    def apply_url(self) -> str:
        return f"{self.page.url or ''}apply/"

    @property
    def calendar_url(self) -> str:
        return f"{self.page.url}calendar.ics" if self.page.url else ""

    @property
    def seats_url(self) -> str:
        return f"{self.page.url}seats.json" if self.page.url and self.state == "open" else ""

    @property
    def share_url(self) -> str:
        return str(self.page.public_url)

    @property
    def date(self) -> str:
        return korean_date(self.page.starts_at) if self.page.starts_at else ""

    @property
    def hours(self) -> str:
        page = self.page
        if page.starts_at is None:
            return ""
        return time_span(page.starts_at, page.ends_at, spoken=page.spoken_hours)

    @property
    def sessions(self) -> list[ShownSession]:
        spoken = self.page.spoken_hours
        return [
            ShownSession(session, time_span(session.starts_at, session.ends_at, spoken=spoken))
            for session in self.parts.sessions
        ]

    @property
    def audiences(self) -> list[str]:
        return audiences(self.parts.sessions)

    @property
    def programme(self) -> list[Part]:
        spoken = self.page.spoken_hours
        return programme_parts(self.parts.sessions, self.parts.programme, spoken=spoken)

    @property
    def podiums(self) -> list[Podium]:
        return podiums(self.parts.speakers)

    @property
    def hosts(self) -> list[tuple[str, str]]:
        """By role, who holds it."""
        found: dict[str, list[str]] = {}
        for host in self.parts.hosts:
            found.setdefault(str(host.get_role_display()), []).append(host.organisation.name)
        if self.page.more_hosts:
            found.setdefault(str(ForumHost.Role.HOST.label), []).append(self.page.more_hosts)
        return [(role, ", ".join(names)) for role, names in found.items()]

    @property
    def fees(self) -> list[Fee]:
        return fees_of(self.public)

    @property
    def account(self) -> Account | None:
        """Once it is over or does not take place, nobody is to pay."""
        if self.state in ("cancelled", "postponed", "over"):
            return None
        return account_of(self.page, self.public)

    @property
    def refunds(self) -> list[RefundRow]:
        return refund_rows(self.page, self.parts.tiers)

    @property
    def due(self) -> str:
        return korean_deadline(self.page.payment_due_at) if self.page.payment_due_at else ""

    @property
    def closes_at(self) -> datetime | None:
        return self.page.registration_closes_at or self.page.starts_at

    @property
    def closes(self) -> str:
        return korean_deadline(self.closes_at) if self.closes_at else ""

    @property
    def days_left(self) -> str:
        """D-20 or "today", while people can register."""
        if self.state not in ("open", "full") or self.closes_at is None:
            return ""
        last = timezone.localdate(self.closes_at)
        days = (last - timezone.localdate(self.now)).days
        return f"D-{days}" if days else _("Closes today")

    @property
    def files(self) -> list[object]:
        files = (child.value for child in self.page.materials)
        return [file for file in files if file.documents]

    @property
    def contact(self):
        return None if self.state == "over" else self.page.contact


def _read_parts(pk: int, _revision_id: int | None) -> Parts:
    sessions = ForumSession.objects.filter(forum=pk)
    return Parts(
        sessions=list(sessions.order_by("starts_at", "sort_order")),
        programme=list(ProgrammeItem.objects.filter(forum=pk)),
        speakers=list(Speaker.objects.filter(forum=pk)),
        hosts=list(ForumHost.objects.filter(forum=pk).select_related("organisation")),
        tiers=list(RefundTier.objects.filter(forum=pk)),
    )


def _parts_of(page: ForumPage) -> Parts:
    """Of a draft, as its editor has it."""
    return Parts(
        sessions=sorted(page.sessions.all(), key=lambda session: session.starts_at),
        programme=list(page.programme.all()),
        speakers=list(page.speakers.all()),
        hosts=list(page.hosts.all()),
        tiers=list(page.refund_tiers.all()),
    )


_parts = UntilPublished(_read_parts)


def present_forum(page: ForumPage, now: datetime, *, is_draft: bool = False) -> ForumPresenter:
    parts = _parts_of(page) if is_draft else _parts(page.pk, page.live_revision_id)
    if is_draft:
        page.starts_at = min((s.starts_at for s in parts.sessions), default=None)
        page.ends_at = max((s.ends_at for s in parts.sessions), default=None)
    return ForumPresenter(page, parts, now)
