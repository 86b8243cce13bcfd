from .attempts import AttemptCount, login_key
from .users import StaffManager, User

__all__ = ["AttemptCount", "StaffManager", "User", "login_key"]
