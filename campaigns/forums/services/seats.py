"""Taking seats and giving them back: the database counts, by conditional statements only."""

from collections import Counter
from collections.abc import Collection, Mapping

from django.db import connection
from django.db.models import Q

from privacy.masking import mask_name

from ..exceptions import ForumError, MealsGoneError, OrganisationSeatsGoneError, SoldOutError
from ..models import ForumPage, ForumSession, Invitation, Order, SeatPool, Ticket

Kind = SeatPool.Kind
Counts = Mapping[int, int]  # how many, by the id of a pool

# Without it a hundred seats are sold to whoever comes: the tests show that this line does it.
# What is kept for a waiting list is not free to who comes now.
WITHIN_CAPACITY = "(capacity IS NULL OR capacity >= taken + kept + {wanted})"
# For those before whom nobody is: who has an offer, and who has paid already.
IN_FRONT = "(capacity IS NULL OR capacity >= taken + {wanted})"


def lock_forum(forum_id: int) -> ForumPage:
    """Its changes come one after the other. Who registers does not wait for them: a new order's
    reference to its forum is checked when it is kept, which a lock of the key would refuse.
    """
    locked = ForumPage.objects.select_for_update(of=("self",), no_key=True)
    return locked.get(pk=forum_id)


def lock_pools(forum_id: int) -> list[SeatPool]:
    """All of a forum, locked in the order of their ids: whoever wants its seats waits."""
    pools = SeatPool.objects.select_for_update().filter(forum=forum_id)
    return list(pools.order_by("pk"))


def read_pools(
    sessions: Collection[int], invitation_id: int | None, forum_id: int
) -> list[SeatPool]:
    """The pools that an order for these sessions draws from; one query.

    With an invitation also the first pool of what is not public: everybody with one counts there,
    if only nothing, and so waits for the others.
    """
    if invitation_id is None:
        return _read_common_pools(sessions)
    mine = Q(session_id__in=sessions) & (Q(invitation=None) | Q(invitation_id=invitation_id))
    closed = Q(kind=Kind.SESSION) & ~Q(session__audience=ForumSession.Audience.PUBLIC)
    mine |= Q(forum_id=forum_id) & closed
    return list(SeatPool.objects.filter(mine).order_by("pk"))


def _read_common_pools(sessions: Collection[int]) -> list[SeatPool]:
    """Those of everybody, by hand as below."""
    if not sessions:
        return []
    ids = ", ".join(["%s"] * len(sessions))
    sql = (
        f"SELECT * FROM {SeatPool._meta.db_table} "  # noqa: S608 (our own name)
        f"WHERE session_id IN ({ids}) AND invitation_id IS NULL ORDER BY id"
    )
    return list(SeatPool.objects.raw(sql, [*sessions]))


def seats_left(sessions: Collection[int], invitation: Invitation | None) -> dict[int, int]:
    """How many seats of each session are left, to who has this invitation; one query.

    Sessions without a limit are left out.
    """
    pools = SeatPool.objects.filter(session_id__in=sessions, capacity__isnull=False)
    own = Q(invitation=None) | Q(invitation=invitation) if invitation else Q(invitation=None)
    left: dict[int, int] = {}
    for pool in pools.filter(own).exclude(kind=Kind.MEAL):
        free = max((pool.capacity or 0) - pool.taken - pool.kept, 0)
        left[pool.session_id] = min(free, left.get(pool.session_id, free))
    return left


def count_wanted(
    pools: Collection[SeatPool], people: Mapping[int, int], meals: Mapping[int, int]
) -> dict[int, int]:
    """How many of each pool, for so many people and meals by session."""
    wanted = {}
    for pool in pools:
        counted = meals if pool.kind == Kind.MEAL else people
        if number := counted.get(pool.session_id, 0):
            wanted[pool.pk] = number
    gate = next((pool.pk for pool in pools if _is_gate(pool, people)), None)
    if gate is not None:
        wanted.setdefault(gate, 0)
    return wanted


def _is_gate(pool: SeatPool, people: Mapping[int, int]) -> bool:
    return pool.kind == Kind.SESSION and pool.session_id not in people


def take_seats(wanted: Counts, *, in_front: bool = False) -> bool:
    """Add to what is taken if it fits everywhere, else the caller must roll back.

    Last in its transaction: whoever wants a seat of the same pool waits from here to the commit.
    ``in_front`` of the waiting list goes whoever comes from it, or has paid already.
    """
    condition = IN_FRONT if in_front else WITHIN_CAPACITY
    return _change(wanted, "taken + {wanted}", condition) == len(wanted)


def give_back(wanted: Counts) -> None:
    """Take off what was taken before."""
    _change(wanted, "taken - {wanted}", "1 = 1")


def _change(wanted: Counts, taken: str, condition: str) -> int:
    """One statement for all pools; how many rows it changed.

    By hand: it stands in each order's way, and the ORM thinks it up for longer than it takes.
    """
    number = f"CASE id {'WHEN %s THEN %s ' * len(wanted)}END"
    ids = f"({', '.join(['%s'] * len(wanted))})"
    table = SeatPool._meta.db_table
    if len(wanted) > 1 and connection.features.has_select_for_update:
        # Locked inside the statement that writes: one round trip, and no two orders ever wait
        # for each other.
        ids = f"(SELECT id FROM {table} WHERE id IN {ids} ORDER BY id FOR UPDATE)"  # noqa: S608 (our own names)
    pairs = [value for pair in wanted.items() for value in pair]
    conditions = condition.format(wanted=number)
    sql = (
        f"UPDATE {table} SET taken = {taken.format(wanted=number)} "  # noqa: S608 (the same)
        f"WHERE id IN {ids} AND {conditions}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*pairs, *wanted, *(pairs if "%s" in conditions else [])])
        return int(cursor.rowcount)


def seats_held(order: Order, tickets: Collection[Ticket]) -> dict[int, int]:
    """How many of each pool these tickets of an order take, or took before it lapsed."""
    people: Counter[int] = Counter()
    meals: Counter[int] = Counter()
    for ticket in tickets:
        for seat in ticket.seats.all():
            people[seat.session_id] += 1
            meals[seat.session_id] += ticket.takes_meal
    pools = read_pools(people, order.invitation_id, order.forum_id)
    return {pk: number for pk, number in count_wanted(pools, people, meals).items() if number}


def what_is_missing(wanted: Counts, invitation_id: int | None) -> ForumError | None:
    """Why seats could not be had, looked up afterwards; None if they could by now."""
    full: dict[str, list[SeatPool]] = {}
    pools = SeatPool.objects.filter(pk__in=wanted).select_related("session").order_by("pk")
    for pool in pools:
        if pool.capacity is not None and pool.taken + pool.kept + wanted[pool.pk] > pool.capacity:
            full.setdefault(pool.kind, []).append(pool)
    if Kind.SESSION in full:
        return SoldOutError([str(pool.session) for pool in full[Kind.SESSION]])
    if Kind.ORGANISATION in full and invitation_id:
        return OrganisationSeatsGoneError(_holders(full[Kind.ORGANISATION], invitation_id))
    if Kind.MEAL in full:
        return MealsGoneError([str(pool.session) for pool in full[Kind.MEAL]])
    return None


def _holders(pools: Collection[SeatPool], invitation_id: int) -> list[str]:
    """Masked, in the order in which they registered: colleagues know each other."""
    sessions = [pool.session_id for pool in pools]
    tickets = Ticket.objects.filter(
        order__invitation_id=invitation_id,
        cancelled_at=None,
        anonymised_at=None,
        seats__session_id__in=sessions,
        seats__released_at=None,
    )
    return [mask_name(ticket.name) for ticket in tickets.distinct().order_by("pk")]
