from .users import StaffManager, User

__all__ = ["StaffManager", "User"]
