"""The doors that stand open to everybody: asking for a link, and writing to staff without one."""

import re
from functools import wraps

from django.conf import settings
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from privacy.decorators import same_origin_post, throttles_itself
from privacy.masking import mail_provider
from privacy.requests import throttle

from .. import services, tokens
from ..forms import AskForm, OpenRequestForm

ASKS_PER_MINUTE = 20  # A whole office or a phone network may share one address.
REQUESTS_PER_HOUR = 10
REFERENCE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}")


def open_form(view):
    """A GET shows the form; a POST of this site sends it. No cache keeps what was typed."""
    guarded = same_origin_post(view)

    @wraps(view)
    def wrapped(request):
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        response = (guarded if request.method == "POST" else view)(request)
        response["Cache-Control"] = "no-store" if request.method == "POST" else "no-cache"
        return response

    return csrf_exempt(throttles_itself(wrapped))


@open_form
def ask(request):
    if request.method != "POST":
        return render(request, "rights/ask.html", {"form": AskForm()})
    form = AskForm(request.POST)
    if throttle(request, "my", limit=ASKS_PER_MINUTE, seconds=60):
        return _too_many(request, "rights/ask.html", form)
    if not form.is_valid():
        return render(request, "rights/ask.html", {"form": form}, status=422)
    email = form.cleaned_data["email"]
    services.ask_for_link(email)
    response = redirect("rights:check-mail")
    response.status_code = 303
    _remember(response, email)
    return response


def _remember(response, email):
    response.set_cookie(
        tokens.TYPED_COOKIE,
        tokens.seal_typed(email),
        max_age=int(tokens.LINK_LIFETIME.total_seconds()),
        path=reverse("rights:check-mail"),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


@require_safe
@never_cache
def check_mail(request):
    email = tokens.open_typed(request.COOKIES.get(tokens.TYPED_COOKIE, ""))
    context = {"email": email, "provider": mail_provider(email) if email else None}
    response = render(request, "rights/check_mail.html", context)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@open_form
def lodge(request):
    if request.method != "POST":
        return render(request, "rights/lodge.html", {"form": OpenRequestForm()})
    form = OpenRequestForm(request.POST)
    if throttle(request, "my-request", limit=REQUESTS_PER_HOUR, seconds=3600):
        return _too_many(request, "rights/lodge.html", form)
    if not form.is_valid():
        return render(request, "rights/lodge.html", {"form": form}, status=422)
    lodged_request = services.lodge_request(services.Wish(**form.cleaned_data))
    response = redirect(f"{reverse('rights:show-lodged')}?number={lodged_request.reference}")
    response.status_code = 303
    return response


@require_safe
@never_cache
def lodged(request):
    number = request.GET.get("number", "")
    number = number if REFERENCE.fullmatch(number) else ""
    return render(request, "rights/lodged.html", {"number": number})


def _too_many(request, template, form):
    """What was typed stays in the form."""
    alert = _("Too many requests came from your network at once. Please try again later.")
    return render(request, template, {"form": form, "alert": alert}, status=429)
