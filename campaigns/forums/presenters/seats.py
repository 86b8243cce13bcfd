"""How many seats are left, of what is for everybody and of nothing else."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from ..models import ForumSession, SeatPool


@dataclass(frozen=True)
class SeatsLeft:
    session: ForumSession
    capacity: int
    left: int


def read_seats(sessions: list[ForumSession]) -> list[SeatsLeft]:
    """One query. Sessions without a limit, and those not for everybody, are not told of.

    What is offered to who waits is taken, and what is kept for them is not free.
    """
    public = {session.pk: session for session in sessions if session.is_public and session.pk}
    pools = SeatPool.objects.filter(
        session_id__in=public, kind=SeatPool.Kind.SESSION, capacity__isnull=False
    )
    found = {pool.session_id: max(0, pool.capacity - pool.taken - pool.kept) for pool in pools}
    limited = {key: session for key, session in public.items() if session.capacity is not None}
    return [
        SeatsLeft(session, session.capacity, found.get(key, session.capacity))
        for key, session in limited.items()
    ]


def seats_as_json(seats: list[SeatsLeft], now: datetime) -> dict[str, object]:
    return {
        "sessions": [
            {
                "id": told.session.pk,
                "part": told.session.part,
                "title": told.session.title,
                "capacity": told.capacity,
                "left": told.left,
            }
            for told in seats
        ],
        "as_of": timezone.localtime(now).isoformat(timespec="seconds"),
    }
