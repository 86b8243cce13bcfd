from .candidacies import (
    MOVES,
    Proof,
    correct_candidacy,
    enter_candidacy,
    move_candidacy,
    take_back_move,
)
from .contests import contests_of, open_contest, regions_on
from .imports import apply_import, discard_import, request_import
from .plans import Plan, plan_import
from .respondents import (
    add_missing_respondents,
    follow_candidacies,
    move_standing,
    standing_of,
)
from .timetable import LegalDay, timetable_of

__all__ = [
    "standing_of",
    "move_standing",
    "follow_candidacies",
    "add_missing_respondents",
    "MOVES",
    "LegalDay",
    "Plan",
    "Proof",
    "apply_import",
    "contests_of",
    "correct_candidacy",
    "discard_import",
    "enter_candidacy",
    "move_candidacy",
    "open_contest",
    "plan_import",
    "regions_on",
    "request_import",
    "take_back_move",
    "timetable_of",
]
