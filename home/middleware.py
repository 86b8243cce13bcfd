"""Headers of public pages and of the admin; the answer while the database is away."""

import logging

from csp.constants import UNSAFE_INLINE
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from .exceptions import DATABASE_AWAY

logger = logging.getLogger(__name__)

# Here passwords and codes are typed: no script but our own files runs.
STRICT_ADMIN = (
    *("/admin/login/", "/admin/password_reset/", "/admin/second-factor/", "/admin/back/"),
)
PUBLIC_CACHE_CONTROL = "public, max-age=0, s-maxage=1, stale-if-error=300"


class PublicPageMiddleware:
    """Marks anonymous pages as shareable; relaxes the content policy inside the admin only."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            self._admin_headers(request, response)
        elif self._is_public(request, response):
            response.setdefault("Cache-Control", PUBLIC_CACHE_CONTROL)
        return response

    @staticmethod
    def _admin_headers(request, response):
        response.setdefault("Cache-Control", "private, no-store")
        if not request.path.startswith(STRICT_ADMIN):
            # Wagtail's admin has inline scripts (dates, choosers) that know no nonce.
            # What is uploaded is shown from the browser's memory, so that it can be described.
            response._csp_update = {
                **{"script-src": [UNSAFE_INLINE], "style-src": [UNSAFE_INLINE]},
                "img-src": ["blob:"],
            }

    @staticmethod
    def _is_public(request, response):
        match = request.resolver_match
        return (
            request.method in ("GET", "HEAD")
            and response.status_code == 200
            and match is not None
            and match.url_name == "wagtail_serve"
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and not response.cookies
            and "Cookie" not in response.get("Vary", "")
        )


class UploadLimitMiddleware:
    """Refuses a body that no upload may have, by its announced length, before it is stored.

    A browser that is still sending reads no answer; so what staff send is read and thrown away,
    piece by piece. A stranger's is not.
    """

    PIECE = 256 * 1024
    PATIENCE = 1024**3

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) <= settings.UPLOAD_MAX_REQUEST_SIZE:
            return self.get_response(request)
        if self._has_own_limit(request.path_info):
            return self.get_response(request)
        if request.user.is_authenticated and int(length) <= self.PATIENCE:
            while request.read(self.PIECE):
                pass
        return self._refuse(request)

    @staticmethod
    def _has_own_limit(path):
        try:
            return getattr(resolve(path).func, "limits_own_body", False)
        except Resolver404:
            return False

    @staticmethod
    def _refuse(request):
        message = _(
            "The file is too large. Pictures may have %(picture)s, documents %(document)s: please "
            "make it smaller or split it."
        ) % {
            "picture": filesizeformat(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE),
            "document": filesizeformat(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE),
        }
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"success": False, "error_message": message}, status=413)
        return render(request, "413.html", {"message": message}, status=413)


class RefusalMiddleware:
    """Tells staff what a model refuses where Wagtail's own view has no place for it.

    Approving in a workflow publishes without a form; the refusal undoes it, and would else be an
    error page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    @staticmethod
    def process_exception(request, exception):
        posted_by_staff = request.method == "POST" and request.path.startswith("/admin/")
        if not posted_by_staff or not isinstance(exception, ValidationError):
            return None
        logger.warning("A change by staff was refused", exc_info=exception)
        messages.error(request, " ".join(exception.messages))
        url = get_valid_next_url_from_request(request) or reverse("wagtailadmin_home")
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse(
                {"step": "success", "redirect": url}
            )  # As a workflow's dialog asks.
        return redirect(url)


class DatabaseAwayMiddleware:
    """Answers "please try again" where a view fails for want of its database."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    @staticmethod
    def process_exception(request, exception):
        if not isinstance(exception, DATABASE_AWAY):
            return None
        logger.error("The database did not answer", exc_info=exception)
        response = render(request, "503.html", status=503)
        response["Retry-After"] = "60"
        response["Cache-Control"] = "no-store"
        return response
