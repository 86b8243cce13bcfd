from .agreements import AgreementPresenter, WaitingPresenter
from .answering import DemandCard, InvitationPresenter
from .asking import AskingPresenter, RollupPresenter
from .demands import VersionPresenter
from .elections import PlanPresenter, contests_by_office, story_of, timetable_lines

__all__ = [
    "AgreementPresenter",
    "AskingPresenter",
    "RollupPresenter",
    "DemandCard",
    "InvitationPresenter",
    "PlanPresenter",
    "VersionPresenter",
    "WaitingPresenter",
    "contests_by_office",
    "story_of",
    "timetable_lines",
]
