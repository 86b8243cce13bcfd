"""The answer when nobody could say afterwards who saw the data."""

import logging

from django.shortcuts import render

from .exceptions import AccessLogUnavailableError

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
