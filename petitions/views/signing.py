"""The three steps of signing: the form's post, the page "check your mail", and its two buttons."""

from functools import wraps

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from home.decorators import keeps_typing
from privacy.decorators import same_origin_post, throttles_itself
from privacy.masking import mail_provider
from privacy.requests import throttle

from .. import services, tasks, tokens
from ..exceptions import (
    FormChangedError,
    PetitionClosedError,
    PetitionNotFoundError,
    ResendTooSoonError,
)
from ..forms import AddressForm
from .petition import make_form, show_petition

SIGN_LIMIT = 60  # per minute and address: a whole office or a phone network may share one.


def takes_typing(view):
    """Take a POST from this site of a sane size; what was typed survives a database that is away.

    A GET, such as of the address that a refused form leaves behind, goes back to the page.
    """

    @same_origin_post
    @keeps_typing(too_large="petitions/too_large.html")
    @wraps(view)
    def guarded(request, page_path):
        return view(request, _state(page_path))

    @wraps(view)
    def entrance(request, page_path):
        if request.method in ("GET", "HEAD"):
            return redirect(_state(page_path).path)
        response = guarded(request, page_path)
        response["Cache-Control"] = "no-store"
        return response

    return csrf_exempt(throttles_itself(entrance))


def _state(page_path):
    try:
        return services.petition_state(page_path)
    except PetitionNotFoundError as error:
        raise Http404 from error


@takes_typing
def sign(request, state):
    # Before any other answer: beside a text that nobody has read yet, no box may stay ticked.
    if request.POST.get("form_version") != state.form_version:
        return _show_changed_form(request, state, request.POST.dict())
    form = make_form(state, request.POST)
    if throttle(request, "sign", limit=SIGN_LIMIT, seconds=60):
        alert = _("Too many signatures came from your network at once. Please try in a minute.")
        return show_petition(request, state.page, form=form, status=429, alert=alert)
    if not form.is_valid():
        return show_petition(request, state.page, form=form, status=422)
    try:
        attempt = services.sign_petition(state, form.signature_values())
    except PetitionClosedError:
        return show_petition(request, state.page, form=form, status=409)
    except PetitionNotFoundError as error:
        raise Http404 from error
    return _go_to_check_mail(state, attempt)


@require_safe
@never_cache
def check_mail(request, page_path):
    return _show_check_mail(request, _state(page_path))


@takes_typing
def resend(request, state):
    attempt = _attempt(request, state)
    if attempt is None:
        return redirect(state.path)
    if throttle(request, "sign", limit=SIGN_LIMIT, seconds=60):
        return _show_check_mail(request, state, status=429, too_soon=True)
    try:
        renewed = services.resend_confirmation(attempt)
    except ResendTooSoonError:
        return _show_check_mail(request, state, status=429, too_soon=True)
    return _go_to_check_mail(state, renewed, done="again")


@takes_typing
def correct(request, state):
    attempt = _attempt(request, state)
    if attempt is None:
        return redirect(state.path)
    form = AddressForm(request.POST)
    if throttle(request, "sign", limit=SIGN_LIMIT, seconds=60):
        return _show_check_mail(request, state, form=form, status=429, too_soon=True)
    if not form.is_valid():
        return _show_check_mail(request, state, form=form, status=422)
    email = form.cleaned_data["email"]
    try:
        with transaction.atomic():
            tasks.take_back_attempt.enqueue(str(attempt.public_id))
            corrected = services.correct_address(state, attempt, email)
    except PetitionClosedError:
        return show_petition(request, state.page, status=409)
    except FormChangedError:
        return _show_changed_form(request, state, {**attempt.values, "email": email})
    return _go_to_check_mail(state, corrected, done="corrected")


def _show_changed_form(request, state, values):
    """The form as it is by now, filled with what was typed into the one before.

    Its consents have to be given anew: the text may be another than the one agreed to.
    """
    chosen = ("consent_", "name_display", "form_version")
    typed = {name: value for name, value in values.items() if not name.startswith(chosen)}
    alert = _("The form has changed since you filled it in. Please check it and sign again.")
    form = make_form(state, typed)
    return show_petition(request, state.page, form=form, status=409, alert=alert)


def _attempt(request, state):
    return tokens.open_attempt(request.COOKIES.get(tokens.COOKIE, ""), state.petition_id)


def _go_to_check_mail(state, attempt, *, done=""):
    suffix = f"?sent={done}" if done else ""
    response = HttpResponseRedirect(f"{state.path}check-mail/{suffix}")
    response.status_code = 303
    response.set_cookie(
        tokens.COOKIE,
        tokens.seal_attempt(attempt),
        max_age=int(tokens.LIFETIME.total_seconds()),
        path=f"{state.path}check-mail/",
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _show_check_mail(request, state, *, form=None, status=200, too_soon=False):
    attempt = _attempt(request, state)
    context = {
        "page": state.page,
        "attempt": attempt,
        "form": form or AddressForm(initial={"email": attempt.email if attempt else ""}),
        "wait_seconds": services.seconds_until_resend(attempt) if attempt else 0,
        "provider": mail_provider(attempt.email) if attempt else None,
        "too_soon": too_soon,
        "done": request.GET.get("sent", ""),
        "confirmation_required": state.page.confirmation_required,
        "path": f"{state.path}check-mail/",
    }
    response = render(request, "petitions/check_mail.html", context, status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
