from .candidacies import (
    MOVES,
    Proof,
    can_become,
    correct_candidacy,
    enter_candidacy,
    move_candidacy,
    take_back_move,
)
from .contests import contests_of, open_contest, regions_on
from .imports import apply_import, discard_import, request_import
from .plans import Plan, plan_import
from .timetable import LegalDay, guarded_from, records_kept_until, timetable_of

__all__ = [
    "MOVES",
    "LegalDay",
    "Plan",
    "Proof",
    "apply_import",
    "can_become",
    "contests_of",
    "correct_candidacy",
    "discard_import",
    "enter_candidacy",
    "guarded_from",
    "move_candidacy",
    "open_contest",
    "plan_import",
    "records_kept_until",
    "regions_on",
    "request_import",
    "take_back_move",
    "timetable_of",
]
