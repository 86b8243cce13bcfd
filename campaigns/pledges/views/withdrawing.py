"""A respondent takes their agreement back: what happens then, why, and a code of just now."""

from django.shortcuts import render

from ..exceptions import CodeExpiredError, CodeWrongError, TooManyCodesError
from ..forms import WithdrawForm
from ..models import IdentityCheck
from ..presenters import InvitationPresenter
from ..services.endings import withdraw_own, withdrawable
from ..services.identity import ask_code, pass_code
from .invitations import code_refusal
from .links import answering_page, browser_of, see

WITHDRAW = IdentityCheck.Purpose.WITHDRAW
INVALID, TOO_MANY = 422, 429


@answering_page
def withdraw(request, token, invitation):
    agreements = list(withdrawable(invitation).order_by("signed_at"))
    if not agreements:
        return see("show-done", token)
    shown = InvitationPresenter(invitation)
    context = {"shown": shown, "token": token, "agreements": agreements}
    if request.method != "POST":
        return _show(request, context, WithdrawForm(), sent="sent" in request.GET)
    if request.POST.get("do") == "code":
        return _send_code(request, token, context)
    return _withdraw(request, token, context)


def _send_code(request, token, context):
    """A reason that was typed already stays on the page."""
    reason = request.POST.get("reason", "")
    form = WithdrawForm(initial={"reason": reason})
    try:
        ask_code(context["shown"].invitation, WITHDRAW, browser_of(request))
    except TooManyCodesError:
        return _show(request, context, form, status=TOO_MANY, too_many=True, sent=bool(reason))
    if reason:
        return _show(request, context, form, sent=True)
    response = see("withdraw", token)
    response["Location"] += "?sent=1#act"
    return response


def _withdraw(request, token, context):
    invitation = context["shown"].invitation
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _show(request, context, form, status=INVALID, sent=True)
    cleaned = form.cleaned_data
    try:
        check = pass_code(invitation, WITHDRAW, cleaned["code"], browser_of(request))
        withdraw_own(invitation, check, cleaned["reason"])
    except (CodeWrongError, CodeExpiredError) as refusal:
        form.add_error("code", code_refusal(refusal))
        return _show(request, context, form, status=INVALID, sent=True)
    return see("show-done", token)


def _show(request, context, form, *, status=200, **more):
    context = {**context, "form": form, **more}
    return render(request, "pledges/withdraw.html", context, status=status)
