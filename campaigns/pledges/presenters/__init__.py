from .answering import DemandCard, InvitationPresenter
from .demands import VersionPresenter
from .elections import PlanPresenter, contests_by_office, story_of, timetable_lines

__all__ = [
    "DemandCard",
    "InvitationPresenter",
    "PlanPresenter",
    "VersionPresenter",
    "contests_by_office",
    "story_of",
    "timetable_lines",
]
