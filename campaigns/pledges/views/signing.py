"""The exact text, then the act: consents, name, a code of just now."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from ..exceptions import (
    AgreementStandsError,
    AnswersClosedError,
    AnswersIncompleteError,
    CodeExpiredError,
    CodeWrongError,
    ConsentMissingError,
    DelegationUnprovedError,
    IdentityStaleError,
    TextChangedError,
    TooFewAcceptedError,
    TooManyCodesError,
)
from ..forms import SignForm
from ..forms.answers import DELEGATES_NAME, ONLY_NAME
from ..models import IdentityCheck
from ..presenters import InvitationPresenter
from ..services.answers import submit_answers
from ..services.canonical import digest_of
from ..services.endings import withdrawable
from ..services.identity import ask_code, fresh_check, pass_code
from ..services.publication import consent_asked
from ..services.seals import newest_document
from ..services.signing import Act, consents_asked, needs_delegate, sign_agreement
from ..services.texts import agreement_text
from .invitations import code_refusal
from .links import CEREMONY, answering_page, browser_of, see

SIGN = IdentityCheck.Purpose.SIGN
CONFLICT, INVALID, TOO_MANY = 409, 422, 429
REFUSALS = {
    IdentityStaleError: _("Please have a code sent and type it: it must be of just now."),
    TextChangedError: _("The text has changed since you opened this page. Please read it again."),
    ConsentMissingError: _("Without both consents there is no agreement."),
    TooFewAcceptedError: _("Fewer demands are accepted than an agreement needs."),
    DelegationUnprovedError: _("The office has not yet checked that you may sign."),
    AnswersClosedError: _("The last moment to sign is over."),
}


@answering_page
def sign(request, token, invitation):
    shown = InvitationPresenter(invitation)
    if not shown.may_sign:
        return see("show-done", token)
    if not shown.is_complete:
        return see("show-answers", token, told="incomplete")
    step = {"code": _send_code, "answers": _only_answer}.get(request.POST.get("do", ""), _sign)
    if request.method == "POST":
        return step(request, token, shown)
    check = fresh_check(invitation, browser_of(request))
    sent = check is not None or "sent" in request.GET
    on_site = check is not None and check.method == IdentityCheck.Method.ON_SITE
    needs = needs_delegate(invitation) and not on_site
    return _show(request, token, shown, _form(shown, check=check), sent=sent, needs_delegate=needs)


def _form(shown, data=None, *, check=None):
    """Without a field for the code where one, or an identity card, was checked just now."""
    form = SignForm(
        data,
        consents=consents_asked(),
        expected_name=_name_of_signer(shown),
        wrong_name=DELEGATES_NAME if shown.delegation else ONLY_NAME,
    )
    if check is not None:
        del form.fields["code"]
    return form


def _name_of_signer(shown):
    """What has to be typed: a candidate's name, a delegate's; for a party on site, anybody's."""
    if shown.delegation is not None:
        return shown.delegation.name
    return shown.respondent.name if shown.respondent.candidacy else ""


def _send_code(request, token, shown):
    try:
        ask_code(shown.invitation, SIGN, browser_of(request))
    except TooManyCodesError:
        form = _form(shown)
        return _show(request, token, shown, form, status=TOO_MANY, too_many=True)
    response = see("sign", token)
    response["Location"] += "?sent=1#act"
    return response


def _only_answer(request, token, shown):
    try:
        submit_answers(shown.invitation, may_publish="publish" in request.POST)
    except AnswersIncompleteError:
        return see("show-answers", token, told="incomplete")
    except AnswersClosedError:
        return see("show-answers", token)
    return see("show-done", token)


def _sign(request, token, shown):
    browser = browser_of(request)
    check = fresh_check(shown.invitation, browser)
    form = _form(shown, request.POST, check=check)
    if not form.is_valid():
        return _show(request, token, shown, form, status=INVALID, sent=True)
    try:
        check = check or pass_code(shown.invitation, SIGN, form.cleaned_data["code"], browser)
        sign_agreement(shown.invitation, check, _act(form))
    except (CodeWrongError, CodeExpiredError) as refusal:
        form.add_error("code", code_refusal(refusal))
    except AgreementStandsError:
        return see("show-done", token)
    except AnswersIncompleteError:
        return see("show-answers", token, told="incomplete")
    except tuple(REFUSALS) as refusal:
        form.add_error(None, REFUSALS[type(refusal)])
    else:
        return see("show-done", token)
    return _show(request, token, shown, form, status=CONFLICT, sent=True)


def _act(form):
    cleaned = form.cleaned_data
    return Act(
        name=cleaned["name"],
        text_sha256=cleaned["text_sha256"],
        consents=form.given,
        drawing=cleaned["drawing"],
    )


def _show(request, token, shown, form, *, status=200, **context):
    text = agreement_text(shown.response, role=shown.invitation.role)
    context = {
        "shown": shown,
        "token": token,
        "form": form,
        "text": text,
        "digest": digest_of(text),
        "publication": consent_asked()[1],
        **context,
    }
    return render(request, "pledges/sign.html", context, status=status)


@answering_page
def show_done(request, token, invitation):
    shown = InvitationPresenter(invitation)
    if shown.response is None or (shown.is_open and shown.agreement is None):
        return see("show-answers", token)
    if shown.is_unfinished and shown.agreement is None:
        return see("open-invitation", token)  # which says why nothing can be handed in any more
    document = newest_document(shown.agreement) if shown.agreement else None
    on_tablet = CEREMONY in request.COOKIES
    context = {
        "shown": shown,
        "token": token,
        "document": document,
        "on_tablet": on_tablet,
        "may_withdraw": withdrawable(invitation).exists(),
        "withdrawals": shown.withdrawals,
    }
    return render(request, "pledges/done.html", context)


@answering_page
def download_agreement(_request, _token, invitation):
    """The sealed file as far as it is sealed."""
    agreement = InvitationPresenter(invitation).agreement
    document = newest_document(agreement) if agreement else None
    if document is None:
        raise Http404
    response = HttpResponse(bytes(document.content), content_type="application/pdf")
    # Who checks the file later gives its number along, by its name.
    name = f"{agreement.number}-{document.revision}.pdf"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
