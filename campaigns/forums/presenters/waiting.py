"""A waiting list as those see it who wait, and who think of waiting."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from home.dates import korean_datetime, korean_deadline
from privacy.masking import mask_email, mask_name

from .. import services
from ..models import ForumPage, ForumSession, SeatPool, WaitingEntry
from .orders import Headline

State = WaitingEntry.State
MOST_SHOWN = 1000
SHOWN = (SeatPool.Kind.SESSION, SeatPool.Kind.MEAL)
NOBODY = "—"


@dataclass(frozen=True)
class WaitChoice:
    """A session for which one may wait. ``left`` is None where there is no limit."""

    session: ForumSession
    left: int | None
    waiting: int
    is_chosen: bool

    @property
    def when(self) -> str:
        return korean_datetime(self.session.starts_at)

    @property
    def told(self) -> str:
        """How many wait, or that there is no need to."""
        if self.left != 0:
            return _("There are free seats: you can register at once.")
        if not self.waiting:
            return _("Nobody waits yet.")
        told = ngettext("%(count)d waits.", "%(count)d wait.", self.waiting)
        return told % {"count": self.waiting}


def wait_choices(form, invitation) -> list[WaitChoice]:
    """What the form offers, with how many wait for it; two queries."""
    keys = [session.pk for session in form.offered]
    left = services.seats_left(keys, invitation)
    waiting = WaitingEntry.objects.filter(state=State.WAITING, sessions__in=keys)
    counted = dict(waiting.values_list("sessions").annotate(number=Count("pk")).order_by())
    typed = form["sessions"].value()
    full = [key for key in keys if left.get(key) == 0]
    chosen = set(map(str, full[:1] if typed is None else typed))
    return [
        WaitChoice(
            session, left.get(session.pk), counted.get(session.pk, 0), str(session.pk) in chosen
        )
        for session in form.offered
    ]


class WaitingPresenter:
    """One entry, behind its link."""

    def __init__(self, entry: WaitingEntry, now: datetime) -> None:
        self.entry = entry
        self.now = now
        self.forum = entry.forum
        self.sessions = list(entry.sessions.order_by("starts_at"))

    @property
    def rows(self) -> list[tuple[ForumSession, str]]:
        return [(session, korean_datetime(session.starts_at)) for session in self.sessions]

    @property
    def meals(self) -> list[tuple[str, str]]:
        """Each meal of the sessions, and for how many of the party it is held."""
        told = _("None is left")
        if self.entry.meals:
            told = ngettext("For %(count)d person", "For %(count)d people", self.entry.meals)
            told %= {"count": self.entry.meals}
        return [(session.meal, told) for session in self.sessions if session.meal]

    @property
    def is_open(self) -> bool:
        """Whether the offer can be answered at this moment."""
        entry = self.entry
        return bool(entry.is_offered and entry.offer_until > self.now and not self.forum.change)

    @cached_property
    def place(self) -> int:
        return int(WaitingEntry.objects.in_front_of(self.entry).count()) + 1

    @property
    def list_ends(self) -> str:
        ends = services.list_ends_at(self.forum, self.sessions)
        return korean_deadline(ends) if ends else ""

    @property
    def until(self) -> str:
        return korean_deadline(self.entry.offer_until)

    @property
    def time_left(self) -> str:
        """In whole hours, in the last hour in minutes."""
        minutes = max(int((self.entry.offer_until - self.now).total_seconds() // 60), 1)
        if minutes < 60:
            return ngettext("%(n)d minute left", "%(n)d minutes left", minutes) % {"n": minutes}
        hours = minutes // 60
        return ngettext("%(n)d hour left", "%(n)d hours left", hours) % {"n": hours}

    @property
    def headline(self) -> Headline:
        if self.is_open:
            return self._offered()
        if self.entry.is_waiting or (self.entry.is_offered and self.forum.change):
            return self._waiting()
        return self._over()

    def _waiting(self) -> Headline:
        title = _("Place %(place)d in the line") % {"place": self.place}
        text = _("When a seat gets free, we offer it by mail. The offer names a deadline.")
        if self.forum.change:
            text = _("The meeting is postponed. You keep your place; no seats are offered now.")
        return Headline(pgettext("heading", "Waiting list"), title, text, "info")

    def _offered(self) -> Headline:
        title = ngettext("A seat is held for you", "Seats are held for you", self.entry.people)
        text = _("Please answer until %(until)s (%(left)s).")
        told = text % {"until": self.until, "left": self.time_left}
        return Headline(_("Offer from the waiting list"), title, told, "success")

    def _over(self) -> Headline:
        titles = {
            State.TAKEN: _("You took the offer"),
            State.DECLINED: _("You declined the offer"),
            State.EXPIRED: _("The offer ran out"),
            State.OFFERED: _("The offer ran out"),
            State.LEFT: _("You are off the list"),
            State.CLOSED: _("The waiting list is closed"),
        }
        texts = {
            State.TAKEN: _("Your registration stands behind the button."),
            State.CLOSED: _("No seat got free for you in time. We are sorry."),
        }
        text = texts.get(self.entry.state, _("If you want to come after all, join the list again."))
        kicker = pgettext("heading", "Waiting list")
        return Headline(kicker, titles[self.entry.state], text, "info")


@dataclass(frozen=True)
class ListRow:
    """An entry as staff see it, masked. ``place`` is None for who does not wait."""

    entry: WaitingEntry
    place: int | None

    @property
    def name(self) -> str:
        return mask_name(self.entry.name) if self.entry.name else NOBODY

    @property
    def email(self) -> str:
        return mask_email(self.entry.email) if self.entry.email else NOBODY

    @property
    def sessions(self) -> str:
        return ", ".join(s.part or s.title for s in self.entry.sessions.all())


class ListPresenter:
    """The whole list of a forum: who has an offer, who waits in which order, who is through."""

    def __init__(self, forum: ForumPage) -> None:
        self.forum = forum
        rows = WaitingEntry.objects.filter(forum=forum).select_related("invitation__organisation")
        self.entries = list(rows.prefetch_related("sessions").order_by("pk")[:MOST_SHOWN])

    @cached_property
    def rows(self) -> list[ListRow]:
        """Offers first, then the line, then the latest of the others."""
        offers = [ListRow(e, None) for e in self.entries if e.is_offered]
        line = [e for e in self.entries if e.is_waiting]
        others = [e for e in self.entries if not e.is_offered and not e.is_waiting]
        waiting = [ListRow(entry, place) for place, entry in enumerate(line, start=1)]
        return [*offers, *waiting, *(ListRow(entry, None) for entry in reversed(others))]

    @property
    def states(self) -> list[tuple[str, int, int]]:
        """By state, how many entries and how many people."""
        return [
            (str(state.label), len(found), sum(entry.people for entry in found))
            for state in State
            if (found := [entry for entry in self.entries if entry.state == state])
        ]

    @cached_property
    def pools(self) -> list[SeatPool]:
        """Of each session and meal with a limit: how many, taken ones, and what is kept."""
        pools = SeatPool.objects.filter(
            forum=self.forum, invitation=None, kind__in=SHOWN, capacity__isnull=False
        )
        rows = pools.select_related("session").order_by("session__starts_at", "-kind", "pk")
        return list(rows)

    @property
    def sessions(self) -> list[tuple[SeatPool, str, int, int]]:
        """Each pool with its name, how many of those taken are offers, and how many wait for it."""
        return [
            (pool, services.name_of(pool), self._held(pool), self._people(pool, "waiting"))
            for pool in self.pools
        ]

    def _held(self, pool: SeatPool) -> int:
        if pool.kind == SeatPool.Kind.MEAL:
            return sum(e.meals for e in self.entries if pool.session in e.sessions.all())
        return self._people(pool, "offered")

    def _people(self, pool: SeatPool, state: str) -> int:
        mine = (e for e in self.entries if e.state == state)
        return sum(e.people for e in mine if pool.session in e.sessions.all())
