from .attempts import AttemptCount, login_key
from .changes import RIGHTS_SUBJECT, RightsChange
from .grants import Grant
from .users import StaffManager, User

__all__ = [
    "RIGHTS_SUBJECT",
    "AttemptCount",
    "Grant",
    "RightsChange",
    "StaffManager",
    "User",
    "login_key",
]
