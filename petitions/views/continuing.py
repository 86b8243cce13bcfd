"""The page of the question to sign again: the new form, filled from one's own signature."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from .. import services
from ..emails import CONTINUE_TOKEN
from ..exceptions import AddressBlockedError, ContinuationOverError, PetitionError
from .petition import make_form
from .token_pages import to_signer_page, token_page


@token_page(CONTINUE_TOKEN)
def continue_signing(request, token, signature):
    try:
        invitation = services.invitation_of(signature)
        state = services.state_of_new(invitation.continuation.new)
    except PetitionError:
        return render(request, "petitions/continuation_over.html", status=410)
    if request.method == "POST":
        return _sign(request, signature, invitation, state)
    if invitation.continued_at:
        return _show(request, invitation, None)
    return _show(request, invitation, _form(state, signature))


def _form(state, signature, data=None):
    """Name and region as they were; not one consent is chosen beforehand."""
    initial = {"name": signature.name, "region": signature.region.code, "email": signature.email}
    form = make_form(state, data, initial=initial)
    form.fields["email"].disabled = True  # It is the mailbox that the link lay in.
    form.fields["email"].help_text = _("The address of your earlier signature.")
    return form


def _sign(request, signature, invitation, state):
    if request.POST.get("form_version") != state.form_version:
        alert = _("The form has changed since you opened it. Please check it and sign again.")
        return _show(request, invitation, _form(state, signature), status=409, alert=alert)
    form = _form(state, signature, request.POST)
    if not form.is_valid():
        return _show(request, invitation, form, status=422)
    try:
        signed = services.continue_signature(signature.public_id, form.signature_values())
    except ContinuationOverError:
        return render(request, "petitions/continuation_over.html", status=410)
    except AddressBlockedError:
        alert = _("This address cannot sign: its owner asked for that. The office can lift it.")
        return _show(request, invitation, form, status=409, alert=alert)
    services.fold_petition(signed.petition_id)
    return to_signer_page(signed)


def _show(request, invitation, form, *, status=200, alert=""):
    continuation = invitation.continuation
    context = {
        "page": continuation.new,
        "old": continuation.old,
        "form": form,
        "alert": alert,
        "kept_until": services.last_day_told(invitation.signature),
    }
    return render(request, "petitions/continue_signature.html", context, status=status)
