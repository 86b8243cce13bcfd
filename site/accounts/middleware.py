"""Nobody works in the admin on a password alone who may see personal data."""

from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse

from . import services
from .requests import is_factor_used

ADMIN = "/admin/"
# What a log-in may open that still lacks its factor.
LEAVING = "/admin/logout/"
SIGNING_IN = ("/admin/login/", LEAVING)
ENROLLING = ("/admin/second-factor/", *SIGNING_IN)


class SecondFactorMiddleware:
    """Leads who needs a second factor to prove it, or to add one, before anything else opens."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        missing = self._missing_step(request) if request.path.startswith(ADMIN) else None
        if missing is None:
            return self.get_response(request)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            raise PermissionDenied
        return redirect(f"{reverse(missing)}?next={quote(request.get_full_path())}")

    @staticmethod
    def _missing_step(request) -> str | None:
        """The name of the screen that must come first, if any."""
        user = request.user
        if not user.is_authenticated or request.path.startswith(SIGNING_IN):
            return None
        if is_factor_used(request):
            return None
        kinds = set(services.factors_of(user).values_list("type", flat=True))
        if kinds:
            return "mfa_reauthenticate" if "totp" in kinds else "mfa_reauthenticate_webauthn"
        enrolled_first = request.path.startswith(ENROLLING) or not services.needs_factor(user)
        return None if enrolled_first else "mfa_index"
