"""The staff's lists of the network: organisations, bodies, meetings and regions."""

from .bodies import BodyViewSet, MeetingViewSet
from .organisations import OrganisationViewSet
from .regions import RegionViewSet

__all__ = ["BodyViewSet", "MeetingViewSet", "OrganisationViewSet", "RegionViewSet"]
