"""Who was asked when and how often, and where they stand: told by the rows and by the events.

The board reads the rows. The chain of an election tells the same; a nightly check compares both,
so that nobody can be made to look silent who was never asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from evidence.models import Event
from evidence.verifier import Fault

from ..models import Election, Invitation, Respondent
from .chain import EVIDENCE_SUBJECT

AT_ONCE = 1000
ASKED = ("invitation_sent", "invitation_prepared")
REMINDED, MOVED = "invitation_reminded", "standing"


@dataclass(frozen=True)
class Logged:
    """One line of the public log. No ``standing``: nothing moved it since it was entered."""

    asked_on: date | None = None
    reminded: int = 0
    standing: str = ""
    standing_on: str = ""


def log_from_events(election: Election) -> dict[str, Logged]:
    """By public id of a respondent, what the chain of the election says."""
    asked: dict[str, date] = {}
    reminded: dict[tuple[str, str], int] = {}
    moved: dict[str, tuple[str, str]] = {}
    for kind, moment, values in _steps(election):
        who = values["respondent"]
        if kind in ASKED:
            asked.setdefault(who, timezone.localdate(moment))
        elif kind == REMINDED:
            key = (who, values["invitation"])
            reminded[key] = max(reminded.get(key, 0), values["number"])
        else:
            moved[who] = (values["standing"], values["on"])
    most: dict[str, int] = {}
    for (who, _invitation), number in reminded.items():
        most[who] = max(most.get(who, 0), number)
    return {
        who: Logged(asked.get(who), most.get(who, 0), *moved.get(who, ("", "")))
        for who in {*asked, *most, *moved}
    }


def _steps(election: Election) -> Iterator[tuple[str, datetime, dict[str, Any]]]:
    rows = Event.objects.filter(
        subject_type=EVIDENCE_SUBJECT,
        subject_id=str(election.pk),
        kind__in=[*ASKED, REMINDED, MOVED],
    )
    found = rows.order_by("sequence").values_list("kind", "occurred_at", "payload__values")
    return ((*row,) for row in found.iterator(AT_ONCE) if row[2] is not None)


def log_from_rows(election: Election) -> dict[str, Logged]:
    """The same as the board tells it."""
    asked: dict[int, date] = {}
    reminded: dict[int, int] = {}
    sent = Invitation.objects.filter(respondent__election=election, invited_at__isnull=False)
    for key, moment, number in sent.values_list("respondent", "invited_at", "reminders"):
        day = timezone.localdate(moment)
        asked[key] = min(asked.get(key, day), day)
        reminded[key] = max(reminded.get(key, 0), number)
    rows = Respondent.objects.filter(election=election)
    return {
        str(public_id): Logged(asked.get(key), reminded.get(key, 0), standing, on.isoformat())
        for key, public_id, standing, on in rows.values_list(
            "pk", "public_id", "standing", "standing_on"
        )
    }


def find_log_faults() -> Iterator[Fault]:
    """Respondents whose line on the board is not what the chain of their election says."""
    for election in Election.objects.order_by("pk"):
        told = log_from_events(election)
        for public_id, row in log_from_rows(election).items():
            if not _agree(row, told.pop(public_id, Logged())):
                yield Fault(f"{EVIDENCE_SUBJECT} {election.pk} {public_id}", "values changed")
        for public_id in told:
            yield Fault(f"{EVIDENCE_SUBJECT} {election.pk} {public_id}", "values missing")


def _agree(row: Logged, told: Logged) -> bool:
    """Whoever nothing moved stands where their candidacy was entered: waiting, or ended."""
    if not told.standing:
        begins = (Respondent.Standing.NO_CONTACT, Respondent.Standing.LEFT)
        told = Logged(told.asked_on, told.reminded, row.standing, row.standing_on)
        return row == told and row.standing in begins
    return row == told
