"""Where a camp says itself how it can be reached. The page holds no secret and tells none."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from privacy.requests import throttle

from ..exceptions import AnswersClosedError, TooManyContactsError
from ..forms.contacts import OwnContactForm
from ..models import Respondent
from ..services.own_contacts import enter_own_contact, takes_contacts
from .access import post_of

LIMIT = 5  # a minute from one network


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter_contact(request, public_id):
    rows = Respondent.objects.select_related(
        "election", "region", "candidacy__contest__post__region__parent"
    )
    respondent = get_object_or_404(rows, public_id=public_id)
    form = OwnContactForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _show(request, respondent, form)
    if throttle(request, "pledge-contact", limit=LIMIT, seconds=60):
        told = _("Too many tries came from your network at once. Please try in a minute.")
        form.add_error(None, told)
        return _show(request, respondent, form, status=429)
    if not form.is_valid():
        return _show(request, respondent, form, status=422)
    return _enter(request, respondent, form)


def _enter(request, respondent, form):
    try:
        enter_own_contact(respondent, **form.contact_values())
    except AnswersClosedError:
        return _show(request, respondent, form, status=409)
    except TooManyContactsError:
        told = _("Several addresses wait for our call already. Please call the office instead.")
        form.add_error(None, told)
        return _show(request, respondent, form, status=409)
    response = redirect(f"{request.path}?told=received")
    response.status_code = 303
    return response


def _show(request, respondent, form, *, status=200):
    context = {
        "respondent": respondent,
        "post": post_of(respondent),
        "form": form,
        "is_open": takes_contacts(respondent),
        "is_received": request.GET.get("told") == "received",
    }
    return render(request, "pledges/own_contact.html", context, status=status)
