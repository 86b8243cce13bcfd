"""The page behind "stop news". A GET shows; a POST of its button, or of a mail program, changes."""

from functools import wraps

from django.http import HttpResponseNotAllowed
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from privacy.decorators import same_origin_post
from privacy.tokens import TokenExpiredError, TokenInvalidError

from . import services
from .tokens import read_unsubscribe_token


def private_page(view):
    """For a page behind a mail's link: read the token, take a POST of this site, cache nothing."""

    @wraps(view)
    def wrapped(request, token):
        try:
            response = view(request, read_unsubscribe_token(token))
        except TokenInvalidError:
            response = render(request, "messaging/link_unknown.html", status=404)
        except TokenExpiredError:
            response = render(request, "messaging/link_expired.html", status=410)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "same-origin"
        return response

    return wrapped


def _show(request, email_index):
    state = "stopped" if services.has_stopped_news(email_index) else "asked"
    return render(request, "messaging/stop_news.html", {"state": state})


def _change(request, email_index):
    """A mail program's one-click POST names no action, so stopping is what a POST does."""
    if request.POST.get("action") == "resume":
        services.resume_news(email_index)
        return render(request, "messaging/stop_news.html", {"state": "resumed"})
    services.stop_news(email_index)
    return render(request, "messaging/stop_news.html", {"state": "stopped"})


show_choice = private_page(_show)
change_choice = same_origin_post(private_page(_change))


@csrf_exempt  # same_origin_post guards the POST.
def stop_news(request, token):
    if request.method in ("GET", "HEAD"):
        return show_choice(request, token)
    if request.method == "POST":
        return change_choice(request, token)
    return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
