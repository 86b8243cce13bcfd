"""What keeps a forum from going public, and what its editor should look at.

All read the same: a page or the cleaned fields of its form, and its rows as objects.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.content_checks.findings import Finding, Level


@dataclass(frozen=True)
class Obstacle:
    """Why a forum can't be published, and the field where that is put right."""

    message: str
    field: str | None = None


def obstacles_to_publishing(page, parts, pools) -> list[Obstacle]:
    sessions = parts["sessions"]
    if not sessions:
        return [Obstacle(_("Give it one session at least: when does it begin and end?"))]
    return [
        *_unclear_parts(sessions, parts["programme"]),
        *_too_long(sessions, parts["programme"]),
        *_late_deadlines(page, sessions),
        *(_unpayable(page, parts["refund_tiers"]) if _is_paid(sessions) else ()),
        *_rising_tiers(parts["refund_tiers"]),
        *seats_at_risk(sessions, pools),
    ]


def seats_at_risk(sessions, pools) -> Iterator[Obstacle]:
    """What people have registered for can't be taken away, nor made smaller than they are many."""
    kept = {session.pk: session for session in sessions}
    for pool in pools:
        session = kept.get(pool.session_id)
        values = {"session": str(pool.session), "taken": pool.taken}
        if session is None:
            if pool.kind == "session" and (pool.taken or pool.was_used):
                told = _("People have registered for “%(session)s”: it can't be removed.")
                yield Obstacle(told % values)
        elif pool.kind == "session" and _is_less(session.capacity, pool.taken):
            told = _(
                "“%(session)s” has %(taken)d registered people already: give it so many seats at "
                "least."
            )
            yield Obstacle(told % values)
        elif pool.kind == "meal" and pool.taken and not session.meal:
            told = _("%(taken)d people will eat at “%(session)s”: its meal can't be removed.")
            yield Obstacle(told % values)
        elif pool.kind == "meal" and _is_less(session.meal_capacity, pool.taken):
            told = _("%(taken)d people will eat at “%(session)s”: give it so many meals at least.")
            yield Obstacle(told % values)


def _is_less(capacity, taken) -> bool:
    return capacity is not None and capacity < taken


def _unclear_parts(sessions, programme) -> Iterator[Obstacle]:
    if len(sessions) == 1:
        return
    counted = Counter(session.part for session in sessions)
    for part, number in counted.items():
        if number > 1:
            told = _("Name the part of each session differently: 1부, 2부. “%(part)s” comes twice.")
            yield Obstacle(told % {"part": part})
    for part in dict.fromkeys(item.part for item in programme if item.part not in counted):
        told = _("The programme has items of the part “%(part)s”, but there is no such session.")
        yield Obstacle(told % {"part": part})


def programme_of(session, sessions, programme) -> list:
    """A meeting of one session has one programme, whatever its items say of parts."""
    if len(sessions) == 1:
        return list(programme)
    return [item for item in programme if item.part == session.part]


def _differences(sessions, programme) -> Iterator[tuple[object, int]]:
    """By session that has a programme, by how many minutes it is longer than the session."""
    for session in sessions:
        if items := programme_of(session, sessions, programme):
            yield session, sum(item.minutes or 0 for item in items) - session.minutes


def _too_long(sessions, programme) -> Iterator[Obstacle]:
    for session, minutes in _differences(sessions, programme):
        if minutes > 0:
            told = ngettext(
                "The programme of “%(session)s” is %(minutes)d minute longer than the session.",
                "The programme of “%(session)s” is %(minutes)d minutes longer than the session.",
                minutes,
            )
            yield Obstacle(told % {"session": session, "minutes": minutes})


def _late_deadlines(page, sessions) -> Iterator[Obstacle]:
    begins = min(session.starts_at for session in sessions)
    for name, told in (
        ("registration_closes_at", _("Registration closes before the meeting begins.")),
        ("payment_due_at", _("The fee is to be paid before the meeting begins.")),
    ):
        deadline = getattr(page, name, None)
        if deadline and deadline > begins:
            yield Obstacle(told, name)


def _is_paid(sessions) -> bool:
    return any(session.fee_krw for session in sessions)


def _unpayable(page, tiers) -> Iterator[Obstacle]:
    account = getattr(page, "account", None)
    if account is None:
        told = _("There is a fee: choose the account that it goes to.")
        yield Obstacle(told, "account")
    elif not account.is_open:
        yield Obstacle(_("This account is closed: choose another."), "account")
    if not getattr(page, "payment_due_at", None):
        yield Obstacle(_("There is a fee: say until when it is to be paid."), "payment_due_at")
    if not getattr(page, "depositor_prefix", ""):
        told = _("There is a fee: choose the word that people write before their name.")
        yield Obstacle(told, "depositor_prefix")
    if not tiers:
        yield Obstacle(_("There is a fee: say how much of it goes back to who cancels."))


def _rising_tiers(tiers) -> Iterator[Obstacle]:
    percents = [tier.percent for tier in sorted(tiers, key=lambda tier: -tier.days_before)]
    if percents != sorted(percents, reverse=True):
        yield Obstacle(_("Who cancels later can't get back more than who cancels earlier."))


def warnings_about(page, parts) -> list[Finding]:
    """It may go public like this, but probably should not."""
    sessions = [session for session in parts["sessions"] if session.starts_at and session.ends_at]
    found = [*_short_programmes(sessions, parts["programme"])]
    if not page.place and not page.online_url:
        told = _("There is no place yet. The page says that it will be announced.")
        found.append(Finding(Level.WARNING, told, _field(page, "place")))
    if not page.contact_id:
        told = _("Nobody is named whom people can ask.")
        found.append(Finding(Level.WARNING, told, _field(page, "contact")))
    return found


def _field(page, name) -> str:
    return str(page._meta.get_field(name).verbose_name)


def _short_programmes(sessions, programme) -> Iterator[Finding]:
    for session, minutes in _differences(sessions, programme):
        if minutes < 0:
            told = ngettext(
                "The programme is %(minutes)d minute shorter than the session.",
                "The programme is %(minutes)d minutes shorter than the session.",
                -minutes,
            )
            yield Finding(Level.WARNING, told % {"minutes": -minutes}, str(session))
