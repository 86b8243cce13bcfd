from .changes import RightsChangeViewSet
from .staff import InvitationViewSet, StaffViewSet

__all__ = ["InvitationViewSet", "RightsChangeViewSet", "StaffViewSet"]
