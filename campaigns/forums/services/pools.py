"""How many of everything there are: rows in step with the sessions and invitations of a forum."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Sum

from ..exceptions import SeatsTakenError
from ..models import ForumPage, ForumSession, Invitation, Seat, SeatPool, WaitingEntry
from .line import pass_on_if_waited_for
from .seats import lock_pools

Kind = SeatPool.Kind


@transaction.atomic
def sync_pools(forum: ForumPage) -> None:
    """Give every session, meal and invitation of a forum its pool, as large as editors say.

    Refuses with SeatsTakenError to make one smaller than what is taken. Seats that are new are
    offered to who waits. Safe to call twice.
    """
    sessions = list(ForumSession.objects.filter(forum=forum).order_by("pk"))
    # Whoever takes seats waits here, so that meals can be counted for a pool that is new.
    pools = lock_pools(forum.pk)
    known = {(pool.session_id, pool.kind, pool.invitation_id): pool for pool in pools}
    for wanted in _wanted(forum, sessions):
        pool = known.get((wanted.session_id, wanted.kind, wanted.invitation_id))
        if pool is None:
            _add(wanted)
        elif pool.capacity != wanted.capacity:
            _resize(pool, wanted)
    pass_on_if_waited_for(forum)


def _wanted(forum: ForumPage, sessions: list[ForumSession]) -> Iterable[SeatPool]:
    invitations = list(Invitation.objects.filter(forum=forum, revoked_at=None).order_by("pk"))
    for session in sessions:
        yield _pool(session, Kind.SESSION, session.capacity)
        if session.meal:
            yield _pool(session, Kind.MEAL, session.meal_capacity)
        for invitation in invitations:
            if session.is_opened_by(invitation):
                seats = session.seats_for(invitation)
                yield _pool(session, Kind.ORGANISATION, seats, invitation)


def _pool(
    session: ForumSession, kind: str, capacity: int | None, invitation: Invitation | None = None
) -> SeatPool:
    return SeatPool(
        forum_id=session.forum_id,
        session=session,
        invitation=invitation,
        kind=kind,
        capacity=capacity,
    )


def _add(pool: SeatPool) -> None:
    """Seats may be taken before anybody limits the meals: those eat as well."""
    if pool.kind == Kind.MEAL:
        seats = Seat.objects.filter(session_id=pool.session_id, released_at=None)
        offers = WaitingEntry.objects.offered().filter(sessions=pool.session_id)
        held = offers.aggregate(all=Sum("meals", default=0))["all"]
        pool.taken = seats.filter(ticket__takes_meal=True).count() + held
    if pool.capacity is not None and pool.taken > pool.capacity:
        raise SeatsTakenError(name_of(pool), pool.taken)
    # Two people may publish at once; the second finds the row of the first.
    SeatPool.objects.bulk_create([pool], ignore_conflicts=True)


def _resize(pool: SeatPool, wanted: SeatPool) -> None:
    rows = SeatPool.objects.filter(pk=pool.pk)
    if wanted.capacity is not None:
        rows = rows.filter(taken__lte=wanted.capacity)
    if not rows.update(capacity=wanted.capacity):
        raise SeatsTakenError(name_of(wanted), pool.taken)


def name_of(pool: SeatPool) -> str:
    """What staff call it."""
    if pool.kind == Kind.MEAL:
        return f"{pool.session} · {pool.session.meal}"
    return f"{pool.session} · {pool.invitation}" if pool.invitation else str(pool.session)
