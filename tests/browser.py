"""A browser without a window, in which staff log in quickly."""

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.test import Client

from accounts.requests import LAST_INPUT


class StaffClient(Client):
    """``force_login`` leaves the session that a log-in with password and code leaves."""

    def force_login(self, user, backend=None):
        super().force_login(user, backend)
        session = self.session
        session.update(session_of_two_factors(user))
        session.save()


def session_of_two_factors(user):
    """What the log-in writes into a session once both factors are right."""
    now = time.time()
    return {
        AUTHENTICATION_METHODS_SESSION_KEY: [
            {"method": "password", "at": now, "email": user.email},
            {"method": "mfa", "at": now, "type": "totp"},
        ],
        _AUTHENTICATION_METHODS_USER_SESSION_KEY: str(user.pk),
        LAST_INPUT: now,
    }
