"""Logging in: the password, then the second factor; and proving oneself once more."""

from allauth.account.views import LoginView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as FactorAgainView
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.forms.utils import ErrorDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from privacy.requests import throttle

from .. import services
from ..exceptions import CodeUsedError, TooManyAttemptsError

MINUTES = 60
MOST_FROM_ONE_PLACE = 60


class StaffLoginView(LoginView):
    """The one door to the admin. It opens for an address and a password, and then asks on."""

    template_name = "accounts/login.html"

    def dispatch(self, request, *args, **kwargs):
        user = request.user
        if user.is_authenticated and not user.has_perm("wagtailadmin.access_admin"):
            return render(request, "accounts/no_access.html", status=403)
        if request.method == "POST" and throttle(
            request, "staff-login", limit=MOST_FROM_ONE_PLACE, seconds=10 * MINUTES
        ):
            return render(request, "accounts/too_many.html", status=429)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        is_set = self.request.GET.get("password") == "set"
        return {**super().get_context_data(**kwargs), "password_set": is_set}


class CountedCode:
    """Counts the codes that a person tries, and takes each right one once."""

    def code_is_right(self, form, user) -> bool:
        key = services.factor_key(user)
        try:
            attempt = services.begin_attempt(key)
        except TooManyAttemptsError:
            _refuse(form, _("Tried wrongly too often. Please wait ten minutes, then try again."))
            return False
        if not form.is_valid() or not _take(form):
            services.fail_attempt(attempt, user.email)
            return False
        services.pass_attempt(key)
        return True


def _take(form) -> bool:
    if "code" not in form.cleaned_data:  # A passkey signs another challenge each time.
        return True
    try:
        services.use_code(form.authenticator, form.cleaned_data["code"])
    except CodeUsedError:
        form.add_error("code", _("This code was used before. Please wait for the next one."))
        return False
    return True


def _refuse(form, words: str) -> None:
    """Say why without looking at what was typed."""
    form.cleaned_data, form._errors = {}, ErrorDict(renderer=form.renderer)
    form.add_error(None, words)


class StaffFactorView(CountedCode, AuthenticateView):
    """The second step of logging in."""

    template_name = "accounts/factor.html"

    def post(self, request, *args, **kwargs):
        if self.code_is_right(self.form, self.stage.login.user):
            return self.form_valid(self.form)
        return self.form_invalid(self.form)


class PasswordAgainView(ReauthenticateView):
    template_name = "accounts/password_again.html"


class CodeAgainView(CountedCode, FactorAgainView):
    """A code for a log-in that has not used one yet, or before something grave."""

    template_name = "accounts/code_again.html"

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        if self.code_is_right(form, request.user):
            return self.form_valid(form)
        return self.form_invalid(form)


class PasskeyAgainView(ReauthenticateWebAuthnView):
    template_name = "accounts/passkey_again.html"


@require_safe
def lead_to_login(request, **_rest):
    """Wherever else a password was asked for: here is the one door."""
    following = request.GET.get("next")
    query = f"?{urlencode({'next': following})}" if following else ""
    return redirect(reverse("account_login") + query)
