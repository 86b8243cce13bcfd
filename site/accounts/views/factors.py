"""One's own second factor: adding, replacing, recovery codes."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import IndexView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import pgettext

from .. import services
from ..requests import record_factor

OVERVIEW = reverse_lazy("mfa_index")


class FactorsView(IndexView):
    """What one has, and what one lacks."""

    template_name = "accounts/factors.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        return {
            **super().get_context_data(**kwargs),
            "factor_needed": services.needs_factor(user),
            "has_factor": services.factors_of(user).exists(),
        }


class AddAppView(ActivateTOTPView):
    """An authenticator app: a picture to scan, or the secret to type."""

    template_name = "accounts/add_app.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        pieces = [secret[i : i + 4] for i in range(0, len(secret), 4)]
        return {**context, "secret": " ".join(pieces)}

    def form_valid(self, form):
        response = super().form_valid(form)
        record_factor(self.request, "totp")
        return response


class RemoveAppView(DeactivateTOTPView):
    template_name = "accounts/remove_app.html"
    success_url = OVERVIEW


class AddPasskeyView(AddWebAuthnView):
    """A passkey: the phone's or computer's own lock, or a security key."""

    template_name = "accounts/add_passkey.html"

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.fields["name"].label = pgettext("a passkey", "Name")
        return form

    def form_valid(self, form):
        response = super().form_valid(form)
        record_factor(self.request, "webauthn")
        return response


class RemovePasskeyView(RemoveWebAuthnView):
    template_name = "accounts/remove_passkey.html"
    success_url = OVERVIEW

    def form_valid(self, form):
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.object):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect(OVERVIEW)
        return super().form_valid(form)


class RecoveryCodesView(ViewRecoveryCodesView):
    """To be printed, for the day the phone is lost."""

    template_name = "accounts/recovery_codes.html"


class NewRecoveryCodesView(GenerateRecoveryCodesView):
    template_name = "accounts/new_recovery_codes.html"
