"""Pages behind an invitation's link, and behind a code that was typed in this browser."""

from functools import partial, wraps

from django.http import HttpResponseRedirect
from django.urls import reverse

from home.decorators import link_page as page_behind_link

from ..services.identity import STAYS, check_that_stands, make_browser_secret
from ..tokens import find_invitation

COOKIE = "pledge_browser"
CEREMONY = "pledge_ceremony"  # on the tablet of a ceremony, until it is handed back
PATH = "/t/g/"
FILE_LIMIT = 11 * 1024 * 1024  # 10 MB and the rest of the form

link_page = partial(page_behind_link, room="pledges")
invitation_page = link_page(find_invitation)
_takes_files = link_page(find_invitation, limit=FILE_LIMIT, too_large="file_too_large")


def _needs_code(view):
    @wraps(view)
    def checked(request, token, invitation, **chosen):
        if check_that_stands(invitation, browser_of(request)) is None:
            return see("open-invitation", token, told="code")
        return view(request, token, invitation, **chosen)

    return checked


def answering_page(view):
    """Only for the browser in which the code was typed; others are asked for one."""
    return invitation_page(_needs_code(view))


def upload_page(view):
    """The same, where a file may come along."""
    return _takes_files(_needs_code(view))


def browser_of(request):
    return request.COOKIES.get(COOKIE, "")


def remember_browser(request, response):
    """The secret that binds codes to this browser; kept for half a day, under these pages only."""
    secret = browser_of(request) or make_browser_secret()
    keep_browser(request, response, secret)
    return secret


def keep_browser(request, response, secret):
    response.set_cookie(
        COOKIE,
        secret,
        max_age=STAYS,
        path=PATH,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def see(name, token, *args, told=""):
    """Go on with another of these pages (303: by GET)."""
    suffix = f"?told={told}" if told else ""
    response = HttpResponseRedirect(reverse(f"pledges:{name}", args=[token, *args]) + suffix)
    response.status_code = 303
    return response
