"""Who asks and why; that it is they: a code; and the way out for a wrong address."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..exceptions import AnswersClosedError, CodeExpiredError, CodeWrongError, TooManyCodesError
from ..forms import CodeForm
from ..models import IdentityCheck
from ..presenters import InvitationPresenter
from ..services.answers import begin_response
from ..services.identity import ask_code, check_that_stands, pass_code
from ..services.invitations import ask_new_link, note_opened, refuse_contact_of
from .links import browser_of, invitation_page, remember_browser, see

OPEN = IdentityCheck.Purpose.OPEN
TOO_MANY = 429
DELEGATE = "delegate"  # the page after the code, besides the demands


@invitation_page
def open_invitation(request, token, invitation):
    shown = InvitationPresenter(invitation)
    if request.method != "POST":
        knows = check_that_stands(invitation, browser_of(request)) is not None
        return _show(request, token, shown, knows=knows, told=request.GET.get("told", ""))
    if request.POST.get("do") == "renew":
        ask_new_link(invitation)
        return see("open-invitation", token, told="renewed")
    if (shown.is_over or shown.has_left) and shown.agreement is None and not shown.is_in:
        return _show(request, token, shown, status=409)
    note_opened(invitation)
    return _send_code(request, token, invitation, then=request.POST.get("then", ""))


def _send_code(request, token, invitation, *, then=""):
    response = see("enter-code", token)
    if then == DELEGATE:
        response["Location"] += f"?then={then}"
    try:
        ask_code(invitation, OPEN, remember_browser(request, response))
    except TooManyCodesError:
        shown = InvitationPresenter(invitation)
        return _show(request, token, shown, told="many", status=TOO_MANY)
    return response


def _show(request, token, shown, *, status=200, **context):
    context = {"shown": shown, "token": token, **context}
    return render(request, "pledges/invitation.html", context, status=status)


@invitation_page
def enter_code(request, token, invitation):
    if request.POST.get("do") == "again":
        return _send_code(request, token, invitation, then=request.GET.get("then", ""))
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid() and _passes(request, invitation, form):
            return _go_on(token, invitation, request.GET.get("then", ""))
    context = {"shown": InvitationPresenter(invitation), "token": token, "form": form}
    return render(request, "pledges/code.html", context, status=status)


def _passes(request, invitation, form):
    try:
        pass_code(invitation, OPEN, form.cleaned_data["code"], browser_of(request))
    except (CodeWrongError, CodeExpiredError) as refusal:
        form.add_error("code", code_refusal(refusal))
        return False
    return True


def code_refusal(refusal):
    """What to do about a code that is not right."""
    if isinstance(refusal, CodeExpiredError) or not refusal.left:
        return _("This code does not work any more. Please have a new one sent.")
    return ngettext(
        "That is not the code. You can try %(left)d more time.",
        "That is not the code. You can try %(left)d more times.",
        refusal.left,
    ) % {"left": refusal.left}


def _go_on(token, invitation, then):
    shown = InvitationPresenter(invitation)
    if shown.agreement is not None or shown.is_in:
        return see("show-done", token)
    try:
        begin_response(invitation)
    except AnswersClosedError:
        return see("open-invitation", token)
    return see(DELEGATE if then == DELEGATE else "show-answers", token)


@invitation_page
def refuse_contact(request, token, invitation):
    """Whoever reads this is not who is meant, or wants no more mail."""
    if request.method == "POST":
        refuse_contact_of(invitation)
        return render(request, "pledges/contact_refused.html", {"is_done": True})
    context = {"shown": InvitationPresenter(invitation), "token": token}
    return render(request, "pledges/contact_refused.html", context)
