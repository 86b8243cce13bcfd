from .attempts import AttemptCount, login_key
from .changes import RIGHTS_SUBJECT, RightsChange
from .grants import Grant
from .invitations import INVITATION_LIFETIME, Invitation
from .users import StaffManager, User

__all__ = [
    "INVITATION_LIFETIME",
    "RIGHTS_SUBJECT",
    "AttemptCount",
    "Grant",
    "Invitation",
    "RightsChange",
    "StaffManager",
    "User",
    "login_key",
]
