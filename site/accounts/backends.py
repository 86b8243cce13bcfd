"""Who may enter the admin beside those whose roles say so."""

from django.contrib.auth.backends import BaseBackend

from .services.scopes import ENTER, limited_grants


class LimitedRoleBackend(BaseBackend):
    """Lets people in whose only roles hold within a limit.

    Nothing else: a right within a limit is none where nobody asks about the limit.
    """

    def has_perm(self, user_obj, perm, obj=None):
        if perm != ENTER or not user_obj.is_active or user_obj.is_anonymous:
            return False
        return bool(limited_grants(user_obj))
