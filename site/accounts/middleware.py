"""Nobody works on a password alone who may see personal data, nor on rights that are over."""

from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.middleware import get_user
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from . import services
from .requests import end_log_in, factor_door, is_factor_used, seconds_left
from .services.actors import acting

NOBODY = "visitor"
ADMIN = "/admin/"
ACTIVITY = "/admin/activity/"
# What a log-in may open that still lacks its factor.
LEAVING = "/admin/logout/"
SIGNING_IN = ("/admin/login/", LEAVING)
ENROLLING = ("/admin/second-factor/", *SIGNING_IN)


class SessionCookieMiddleware(SessionMiddleware):
    """Only who logs out loses the cookie; one of a log-in that ended by itself opens nothing.

    A window in the background asks all the time. Logging in elsewhere replaces the session; an
    answer about the old one that comes late would take away the cookie of the new one.
    """

    def process_response(self, request, response):
        if not request.session.modified:
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        return super().process_response(request, response)


class IdleMiddleware:
    """Ends a log-in that nobody has touched for long. Only what the browser reports counts.

    Saving by itself, previews and whatever else a page asks for in the background prolong nothing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith(ADMIN) or request.path.startswith(SIGNING_IN):
            return self.get_response(request)
        if not request.user.is_authenticated or request.path == ACTIVITY:
            return self.get_response(request)
        if seconds_left(request) > 0:
            return self.get_response(request)
        end_log_in(request)
        return self._say_that_it_ended(request)

    @staticmethod
    def _say_that_it_ended(request):
        in_background = request.headers.get("x-requested-with") == "XMLHttpRequest"
        if in_background or "text/html" not in request.headers.get("accept", "text/html"):
            return JsonResponse({"ended": True}, status=401)
        if request.method != "GET":  # What was typed is still in the window before this one.
            return render(request, "accounts/ended.html", status=403)
        return redirect(f"{reverse('account_login')}?next={quote(request.get_full_path())}")


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
        if door := factor_door(user):
            return door
        enrolled_first = request.path.startswith(ENROLLING) or not services.needs_factor(user)
        return None if enrolled_first else "mfa_index"


class RightsMiddleware:
    """Ends what is over before anybody's rights are asked, and tells who changes rights.

    Stays as lazy as Django's own: a page that asks nobody's rights reads no session.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.user = SimpleLazyObject(lambda: _user_of_today(request))
        with acting(lambda: _number_of(request.user)):
            return self.get_response(request)


def _user_of_today(request):
    user = get_user(request)
    if user.is_authenticated:
        services.carry_out_grants_of(user)
    return user


def _number_of(user):
    return str(user.pk) if user.is_authenticated else NOBODY
