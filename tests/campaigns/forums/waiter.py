"""Who waits for a seat, and what must be true of every list at every moment."""

import uuid

from campaigns.forums import services
from campaigns.forums.models import Order, Seat, SeatPool, WaitingEntry
from campaigns.forums.services.line import MOST_PASSED
from tests.campaigns.forums.participant import asked, person

State = WaitingEntry.State
KINDS = SeatPool.Kind


def wish(state, *, people=1, sessions=None, number=0, **told):
    """A wish for the public sessions, or for those of the parts named: ``["1부"]``."""
    chosen = [s for s in state.sessions if (s.part in sessions if sessions else s.is_public)]
    known = {
        "form_key": uuid.uuid4(),
        "session_ids": tuple(session.pk for session in chosen),
        "people": people,
        "name": "두나래",
        "email": f"waits{number}@mail.example",
        "phone": "+821000005678",
    }
    return services.Wish(**{**known, **told})


def join(state, **told):
    return services.join_list(state, wish(state, **told))


def accept(entry, people=None, *, eating=None):
    """Take an offer for so many people, of whom so many eat: all, unless it is said."""
    coming = people or entry.people
    eaters = coming if eating is None else eating
    named = [person(f"사람{'가' * n}", takes_meal=n < eaters) for n in range(coming)]
    return services.accept_offer(entry, named)


def fill(state, **told):
    """Every seat of the public sessions is taken, each by a registration of its own."""
    orders = []
    for pool in SeatPool.objects.filter(forum=state.page, kind=KINDS.SESSION).select_related(
        "session"
    ):
        if pool.session.is_public and pool.capacity is not None:
            part = [pool.session.part]
            orders += [
                services.place_order(
                    state, asked(state, sessions=part, email=f"sits{n}@mail.example", **told)
                )
                for n in range(pool.capacity - pool.taken)
            ]
    return orders


def states(*entries):
    by_key = dict(WaitingEntry.objects.values_list("pk", "state"))
    return [by_key[entry.pk] for entry in entries]


def held_by(pool):
    """How many seats, or meals, of a pool registrations and open offers have."""
    seats = Seat.objects.filter(session_id=pool.session_id, released_at=None)
    seats = seats.filter(ticket__cancelled_at=None, ticket__order__in=Order.objects.holding())
    offers = WaitingEntry.objects.offered().filter(sessions=pool.session_id)
    if pool.kind == KINDS.ORGANISATION:
        seats = seats.filter(ticket__order__invitation=pool.invitation_id)
        offers = offers.filter(invitation=pool.invitation_id)
    counted = "people"
    if pool.kind == KINDS.MEAL:
        seats, counted = seats.filter(ticket__takes_meal=True), "meals"
    return seats.count() + sum(offers.values_list(counted, flat=True))


def assert_sound():
    """No seat and no meal is sold twice, none is lost, and none is free for strangers that
    somebody awaits.
    """
    for pool in SeatPool.objects.all():
        assert pool.taken == held_by(pool), pool.kind
        assert pool.capacity is None or pool.taken + pool.kept <= pool.capacity


def assert_nobody_waits_for_a_free_seat():
    """Every party of one that could sit somewhere has an offer, unless the seats gather for a
    larger one in front of it.
    """
    waiting = WaitingEntry.objects.waiting()
    for entry in waiting.filter(people=1).prefetch_related("sessions"):
        pools = SeatPool.objects.filter(session__in=entry.sessions.all()).exclude(kind=KINDS.MEAL)
        mine = [p for p in pools if p.invitation_id in (None, entry.invitation_id)]
        ahead = waiting.filter(pk__lt=entry.pk, people__gt=1, passed_over__gte=MOST_PASSED)
        assert any(
            p.capacity is not None and p.taken + gathers(ahead, p) >= p.capacity for p in mine
        )


def gathers(entries, pool):
    return sum(entries.filter(sessions=pool.session_id).values_list("people", flat=True))
