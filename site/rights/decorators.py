"""Pages behind a link from a mail, of which no cache keeps a copy."""

from functools import wraps

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponseNotAllowed
from django.shortcuts import render

from privacy.decorators import same_origin_post
from privacy.tokens import TokenExpiredError, TokenInvalidError, read_token

from .registry import NotTheirsError


def link_page(purpose, find, *, methods=("GET", "HEAD", "POST")):
    """Read the token and hand to the view whoever it was made for, as ``find`` knows them."""

    def decorate(view):
        @wraps(view)
        def opened(request, token, **kwargs):
            return _keep_private(_answer(request, token, **kwargs))

        def _answer(request, token, **kwargs):
            try:
                return view(request, token, find(read_token(purpose, token)), **kwargs)
            except TokenInvalidError:
                return render(request, "rights/link_unknown.html", status=404)
            except (TokenExpiredError, ObjectDoesNotExist):
                return render(request, "rights/link_expired.html", status=410)
            except NotTheirsError:
                return render(request, "rights/not_there.html", {"token": token}, status=404)

        return _guarded(opened, methods)

    return decorate


def _guarded(view, methods):
    guarded = same_origin_post(view)

    @wraps(view)
    def wrapped(request, **kwargs):
        if request.method not in methods:
            return HttpResponseNotAllowed(methods)
        return (guarded if request.method == "POST" else view)(request, **kwargs)

    wrapped.csrf_exempt = True
    return wrapped


def _keep_private(response):
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response
