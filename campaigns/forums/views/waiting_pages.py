"""An entry of a waiting list behind its link. A GET shows; only a button's POST changes it."""

import uuid
from contextlib import suppress

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy.tokens import read_token

from .. import services
from ..emails import WAITING_TOKEN, order_path
from ..exceptions import ForumError, MealsGoneError, OfferGoneError, OtherOrganisationError
from ..forms import AcceptForm
from ..models import WaitingEntry
from ..presenters import WaitingPresenter
from .links import link_page


def _entry(token):
    public_id = uuid.UUID(read_token(WAITING_TOKEN, token))
    entries = WaitingEntry.objects.with_person().select_related("forum__contact", "invitation")
    return entries.get(public_id=public_id)


waiting_page = link_page(_entry)


@waiting_page
def show_waiting(request, token, entry):
    return _show(request, token, entry)


def _show(request, token, entry, *, form=None, status=200, alert=None):
    shown = WaitingPresenter(entry, timezone.now())
    if form is None and shown.is_open:
        form = AcceptForm(entry=entry, sessions=shown.sessions)
    context = {
        "page": entry.forum,
        "entry": entry,
        "shown": shown,
        "token": token,
        "form": form,
        "share": services.share_at(entry.forum, timezone.now()),
        "alert": alert,
    }
    return render(request, "forums/waiting.html", context, status=status)


@waiting_page
def accept(request, token, entry):
    """The seats become a registration; whoever took them before is led to it."""
    if request.method != "POST":
        return _see(token)
    form = AcceptForm(request.POST, entry=entry, sessions=entry.sessions.order_by("starts_at"))
    if not form.is_valid():
        return _show(request, token, entry, form=form, status=422)
    people = [services.Person(**values) for values in form.people_values()]
    receipt = form.cleaned_data["wants_receipt"]
    try:
        order = services.accept_offer(entry, people, wants_receipt=receipt)
    except OfferGoneError:
        return _see(token)
    except ForumError as error:
        return _show(request, token, entry, form=form, status=409, alert=_refusal(error))
    response = HttpResponseRedirect(order_path(order))
    response.status_code = 303
    return response


def _refusal(error):
    if isinstance(error, MealsGoneError):
        return _("There are seats, but no more meals. Please choose “I do not eat” to register.")
    if isinstance(error, OtherOrganisationError):
        return _("This e-mail address or phone number holds a seat of another organisation.")
    return _("Registration is closed for what you chose. Please look at the sessions again.")


@waiting_page
def decline(request, token, entry):
    if request.method == "POST":
        with suppress(OfferGoneError):  # The page says what became of it.
            services.decline_offer(entry)
    return _see(token)


@waiting_page
def leave(request, token, entry):
    if request.method == "POST":
        services.leave_list(entry)
    return _see(token)


def _see(token):
    response = HttpResponseRedirect(reverse("forums:show-waiting", args=[token]))
    response.status_code = 303
    return response
