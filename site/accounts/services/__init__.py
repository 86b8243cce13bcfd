from .reviews import decide
from .roles import open_section, sync_roles, sync_roles_after_migrate

__all__ = ["decide", "open_section", "sync_roles", "sync_roles_after_migrate"]
