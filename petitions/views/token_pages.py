"""Pages behind a link from a mail. A GET shows; only the button's POST changes something."""

import uuid
from contextlib import suppress
from functools import wraps
from io import BytesIO

from django.http import FileResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from home.context_processors import site_details
from privacy.decorators import same_origin_post
from privacy.services import consents_of
from privacy.tokens import TokenExpiredError, TokenInvalidError, mint_token, read_token

from .. import services
from ..emails import CONFIRM_TOKEN, DENY_TOKEN, SIGNER_LIFETIME, SIGNER_TOKEN
from ..exceptions import PetitionClosedError, SignatureGoneError, StatusChangeError
from ..models import Signature
from ..presenters import PetitionPresenter, SignerPresenter


def token_page(purpose):
    """Read the token, hand the signature to the view, and keep the page out of every cache."""

    def decorate(view):
        @wraps(view)
        def wrapped(request, token):
            try:
                public_id = uuid.UUID(read_token(purpose, token))
                signature = Signature.objects.select_related("petition", "region").get(
                    public_id=public_id
                )
            except (TokenInvalidError, Signature.DoesNotExist):
                response = render(request, "petitions/link_unknown.html", status=404)
            except TokenExpiredError:
                response = render(request, "petitions/link_expired.html", status=410)
            else:
                response = view(request, token, signature)
            return _keep_private(response)

        return _get_or_same_origin_post(wrapped)

    return decorate


def _get_or_same_origin_post(view):
    guarded = same_origin_post(view)

    @wraps(view)
    def wrapped(request, token):
        return (
            view(request, token) if request.method in ("GET", "HEAD") else guarded(request, token)
        )

    wrapped.csrf_exempt = True
    return wrapped


def _keep_private(response):
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response


@token_page(CONFIRM_TOKEN)
def confirm(request, token, signature):
    if request.method == "POST":
        try:
            services.confirm_signature(signature.public_id)
        except SignatureGoneError:
            return _gone(request, signature)
        except PetitionClosedError:
            return _handed_over(request, signature)
        services.fold_petition(signature.petition_id)
        return to_signer_page(signature)
    if signature.status not in (Signature.Status.UNCONFIRMED, Signature.Status.CONFIRMED):
        return _gone(request, signature)
    if signature.petition.is_handed_over() and not signature.is_countable:
        return _handed_over(request, signature)
    context = {
        "token": token,
        "signature": SignerPresenter(signature, consents_of(signature.public_id)),
        "confirmed": signature.is_countable,
    }
    return render(request, "petitions/confirm_signature.html", context)


@token_page(CONFIRM_TOKEN)
def discard(request, token, signature):
    if request.method == "POST":
        with suppress(StatusChangeError):
            services.discard_signature(signature.public_id)
            return _see_other(f"{signature.petition.url or '/'}#sign")
    return _see_other("petitions:confirm-signature", token=token)


@token_page(SIGNER_TOKEN)
def show_signature(request, token, signature):
    if signature.anonymised_at:
        return _gone(request, signature)
    if not signature.is_countable:
        context = {"token": token, "signature": signature}
        return render(request, "petitions/uncounted_signature.html", context)
    page = signature.petition
    context = {
        "page": page,
        "token": token,
        "signature": SignerPresenter(signature, consents_of(signature.public_id)),
        "petition": PetitionPresenter(page, services.live_count(page.pk), timezone.now()),
        "next_actions": _next_actions(page),
    }
    return render(request, "petitions/my_signature.html", context)


@token_page(SIGNER_TOKEN)
def show_certificate(request, token, signature):
    if not signature.is_countable:
        return _gone(request, signature)
    certificate = services.make_certificate(
        signature, organisation=site_details().organisation_name
    )
    return FileResponse(BytesIO(certificate), as_attachment=True, filename="서명 확인증.pdf")


@token_page(SIGNER_TOKEN)
def withdraw(request, token, signature):
    if request.method == "POST":
        services.withdraw_signature(signature.public_id, kept_link=token)
        services.fold_petition(signature.petition_id)
        return render(request, "petitions/withdrawn.html", {"signature": signature})
    if signature.anonymised_at:
        return _gone(request, signature)
    return render(
        request, "petitions/withdraw_signature.html", {"signature": signature, "token": token}
    )


def _deny(request, token, signature):
    if request.method == "POST":
        services.deny_signature(signature.public_id, kept_link=token)
        services.fold_petition(signature.petition_id)
        return render(request, "petitions/denied.html", {"signature": signature})
    return render(
        request,
        "petitions/deny_signature.html",
        {"signature": signature, "denied": signature.anonymised_at is not None},
    )


deny = token_page(DENY_TOKEN)(_deny)
deny_own = token_page(SIGNER_TOKEN)(_deny)


def _next_actions(page):
    """The other ways to take part in this campaign."""
    siblings = page.get_siblings(inclusive=False).live().specific()
    return [sibling for sibling in siblings if getattr(sibling, "is_action", False)]


def _gone(request, signature):
    return render(request, "petitions/signature_gone.html", {"signature": signature}, status=410)


def _handed_over(request, signature):
    return render(request, "petitions/handed_over.html", {"signature": signature}, status=410)


def to_signer_page(signature):
    token = mint_token(SIGNER_TOKEN, str(signature.public_id), SIGNER_LIFETIME)
    return _see_other("petitions:show-signature", token=token)


def _see_other(to, **kwargs):
    response = redirect(to, **kwargs)
    response.status_code = 303
    return response
