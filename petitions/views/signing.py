"""The three steps of signing: the form's post, the page "check your mail", and its two buttons."""

from functools import wraps

from django.conf import settings
from django.db import InterfaceError, InternalError, OperationalError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from privacy.decorators import same_origin_post
from privacy.masking import mail_provider
from privacy.requests import throttle

from .. import services, tokens
from ..exceptions import PetitionClosedError, PetitionNotFoundError, ResendTooSoonError
from ..forms import AddressForm
from .petition import make_form, show_petition

BODY_LIMIT = 64 * 1024
SIGN_LIMIT = 60  # per minute and address: a whole office or a phone network may share one.


def keeps_what_was_typed(view):
    """Answer 503 with the typed fields and a button when the database is away or read-only."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if int(request.META.get("CONTENT_LENGTH") or 0) > BODY_LIMIT:
            return render(request, "petitions/too_large.html", status=413)
        try:
            return view(request, *args, **kwargs)
        except (OperationalError, InterfaceError, InternalError):
            fields = [(name, value) for name, values in request.POST.lists() for value in values]
            retry = {"action": request.path, "fields": fields}
            response = render(request, "503.html", {"retry": retry}, status=503)
            response["Retry-After"] = "60"
            return response

    return wrapped


def _state(page_path):
    try:
        return services.petition_state(page_path)
    except PetitionNotFoundError as error:
        raise Http404 from error


@same_origin_post
@keeps_what_was_typed
def sign(request, page_path):
    state = _state(page_path)
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
    return _go_to_check_mail(state, attempt)


@require_safe
@never_cache
def check_mail(request, page_path):
    return _show_check_mail(request, _state(page_path))


@same_origin_post
@keeps_what_was_typed
def resend(request, page_path):
    state = _state(page_path)
    attempt = _attempt(request, state)
    if attempt is None:
        return redirect(state.path)
    try:
        renewed = services.resend_confirmation(attempt)
    except ResendTooSoonError:
        return _show_check_mail(request, state, status=429, too_soon=True)
    return _go_to_check_mail(state, renewed, sent_again=True)


@same_origin_post
@keeps_what_was_typed
def correct(request, page_path):
    state = _state(page_path)
    attempt = _attempt(request, state)
    if attempt is None:
        return redirect(state.path)
    form = AddressForm(request.POST)
    if throttle(request, "sign", limit=SIGN_LIMIT, seconds=60):
        return _show_check_mail(request, state, form=form, status=429, too_soon=True)
    if not form.is_valid():
        return _show_check_mail(request, state, form=form, status=422)
    try:
        corrected = services.correct_address(state, attempt, form.cleaned_data["email"])
    except PetitionClosedError:
        return show_petition(request, state.page, status=409)
    return _go_to_check_mail(state, corrected)


def _attempt(request, state):
    return tokens.open_attempt(request.COOKIES.get(tokens.COOKIE, ""), state.petition_id)


def _go_to_check_mail(state, attempt, *, sent_again=False):
    suffix = "?sent=again" if sent_again else ""
    response = redirect(f"{state.path}check-mail/{suffix}")
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
        "form": form or AddressForm(),
        "wait_seconds": services.seconds_until_resend(attempt) if attempt else 0,
        "provider": mail_provider(attempt.email) if attempt else None,
        "too_soon": too_soon,
        "sent_again": request.GET.get("sent") == "again",
        "confirmation_required": state.page.confirmation_required,
        "path": f"{state.path}check-mail/",
    }
    response = render(request, "petitions/check_mail.html", context, status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
