"""Joining a waiting list: one screen, one post. What was typed is never lost."""

import uuid

from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy.requests import throttle

from .. import services
from ..exceptions import ForumError, NotInvitedError, PartyTooLargeError
from ..forms import WaitForm
from ..presenters import wait_choices
from .applying import APPLY_LIMIT, CODE_LIMIT, Entry, open_code, takes_registration, too_many


@takes_registration
def wait(request, state):
    """The form of the list; behind the button of the form of registration, with what was typed."""
    if request.method != "POST":
        return _show(request, Entry(state))
    entry = Entry(state, code=request.POST.get("code", "")[:40])
    if throttle(request, "wait", limit=APPLY_LIMIT, seconds=60):
        return _typed_again(request, entry, status=429, alert=too_many())
    if entry.code:
        if throttle(request, "forum-code", limit=CODE_LIMIT, seconds=60):
            return _typed_again(request, entry, status=429, alert=too_many())
        open_code(entry)
    if "wait" in request.POST:
        return _typed_again(request, entry)
    form = WaitForm(request.POST, sessions=entry.sessions)
    if not form.is_valid():
        return _show(request, entry, form=form, status=422)
    return _join(request, entry, form)


def _join(request, entry, form):
    said = dict(form.cleaned_data)
    del said["homepage"]
    wish = services.Wish(session_ids=said.pop("sessions"), invitation=entry.invitation, **said)
    try:
        services.join_list(entry.state, wish)
    except ForumError as error:
        return _show(request, entry, form=form, status=409, alert=_refusal(error))
    context = {"page": entry.state.page, "state": entry.state, "email": wish.email}
    return _private(TemplateResponse(request, "forums/wait_joined.html", context))


def _refusal(error):
    if isinstance(error, PartyTooLargeError):
        return _("The session has fewer seats than you are people. Please wait in smaller groups.")
    if isinstance(error, NotInvitedError):
        return _("This session needs the invitation code of your organisation.")
    return _("Nobody can wait for what you chose. Please look at the sessions again.")


def _typed_again(request, entry, *, status=200, **kwargs):
    """The form with what was typed, not checked yet; what is full is chosen if nothing was."""
    typed = {name: request.POST.get(name) for name in request.POST}
    typed["sessions"] = request.POST.getlist("sessions") or None
    form = WaitForm(initial=typed, sessions=entry.sessions)
    return _show(request, entry, form=form, status=status, **kwargs)


def _show(request, entry, *, form=None, status=200, alert=None):
    state, now = entry.state, timezone.now()
    form = form or WaitForm(sessions=entry.sessions)
    context = {
        "page": state.page,
        "state": state,
        "entry": entry,
        "form": form,
        "form_key": form["form_key"].value() or str(uuid.uuid4()),
        "choices": wait_choices(form, entry.invitation),
        "is_open": state.is_open(now) and state.page.takes_waiting and entry.sessions,
        "opens_later": state.opens_later(now),
        "alert": alert,
        "wait_url": f"{state.path}wait/",
        "apply_url": f"{state.path}apply/",
    }
    return _private(TemplateResponse(request, "forums/wait.html", context, status=status))


def _private(response):
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
