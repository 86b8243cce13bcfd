"""Who goes back after registering gets the same form: the same words sent again are one order."""

import uuid

from django.conf import settings

COOKIE, STAYS = "forum_form", 10 * 60  # seconds


def remember_form(response, state, form_key):
    """Let this browser know the form again; the key says nothing about anybody."""
    response.set_cookie(
        COOKIE,
        str(form_key),
        max_age=STAYS,
        path=f"{state.path}apply/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget_form(response, forum):
    """Who cancelled may register with the same words as before."""
    response.delete_cookie(COOKIE, path=f"{forum.get_url_parts()[2]}apply/")
    return response


def key_that_counts(request, typed):
    """The form's that this browser sent a moment ago, in this tab or in another, else its own."""
    return uuid.UUID(key_of_form(request, request.COOKIES.get(COOKIE) or typed))


def key_of_form(request, typed):
    """Of the form on its way, of the one sent a moment ago, or a new one."""
    try:
        return str(uuid.UUID(str(typed or request.COOKIES.get(COOKIE, ""))))
    except ValueError:
        return str(uuid.uuid4())
