"""Tending the lists: offers that ran out, lists that end, what a killed process left undone."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from messaging.services import enqueue_all

from ..emails import LIST_CHANGED, LIST_CLOSED, OFFER_EXPIRED
from ..models import ForumPage, Invitation, SeatPool, WaitingEntry
from .late import seat_late_payers
from .line import OFFER, held_by, is_servable, pass_on
from .seats import give_back
from .waiting import lock_list
from .waiting_steps import SITE, note_steps

State = WaitingEntry.State
Change = ForumPage.Change


def tend_lists() -> int:
    """Pass on what nobody answered, close what is over, offer what is free; returns how many lists.

    By a job each minute. Whatever frees a seat offers it in its own transaction: this finds what
    needs a clock, and what was left undone. Safe to kill and to call twice.
    """
    seat_late_payers()
    listed = WaitingEntry.objects.on_the_list().values("forum")
    kept = SeatPool.objects.filter(kept__gt=0).values("forum")
    forums = ForumPage.objects.filter(Q(pk__in=listed) | Q(pk__in=kept)).order_by("pk")
    keys = list(forums.values_list("pk", flat=True))
    for pk in keys:
        _tend(pk)
    return len(keys)


@transaction.atomic
def _tend(forum_id: int) -> None:
    forum, pools = lock_list(forum_id)
    now = timezone.now()
    entries = _locked(WaitingEntry.objects.on_the_list().filter(forum=forum))
    late = [e for e in entries if e.is_offered and e.offer_until and e.offer_until <= now]
    _end(late, pools, State.EXPIRED, "offer_expired", OFFER_EXPIRED)
    over = [e for e in entries if e.is_waiting and _is_over(e, forum, now)]
    _end(over, pools, State.CLOSED, "list_closed", LIST_CLOSED)
    pass_on(forum)


def _is_over(entry: WaitingEntry, forum: ForumPage, now: datetime) -> bool:
    """A postponed forum keeps its list: it may take place after all."""
    if forum.change:
        return False
    return not forum.is_open(now) or not is_servable(entry, forum, now)


def change_list(forum: ForumPage) -> None:
    """The forum was postponed, called off or takes place after all: everybody who waits is told.

    While it is postponed nobody can accept, so offers go back into the line at their old place;
    of what is called off the list ends. The forum is locked.
    """
    _forum, pools = lock_list(forum.pk)
    entries = _locked(WaitingEntry.objects.on_the_list().filter(forum=forum))
    if forum.is_cancelled:
        _end(entries, pools, State.CLOSED, "list_closed", LIST_CHANGED)
    else:
        _end([e for e in entries if e.is_offered], pools, State.WAITING, "offer_paused", "")
        _tell(LIST_CHANGED, entries)
    pass_on(forum)


@transaction.atomic
def close_for(invitation: Invitation) -> None:
    """A code that opens nothing any more ends the waiting of those who had it."""
    forum, pools = lock_list(invitation.forum_id)
    mine = WaitingEntry.objects.on_the_list().filter(invitation=invitation)
    _end(_locked(mine), pools, State.CLOSED, "list_closed", LIST_CLOSED)
    pass_on(forum)


def _locked(rows) -> list[WaitingEntry]:  # type: ignore[no-untyped-def]  # a queryset
    rows = rows.select_for_update(of=("self",)).order_by("pk")
    return list(rows.prefetch_related("sessions"))


def _end(
    entries: Sequence[WaitingEntry],
    pools: Collection[SeatPool],
    state: str,
    kind: str,
    mail: str,
) -> None:
    """Bring entries into another state; what was held goes back."""
    now = timezone.now()
    for entry in entries:
        if entry.is_offered:
            give_back(held_by(entry, pools))
        entry.state, entry.state_changed_at, entry.meals = state, now, 0
        if state == State.WAITING:
            entry.offered_at = entry.offer_until = None
    WaitingEntry.objects.bulk_update(entries, OFFER)
    note_steps(entries, kind, SITE)
    if mail:
        _tell(mail, entries)


def _tell(mail: str, entries: Sequence[WaitingEntry]) -> None:
    enqueue_all(mail, [str(entry.public_id) for entry in entries if entry.email_index])
