from functools import wraps
from urllib.parse import urlsplit

from django.http import HttpResponseNotAllowed
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

SAME_ORIGIN_SITES = ("same-origin", "none")


def is_same_origin(request) -> bool:
    """Whether a browser says that the request comes from this site.

    ``Sec-Fetch-Site`` decides; an older browser's ``Origin`` is compared with the host. A request
    with neither is no browser's: it carries nobody's authority, and the other checks meet it.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in SAME_ORIGIN_SITES
    origin = request.headers.get("Origin")
    return origin is None or _host_of(origin) == request.get_host()


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def same_origin_post(view):
    """For forms without a log-in: take a POST of this site only, and need no token in the page."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not is_same_origin(request):
            return render(request, "privacy/cross_site_refused.html", status=403)
        return view(request, *args, **kwargs)

    return csrf_exempt(wrapped)


def throttles_itself(view):
    """Mark a view that counts its own requests, by a tighter limit than that of all."""
    view.throttles_itself = True
    return view
