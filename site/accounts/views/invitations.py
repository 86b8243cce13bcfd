"""The page behind an invitation: name, password, and then the second factor."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import logout
from django.shortcuts import get_object_or_404, redirect, render

from privacy.tokens import TokenInvalidError

from .. import services
from ..exceptions import InvitationOverError
from ..forms import AcceptForm
from ..models import Invitation, User
from ..tokens import read_invitation_token
from .passwords import behind_token


@behind_token(read_invitation_token)
def accept_invitation(request, public_id):
    invitation = get_object_or_404(Invitation, public_id=public_id)
    person = User(email=invitation.email, first_name=invitation.name)
    form = AcceptForm(request.POST or None, user=person, initial={"name": invitation.name})
    if request.method == "POST" and form.is_valid():
        try:
            user = services.accept_invitation(public_id, **form.cleaned_data)
        except InvitationOverError as error:
            raise TokenInvalidError from error
        return _welcome(request, user)
    context = {"form": form, "invitation": invitation}
    return render(request, "accounts/accept_invitation.html", context)


def _welcome(request, user):
    """Log in who has just chosen a password; a second factor, where needed, is asked for next."""
    logout(request)
    get_adapter(request).login(request, user)
    record_authentication(request, user, "password")
    return redirect("wagtailadmin_home")
