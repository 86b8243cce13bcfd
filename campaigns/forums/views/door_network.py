"""For a phone at the door that loses its network: its list, its page, what it did meanwhile."""

import hashlib
import json
import uuid
from datetime import datetime
from functools import wraps

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_POST
from django_permissions_policy.decorators import permissions_policy_override

from privacy.models import AccessAction
from privacy.requests import client_ip
from privacy.services import record_access

from .. import services
from ..exceptions import DoorClosedError
from ..presenters import DoorPresenter, list_in_json
from ..services.rules import ORDERS
from .doors import COOKIE, at_the_door, door_screen

LISTS_PER_MINUTE, TELLINGS_PER_MINUTE = 60, 120
MOST_KNOWN = 5_000
FILES = (
    *("dist/site.css", "vendor/pretendard/1.3.9/pretendard.css", "dist/site.js"),
    *("dist/door.js", "dist/qr_detector.js", "img/favicon.svg"),
)


def phone_asks(find_door):
    """As ``at_the_door``, for a script: who has no door is told so in JSON."""

    def decorate(view):
        @wraps(view)
        def asked(request):
            try:
                door = find_door(request.COOKIES.get(COOKIE, ""))
            except DoorClosedError:
                return JsonResponse({"closed": True}, status=403)
            words = _words_of(request)
            if words is None:
                return JsonResponse({"malformed": True}, status=400)
            return view(request, door, words)

        return asked

    return decorate


@require_POST
@door_screen("door-list", LISTS_PER_MINUTE)
@phone_asks(services.door_of)
def send_list(request, door, words):
    """Whose words the phone has, it says by their keys; only the others' are sent, and noted."""
    known = words.get("known")
    keys = {str(key) for key in known[:MOST_KNOWN]} if isinstance(known, list) else set()
    found = services.list_for_phone(door, keys)
    if subjects := services.order_keys(found.people):
        record_access(
            user=door.made_by,
            address=client_ip(request),
            action=AccessAction.EXPORT,
            data_set=ORDERS,
            subjects=subjects,
            reason=door.label,
        )
    return JsonResponse(list_in_json(found))


@require_POST
@door_screen("door-admissions", TELLINGS_PER_MINUTE)
@phone_asks(services.door_that_tells)
def hear_admissions(request, door, words):
    """What the phone did without network; it keeps each until it is answered here."""
    told = words.get("admissions")
    rows = told[: services.MOST_AT_ONCE] if isinstance(told, list) else []
    read = [(row, _admission(row)) for row in rows if isinstance(row, dict)]
    heard = services.hear_admissions(door, [one for _row, one in read if one])
    results = [
        {"nonce": row.get("nonce"), "became": heard[one.nonce] if one else services.UNKNOWN}
        for row, one in read
    ]
    return JsonResponse({"results": results})


@require_GET
@permissions_policy_override({"camera": "self"})
@door_screen("door", LISTS_PER_MINUTE)
@at_the_door
def show_shell(request, door):
    """The door's page without anybody's name or number: what the phone keeps of it."""
    shown = DoorPresenter(door, "", timezone.now(), is_shell=True)
    return render(request, "forums/door.html", {"shown": shown})


@require_GET
def send_worker(request):
    """The service worker of ``/door/`` and nothing else; new files make it another one."""
    files, script = [static(path) for path in FILES], static("dist/door_worker.js")
    kept = {
        "shell": reverse("forums:door-shell"),
        "files": files,
        "static": settings.STATIC_URL,
        "version": hashlib.sha256("\n".join([script, *files]).encode()).hexdigest()[:12],
    }
    lines = f"self.KEPT = {json.dumps(kept)};\nimportScripts({json.dumps(script)});\n"
    response = HttpResponse(lines, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


def _words_of(request) -> dict | None:
    try:
        words = json.loads(request.body)
    except ValueError:
        return None
    return words if isinstance(words, dict) else None


def _admission(row) -> services.Admission | None:
    """None where it says nothing that could be written down."""
    try:
        nonce, ticket = uuid.UUID(str(row.get("nonce"))), uuid.UUID(str(row.get("ticket")))
        session, at = int(row.get("session", "")), _moment(row.get("at"))
    except (TypeError, ValueError):
        return None
    return services.Admission(nonce, ticket, session, at)


def _moment(text) -> datetime:
    moment = parse_datetime(str(text))
    if moment is None or timezone.is_naive(moment):
        raise ValueError
    return moment
