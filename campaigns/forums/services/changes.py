"""A meeting that does not take place as planned: its page says so, and everybody is written to."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from evidence.services import record_event
from home.publishing import bump_public_version
from messaging.services import enqueue_all

from ..emails import FORUM_CHANGED
from ..exceptions import ChangeNotPossibleError
from ..models import ForumPage, Order, SeatPool
from .cancel import cancel_order
from .late import paid_late
from .lists import change_list
from .seats import lock_forum, lock_pools
from .settling import lock_orders

Change = ForumPage.Change
# What may follow what. Nothing follows a cancellation: money is on its way back.
STEPS = {
    Change.NONE: (Change.POSTPONED, Change.CANCELLED),
    Change.POSTPONED: (Change.NONE, Change.CANCELLED),
    Change.CANCELLED: (),
}


def steps_of(forum: ForumPage) -> tuple[str, ...]:
    """What can become of it from here."""
    return () if forum.is_over() else STEPS[Change(forum.change)]


@transaction.atomic
def change_forum(forum: ForumPage, *, change: str, reason: str, user: User) -> ForumPage:
    """Postpone a forum, call it off, or say that a postponed one takes place on its new day.

    Refuses with ChangeNotPossibleError when it is over or has been called off; so a second press
    changes nothing and writes to nobody.
    """
    locked = lock_forum(forum.pk)
    if change not in steps_of(locked):
        raise ChangeNotPossibleError
    now = timezone.now()
    fields = {"change": change, "change_reason": reason, "changed_at": now}
    ForumPage.objects.filter(pk=forum.pk).update(**fields)
    for name, value in fields.items():
        setattr(locked, name, value)
    _record(locked, user)
    if locked.is_cancelled:
        _lock_holders(locked)  # before the pools, as everybody who cancels or is paid
        _close_pools(locked)
    announce_change(locked, user=user)
    change_list(locked)
    if locked.is_cancelled:
        _close_pools(locked)
    bump_public_version()
    return locked


def _record(forum: ForumPage, user: User) -> None:
    values: dict[str, object] = {"change": forum.change, "reason": forum.change_reason}
    record_event(
        subject_type="forums.forum",
        subject_id=str(forum.pk),
        kind="changed",
        actor=str(user.pk),
        values=values,
    )


def announce_change(forum: ForumPage, *, user: User) -> int:
    """Write to everybody who holds seats; of what is called off, all money goes back.

    Then also to who paid too late and waits for a seat.
    """
    orders = _lock_holders(forum)
    enqueue_all(FORUM_CHANGED, [str(order.public_id) for order in orders])
    if forum.is_cancelled:
        for order in orders:
            # Where to is asked afterwards; what has not come is owed no more.
            cancel_order(order, actor=str(user.pk), reason=forum.change_reason, writes=False)
    return len(orders)


def _lock_holders(forum: ForumPage) -> list[Order]:
    """Those whom a change concerns; who cancels meanwhile is not among them."""
    locked = lock_orders([str(key) for key in _holders(forum).values_list("public_id", flat=True)])
    still = set(_holders(forum).values_list("pk", flat=True))
    return [order for order in locked if order.pk in still]


def _holders(forum: ForumPage) -> Any:
    """Who holds seats; of what is called off also who paid too late for them."""
    holders = Order.objects.filter(forum=forum).holding()
    if not forum.is_cancelled:
        return holders
    return holders | Order.objects.filter(pk__in=paid_late().filter(forum=forum).values("pk"))


def _close_pools(forum: ForumPage) -> None:
    """Nobody gets a seat any more; waits for who is getting one, so that they are found."""
    lock_pools(forum.pk)
    SeatPool.objects.filter(forum=forum).update(capacity=F("taken"), kept=0)
