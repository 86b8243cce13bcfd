"""Name badges and the attendee list, as PDFs to be printed."""

from collections.abc import Collection, Sequence

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from home.dates import korean_date, korean_datetime, korean_time
from typesetting.services import render_pdf

from ..models import ForumPage, ForumSession, Order, Seat, Ticket
from ..services.retention import last_day_of


def people_to_print(
    forum: ForumPage, orders: QuerySet[Order], session: ForumSession | None
) -> list[Ticket]:
    """Who of these registrations has a sure seat, by name, with order and seats; two queries.

    Names are encrypted, so they are sorted here.
    """
    seats = Seat.objects.filter(released_at=None).select_related("session")
    tickets = Ticket.objects.filter(
        order__in=orders.confirmed().filter(forum=forum), cancelled_at=None, anonymised_at=None
    )
    if session:
        tickets = tickets.filter(seats__session=session, seats__released_at=None)
    tickets = tickets.select_related("order").prefetch_related(
        Prefetch("seats", queryset=seats.order_by("session__starts_at", "session__sort_order"))
    )
    return sorted(tickets, key=lambda ticket: (ticket.name or "", ticket.pk))


def make_badges(forum: ForumPage, people: Collection[Ticket], *, podium: bool) -> bytes:
    """Eight on a sheet of A4, with marks where to cut."""
    return _render("forums/badges.typ", forum, badges=badges_of(forum, people, podium=podium))


def badges_of(
    forum: ForumPage, people: Collection[Ticket], *, podium: bool
) -> list[dict[str, object]]:
    """What stands on each; those on the podium first."""
    roles = {(s.name, s.affiliation): s for s in forum.speakers.all()} if podium else {}
    badges = []
    for ticket in people:
        # Somebody on the podium who has registered as well gets one badge.
        speaker = roles.pop((ticket.name, ticket.organisation or ""), None)
        badges.append(_badge_of(ticket, str(speaker.get_role_display()) if speaker else ""))
    return [*(_badge_of_speaker(speaker) for speaker in roles.values()), *badges]


def make_list(
    forum: ForumPage, people: Collection[Ticket], sessions: Sequence[ForumSession]
) -> bytes:
    """A table for each session, with a column for signatures."""
    tables = tables_of(people, sessions)
    return _render(
        "forums/attendee_list.typ", forum, tables=tables, until=destroyed_by(forum, people)
    )


def tables_of(
    people: Collection[Ticket], sessions: Sequence[ForumSession]
) -> list[dict[str, object]]:
    """Who signs for which session."""
    return [
        {
            "part": session.part,
            "title": session.title,
            "hours": f"{korean_datetime(session.starts_at)} ~ {korean_time(session.ends_at)}",
            "rows": [
                (ticket.name, ticket.organisation or "")
                for ticket in people
                if any(seat.session_id == session.pk for seat in ticket.seats.all())
            ],
        }
        for session in sessions
    ]


def _badge_of(ticket: Ticket, role: str) -> dict[str, object]:
    seats = list(ticket.seats.all())
    meals = [seat.session.meal for seat in seats if seat.session.meal and ticket.takes_meal]
    return {
        "name": ticket.name,
        "organisation": ticket.organisation or "",
        "role": role,
        "sessions": [seat.session.part or seat.session.title for seat in seats],
        "meals": list(dict.fromkeys(meals)),
    }


def _badge_of_speaker(speaker) -> dict[str, object]:  # type: ignore[no-untyped-def]  # a row
    return {
        "name": speaker.name,
        "organisation": " ".join(filter(None, (speaker.affiliation, speaker.position))),
        "role": str(speaker.get_role_display()),
        "sessions": [],
        "meals": [],
    }


def destroyed_by(forum: ForumPage, people: Collection[Ticket]) -> str:
    """Until when the paper may be kept: no longer than the first of the rows."""
    days = (last_day_of(forum, ticket.order.retention_months) for ticket in people)
    return korean_date(min(days, default=last_day_of(forum)))


def _render(template: str, forum: ForumPage, **values: object) -> bytes:
    known = {
        "forum": forum.title,
        "day": korean_date(forum.starts_at),
        "place": forum.place,
    }
    return render_pdf(template, {**known, **values}, made_at=timezone.now())
