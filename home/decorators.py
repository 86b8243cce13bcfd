"""What forms of strangers have in common: nothing that was typed is lost."""

import logging
from functools import wraps

from django.core.exceptions import BadRequest, ObjectDoesNotExist
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from privacy.decorators import same_origin_post
from privacy.tokens import TokenExpiredError, TokenInvalidError

from .exceptions import DATABASE_AWAY

logger = logging.getLogger(__name__)

BODY_LIMIT = 64 * 1024


def keeps_typing(*, too_large, limit=BODY_LIMIT):
    """Take a body of a sane size; what was typed survives a database that is away.

    ``too_large`` is the template for more than that. No cache keeps an answer: it may show what
    was typed.
    """

    def decorate(view):
        @wraps(view)
        def wrapped(request, *args, **kwargs):
            if _content_length(request) > limit:
                response = render(request, too_large, status=413)
            else:
                response = _answer(view, request, *args, **kwargs)
            response["Cache-Control"] = "no-store"
            return response

        return wrapped

    return decorate


def limits_own_body(view):
    """Mark a view that looks at the length of a body before it reads, and answers in its words."""
    view.limits_own_body = True
    return view


def _answer(view, request, *args, **kwargs):
    try:
        return _rendered(view(request, *args, **kwargs))
    except DATABASE_AWAY as error:
        if request.method != "POST":
            raise
        logger.error("What somebody sent could not be written", exc_info=error)
        return _ask_to_try_again(request)


def _content_length(request):
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError as error:
        raise BadRequest("The length of the body is no number.") from error


def _rendered(response):
    """The answer with its template filled, for that asks the database too."""
    return response.render() if hasattr(response, "render") else response


def _ask_to_try_again(request):
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    retry = {"action": request.path, "fields": fields}
    response = render(request, "503.html", {"retry": retry}, status=503)
    response["Retry-After"] = "60"
    return response


def link_page(find, *, room, limit=BODY_LIMIT, too_large="too_large"):
    """Hand what ``find`` reads from the token to the view, and keep the page out of every cache.

    A GET shows; a POST comes from this site only. ``room`` has the templates of links that lead
    nowhere or have expired, and the one that tells of a body beyond ``limit``.
    """

    def decorate(view):
        @keeps_typing(too_large=f"{room}/{too_large}.html", limit=limit)
        @wraps(view)
        def found(request, token, **chosen):
            try:
                row = find(token)
            except (TokenInvalidError, ObjectDoesNotExist):
                response = render(request, f"{room}/link_unknown.html", status=404)
            except TokenExpiredError:
                response = render(request, f"{room}/link_expired.html", status=410)
            else:
                response = view(request, token, row, **chosen)
            response["X-Robots-Tag"] = "noindex"
            response["Referrer-Policy"] = "same-origin"
            return response

        guarded = same_origin_post(found)

        @wraps(view)
        def entrance(request, token, **chosen):
            door = found if request.method in ("GET", "HEAD") else guarded
            return door(request, token, **chosen)

        return csrf_exempt(entrance)

    return decorate
