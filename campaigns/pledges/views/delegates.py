"""A respondent names who answers and signs for them; the delegate gets a link of their own."""

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from ..exceptions import (
    CodeExpiredError,
    CodeWrongError,
    ContactRefusedError,
    DelegateNamedError,
    DocumentUnreadableError,
    TooManyCodesError,
)
from ..forms import CodeForm, DelegateForm
from ..models import IdentityCheck, Invitation
from ..presenters import InvitationPresenter
from ..services.delegations import (
    Named,
    confirm_delegate,
    delegation_of,
    end_delegation,
    name_delegate,
)
from ..services.identity import ask_code, pass_code
from .invitations import code_refusal
from .links import browser_of, see, upload_page

DELEGATE = IdentityCheck.Purpose.DELEGATE
CONFLICT, INVALID, TOO_MANY = 409, 422, 429
REFUSALS = {
    ContactRefusedError: ("email", _("We may not write to this address. Please name another.")),
    DocumentUnreadableError: (
        "document",
        _("This file cannot be read. Please send an unlocked PDF without programs, or a photo."),
    ),
}


@upload_page
def delegate(request, token, invitation):
    shown = InvitationPresenter(invitation)
    if invitation.role != Invitation.Role.SELF or not (shown.is_open or shown.may_sign):
        return see("show-answers", token)
    steps = {"code": _send_code, "confirm": _confirm, "end": _end}
    if request.method == "POST":
        return steps.get(request.POST.get("do", ""), _name)(request, token, shown)
    return _show(request, token, shown, sent="sent" in request.GET)


def _name(request, token, shown):
    form = DelegateForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, token, shown, form=form, status=INVALID)
    try:
        name_delegate(shown.invitation, Named(**form.values()))
    except DelegateNamedError:
        return see("delegate", token)
    except tuple(REFUSALS) as refusal:
        form.add_error(*REFUSALS[type(refusal)])
        return _show(request, token, shown, form=form, status=CONFLICT)
    return see("delegate", token)


def _send_code(request, token, shown):
    try:
        ask_code(shown.invitation, DELEGATE, browser_of(request))
    except TooManyCodesError:
        return _show(request, token, shown, status=TOO_MANY, too_many=True)
    response = see("delegate", token)
    response["Location"] += "?sent=1#confirm"
    return response


def _confirm(request, token, shown):
    delegation = delegation_of(shown.respondent)
    form = CodeForm(request.POST)
    if delegation is None:
        return see("delegate", token)
    if form.is_valid():
        code = form.cleaned_data["code"]
        try:
            check = pass_code(shown.invitation, DELEGATE, code, browser_of(request))
            confirm_delegate(delegation, check)
        except (CodeWrongError, CodeExpiredError) as refusal:
            form.add_error("code", code_refusal(refusal))
        else:
            return see("delegate", token)
    return _show(request, token, shown, code_form=form, status=INVALID, sent=True)


def _end(_request, token, shown):
    end_delegation(shown.respondent)
    return see("delegate", token)


def _show(request, token, shown, *, status=200, form=None, code_form=None, **context):
    delegation = delegation_of(shown.respondent)
    context = {
        "shown": shown,
        "token": token,
        "delegation": delegation,
        "form": code_form if delegation and code_form else form or DelegateForm(),
        "code_form": code_form or CodeForm(),
        **context,
    }
    return render(request, "pledges/delegate.html", context, status=status)
