"""Pages behind a secret in their address. A GET shows; only a button's POST changes something."""

from functools import wraps

from django.core.exceptions import ObjectDoesNotExist
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from home.decorators import keeps_typing
from privacy.decorators import same_origin_post
from privacy.tokens import TokenExpiredError, TokenInvalidError


def link_page(find):
    """Hand what ``find`` reads from the token to the view, and keep the page out of every cache."""

    def decorate(view):
        @keeps_typing(too_large="forums/too_large.html")
        @wraps(view)
        def found(request, token, **chosen):
            try:
                row = find(token)
            except (TokenInvalidError, ObjectDoesNotExist):
                response = render(request, "forums/link_unknown.html", status=404)
            except TokenExpiredError:
                response = render(request, "forums/link_expired.html", status=410)
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
