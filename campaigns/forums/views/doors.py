"""The phone at the door: let in by one press, then names, codes and the camera until midnight."""

import uuid
from functools import wraps

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django_permissions_policy.decorators import permissions_policy_override

from privacy.decorators import same_origin_post, throttles_itself
from privacy.models import AccessAction
from privacy.requests import client_ip, throttle
from privacy.services import record_access

from .. import services
from ..exceptions import DoorClosedError
from ..presenters import DoorPresenter
from ..services.rules import ORDERS

COOKIE = "door"
SCANS_PER_MINUTE, ENROLMENTS_PER_MINUTE = 300, 20


def door_screen(name, limit):
    """No cache, no index, own limits; a POST comes from our own page only.

    Counted apart by ``name``: all phones of a hall share one address, and a queue of scans must
    keep nobody from letting in one more phone.
    """

    def decorate(view):
        @wraps(view)
        def shown(request, *args, **kwargs):
            if request.method == "POST" and throttle(request, name, limit=limit, seconds=60):
                response = render(request, "429.html", status=429)
                response["Retry-After"] = "60"
            else:
                response = view(request, *args, **kwargs)
            response["X-Robots-Tag"] = "noindex"
            response["Cache-Control"] = "no-store"
            return response

        guarded = same_origin_post(shown)

        @wraps(view)
        def entrance(request, *args, **kwargs):
            way = shown if request.method in ("GET", "HEAD") else guarded
            return way(request, *args, **kwargs)

        return csrf_exempt(throttles_itself(entrance))

    return decorate


@door_screen("door-enrol", ENROLMENTS_PER_MINUTE)
def enrol_phone(request, token):
    """Behind the QR: a GET shows one button, its POST makes this phone the door's."""
    if request.method != "POST":
        waits = services.waits_for_phone(token)
        context = {"waits": waits}
        return render(request, "forums/door_enrol.html", context, status=200 if waits else 410)
    try:
        secret = services.enrol_phone(token)
    except DoorClosedError:
        return render(request, "forums/door_enrol.html", {"waits": False}, status=410)
    response = HttpResponseRedirect(reverse("forums:door"))
    response.set_cookie(
        COOKIE,
        secret,
        # The list ends at midnight; what the phone did without network is heard a while longer.
        expires=services.door_of(secret).ends_at + services.TELLING,
        path=reverse("forums:door"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def at_the_door(view):
    """Nobody's log-in: the phone's own secret opens it."""

    @wraps(view)
    def opened(request):
        try:
            door = services.door_of(request.COOKIES.get(COOKIE, ""))
        except DoorClosedError:
            return render(request, "forums/door_closed.html", status=403)
        return view(request, door)

    return opened


@permissions_policy_override({"camera": "self"})
@door_screen("door", SCANS_PER_MINUTE)
@sensitive_post_parameters("query", "code")
@at_the_door
def show_door(request, door):
    asked = request.POST if request.method == "POST" else request.GET
    chosen = asked.get("session", "")
    told = {}
    if request.method == "POST":
        told = _search(request, door) if "query" in request.POST else _let_in(request.POST, door)
    shown = DoorPresenter(door, chosen, timezone.now(), **told)
    # A script that stays on its page has all that stands around the answer.
    template = "forums/_door_answer.html" if "nonce" in request.POST else "forums/door.html"
    return render(request, template, {"shown": shown})


def _let_in(posted, door):
    session = posted.get("session", "")
    code, ticket = posted.get("code", "").strip(), _uuid(posted.get("ticket", ""))
    nonce = _uuid(posted.get("nonce", ""))
    if not session.isdecimal() or not (code or ticket):
        return {"problem": "empty"}
    scan = services.check_in(
        door,
        int(session),
        code=code[:40],
        ticket=ticket,
        nonce=uuid.UUID(nonce) if nonce else None,
    )
    return {"scan": scan}


def _search(request, door):
    """Written down under whoever let the phone in, before anybody is shown."""
    query = request.POST.get("query", "")[:40]
    found = services.find_people(door.forum, query)
    if found:
        record_access(
            user=door.made_by,
            address=client_ip(request),
            action=AccessAction.SEARCH,
            data_set=ORDERS,
            subjects=sorted({str(ticket.order.public_id) for ticket in found}),
            reason=door.label,
        )
    return {"found": found, "query": query}


def _uuid(text):
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return ""
