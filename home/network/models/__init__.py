from .bodies import Body, Meeting, Seat
from .organisations import Organisation
from .pages import BodyIndexPage, OrganisationIndexPage, RegionIndexPage
from .regions import BEFORE_RECORDS, Region

__all__ = [
    "BEFORE_RECORDS",
    "Body",
    "BodyIndexPage",
    "Meeting",
    "Organisation",
    "OrganisationIndexPage",
    "Region",
    "RegionIndexPage",
    "Seat",
]
