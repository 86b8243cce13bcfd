from .changes import RightsChangeViewSet
from .invitations import InvitationViewSet
from .staff import StaffViewSet

__all__ = ["InvitationViewSet", "RightsChangeViewSet", "StaffViewSet"]
