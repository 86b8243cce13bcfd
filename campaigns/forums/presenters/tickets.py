"""One person's way in, as this person reads it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from home.dates import korean_datetime, korean_time

from ..models import ForumSession, Order, Ticket
from .calendar import Entry, write_calendar
from .qr import qr_inline, qr_svg

Status = Order.Status


@dataclass(frozen=True)
class TicketSession:
    """A session that this person comes to, and when they came in."""

    session: ForumSession
    came_in_at: datetime | None

    @property
    def hours(self) -> str:
        return f"{korean_datetime(self.session.starts_at)} ~ {korean_time(self.session.ends_at)}"

    @property
    def meal(self) -> str:
        return ", ".join(filter(None, (self.session.meal, self.session.meal_detail)))


class TicketPresenter:
    """Reads the seats once. Needs the ticket with its order and forum."""

    def __init__(self, ticket: Ticket, now: datetime) -> None:
        self.ticket = ticket
        self.order = ticket.order
        self.forum = ticket.order.forum
        self.now = now

    @cached_property
    def sessions(self) -> list[TicketSession]:
        seats = self.ticket.seats.select_related("session", "check_in")
        return [
            TicketSession(
                seat.session, getattr(getattr(seat, "check_in", None), "checked_in_at", None)
            )
            for seat in seats.order_by("session__starts_at")
        ]

    @property
    def state(self) -> str:
        """void, changed, waiting, used or valid."""
        if self.ticket.cancelled_at or self.order.status in (Status.CANCELLED, Status.LAPSED):
            return "void"
        if self.forum.is_cancelled:
            return "changed"
        if self.order.status == Status.WAITING:
            return "waiting"
        return "used" if self.came_in else "valid"

    @property
    def state_label(self) -> str:
        return {
            "void": pgettext("ticket", "Void"),
            "changed": pgettext("ticket", "The forum is cancelled"),
            "waiting": pgettext("ticket", "Valid once the fee has come"),
            "used": pgettext("ticket", "Came in"),
            "valid": pgettext("ticket", "Valid"),
        }[self.state]

    @property
    def tone(self) -> str:
        """A kind of alert."""
        tones = {"valid": "success", "used": "success", "waiting": "warning"}
        return tones.get(self.state, "danger")

    @property
    def came_in(self) -> bool:
        return any(each.came_in_at for each in self.sessions)

    @property
    def opens_doors(self) -> bool:
        """Whether the code is shown: it lets somebody in, now or after the deposit."""
        return self.state in ("valid", "used", "waiting")

    @property
    def written_code(self) -> str:
        """In two groups, to be read aloud."""
        code = self.ticket.code or ""
        middle = len(code) // 2
        return f"{code[:middle]}-{code[middle:]}"

    @property
    def qr(self) -> str:
        return qr_inline(self.ticket.code)

    @property
    def meals(self) -> list[str]:
        if not self.ticket.takes_meal:
            return []
        return [each.meal for each in self.sessions if each.session.meal]

    @property
    def organisation(self) -> str:
        return self.ticket.organisation or ""

    def as_values(self, *, organisation: str) -> dict[str, object]:
        """What the PDF says."""
        return {
            "title": self.forum.title,
            "name": self.ticket.name,
            "organisation": self.organisation,
            "sessions": [
                {"part": each.session.part, "title": each.session.title, "hours": each.hours}
                for each in self.sessions
            ],
            "place": self.forum.place,
            "way": " ".join(filter(None, (self.forum.address, self.forum.place_detail))),
            "meal": "; ".join(self.meals),
            "state": self.state_label,
            "qr": qr_svg(self.ticket.code),
            "code": self.written_code,
            "reference": self.order.reference,
            "issuer": organisation,
        }

    def calendar(self) -> str:
        """An .ics file of this person's sessions, hours as of Korea."""
        return write_calendar(self._entry(each.session) for each in self.sessions)

    def _entry(self, session: ForumSession) -> Entry:
        host = urlsplit(settings.SITE_URL).hostname
        forum, void = self.forum, self.state in ("void", "changed")
        online = _("Online: %(url)s") % {"url": forum.online_url} if forum.online_url else ""
        shown = online if self.order.status == Status.CONFIRMED and not void else ""
        return Entry(
            uid=f"forum-{forum.pk}-{session.pk}@{host}",
            title=f"{forum.title} {session.part}".strip(),
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            place=", ".join(filter(None, (forum.place, forum.address))),
            url=forum.public_url,
            text="\n".join(filter(None, (session.title, shown))),
            status="CANCELLED" if void or forum.change else "CONFIRMED",
            changed_at=max(filter(None, (self.order.status_changed_at, forum.changed_at))),
        )
