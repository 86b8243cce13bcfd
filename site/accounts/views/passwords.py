"""A forgotten password: asking for the link, and the page behind it. Nobody is logged in by it."""

from functools import wraps

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from privacy.requests import throttle
from privacy.tokens import TokenExpiredError, TokenInvalidError

from .. import services
from ..exceptions import AccountClosedError
from ..forms import ForgottenPasswordForm, NewPasswordForm
from ..models import User
from ..tokens import read_password_token


def behind_token(read):
    """For a page behind a mail's link: ``read`` turns the token into what the view gets."""

    def decorate(view):
        @wraps(view)
        @never_cache
        @sensitive_post_parameters("password")
        @require_http_methods(["GET", "POST"])
        def wrapped(request, token):
            try:
                response = view(request, read(token))
            except TokenInvalidError:
                response = render(request, "accounts/link_unknown.html", status=404)
            except TokenExpiredError:
                response = render(request, "accounts/link_expired.html", status=410)
            response["X-Robots-Tag"] = "noindex"
            return response

        return wrapped

    return decorate


@require_http_methods(["GET", "POST"])
def forgotten_password(request):
    """The same page whether or not somebody has the address."""
    form = ForgottenPasswordForm(request.POST or None)
    asked = request.method == "POST" and form.is_valid()
    if asked:
        if throttle(request, "staff-password", limit=20, seconds=3600):
            return render(request, "accounts/too_many.html", status=429)
        services.ask_for_password(form.cleaned_data["email"])
    context = {"form": form, "asked": asked}
    return render(request, "accounts/forgotten_password.html", context)


@behind_token(read_password_token)
def set_password(request, user_id):
    user = get_object_or_404(User, pk=user_id)
    form = NewPasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_password(user.pk, form.cleaned_data["password"])
        except AccountClosedError as error:
            raise TokenInvalidError from error
        return redirect(f"{reverse('account_login')}?password=set")
    return render(request, "accounts/set_password.html", {"form": form, "person": user})
