from .agreements import AgreementPresenter, PaperPresenter, WaitingPresenter
from .answering import DemandCard, InvitationPresenter
from .asking import AskingPresenter, RollupPresenter
from .demands import VersionPresenter
from .elections import PlanPresenter, contests_by_office, story_of, timetable_lines
from .responses import ResponsePresenter

__all__ = [
    "AgreementPresenter",
    "AskingPresenter",
    "RollupPresenter",
    "DemandCard",
    "InvitationPresenter",
    "PaperPresenter",
    "PlanPresenter",
    "ResponsePresenter",
    "VersionPresenter",
    "WaitingPresenter",
    "contests_by_office",
    "story_of",
    "timetable_lines",
]
