"""A number for each request, a limit for strangers, and nothing shown that is not written down."""

import logging
import re
import secrets

from django.conf import settings
from django.shortcuts import render

from .exceptions import AccessLogUnavailableError
from .logging import current_request_id
from .requests import comes_from_our_proxy, throttle

logger = logging.getLogger(__name__)


class AccessLogMiddleware:
    """Shows nothing, and says why, where a look at personal data can't be written down."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    @staticmethod
    def process_exception(request, exception):
        if not isinstance(exception, AccessLogUnavailableError):
            return None
        logger.error("The access log could not be written", exc_info=exception)
        response = render(request, "privacy/access_log_unavailable.html", status=503)
        response["Retry-After"] = "60"
        response["Cache-Control"] = "no-store"
        return response


class RequestIdMiddleware:
    """Gives each request a number, or keeps the one that our own proxy gave it."""

    PROXYS_OWN = re.compile(r"[A-Za-z0-9-]{8,64}")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.request_id = self._proxys_own(request) or secrets.token_hex(8)
        token = current_request_id.set(request.request_id)
        try:
            return self.get_response(request)
        finally:
            current_request_id.reset(token)

    def _proxys_own(self, request):
        given = request.headers.get("X-Request-ID", "")
        if self.PROXYS_OWN.fullmatch(given) and comes_from_our_proxy(request):
            return given
        return ""


class ThrottleMiddleware:
    """Bounds what one address sends to doors that need no log-in.

    A view with a tighter limit of its own says so with ``privacy.decorators.throttles_itself``.
    """

    SAFE = ("GET", "HEAD", "OPTIONS")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, _args, _kwargs):
        if request.method in self.SAFE or getattr(view, "throttles_itself", False):
            return None
        if request.user.is_authenticated:
            return None
        if not throttle(request, "post", limit=settings.POSTS_PER_MINUTE, seconds=60):
            return None
        response = render(request, "429.html", status=429)
        response["Retry-After"] = "60"
        response["Cache-Control"] = "no-store"
        return response
