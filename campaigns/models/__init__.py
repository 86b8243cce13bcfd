from .bills import BillStage, Ending, Stage, StageStep
from .pages import CampaignIndexPage, CampaignPage
from .results import HandOver, Outcome

__all__ = [
    "BillStage",
    "CampaignIndexPage",
    "CampaignPage",
    "Ending",
    "HandOver",
    "Outcome",
    "Stage",
    "StageStep",
]
