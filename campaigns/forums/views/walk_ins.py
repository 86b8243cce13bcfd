"""Entering who comes to the door without being registered."""

import uuid

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django_permissions_policy.decorators import permissions_policy_override

from .. import services
from ..exceptions import ForumError, SoldOutError
from ..forms import WalkInForm
from ..models import Order
from ..presenters import DoorPresenter, refusal_to_staff, registration_of, session_choices
from .doors import at_the_door, door_screen

WALK_INS_PER_MINUTE = 60


@permissions_policy_override({"camera": "self"})  # The answer is the door's page, camera on.
@door_screen("door-walk-in", WALK_INS_PER_MINUTE)
@sensitive_post_parameters("name", "organisation", "phone", "email")
@at_the_door
def enter_walk_in(request, door):
    """The least that must be known, the fee, and in."""
    state, now = services.state_of(door.forum), timezone.now()
    offered = services.sessions_at_the_door(state, now)
    asked = request.POST if request.method == "POST" else request.GET
    here = _session_here(state, asked.get("session", ""), now)
    if request.method != "POST":
        chosen = {"form_key": uuid.uuid4(), "sessions": [str(here.pk)]}
        return _show(request, door, state, here, WalkInForm(sessions=offered, initial=chosen))
    form = WalkInForm(request.POST, sessions=offered)
    if not form.is_valid():
        return _show(request, door, state, here, form, status=422)
    try:
        registration = registration_of(form, Order.Channel.DOOR)
        scan = services.admit_walk_in(door, state, here.pk, registration)
    except ForumError as refusal:
        return _show(request, door, state, here, form, status=409, alert=_words(refusal))
    shown = DoorPresenter(door, str(here.pk), now, scan=scan, is_walk_in=True)
    return render(request, "forums/door.html", {"shown": shown})


def _session_here(state, chosen, now):
    """The one that this door lets in to at the moment."""
    named = [session for session in state.sessions if str(session.pk) == chosen]
    return named[0] if named else services.session_now(state.sessions, now)


def _words(refusal):
    told = refusal_to_staff(refusal)
    if isinstance(refusal, SoldOutError):
        return f"{told} {_('Whether more people come in is for the office to decide.')}"
    return told


def _show(request, door, state, here, form, *, status=200, alert=""):
    choices = session_choices(form, None)
    context = {
        "door": door,
        "page": door.forum,
        "here": here,
        "form": form,
        "session_choices": choices,
        "has_seats": any(not choice.is_full for choice in choices),
        "has_closed_sessions": state.has_closed_sessions,
        "alert": alert,
    }
    return render(request, "forums/door_walk_in.html", context, status=status)
