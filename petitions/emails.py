"""Mails of this app. Built by the worker when it sends, from what is true at that moment."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from messaging.emails import render_email
from messaging.registry import Email
from privacy.tokens import mint_token

from .models import Invitation, Signature

SIGN_ATTEMPT = "petitions.sign_attempt"
SIGNATURE_CONFIRMED = "petitions.signature_confirmed"
CONTINUE = "petitions.continue"

CONFIRM_TOKEN = "petitions.confirm"  # noqa: S105 (a purpose, not a secret)
SIGNER_TOKEN = "petitions.signer"  # noqa: S105 (the same)
DENY_TOKEN = "petitions.deny"  # noqa: S105 (the same)

CONTINUE_TOKEN = "petitions.continue"  # noqa: S105 (the same)

CONFIRM_LIFETIME = timedelta(days=3)
SIGNER_LIFETIME = timedelta(days=730)
CONTINUE_LIFETIME = timedelta(days=90)


def attempt_subject(petition_id: int, email_index: bytes) -> str:
    """The outbox key of an attempt to sign: names a petition and a blind index, no person."""
    return f"{petition_id}:{email_index.hex()}"


def answer_sign_attempt(subject: str) -> Email | None:
    """The truth for the owner of an address: please confirm, it is registered, or it is stored.

    The last is for one that staff took out of the count: its data is there until withdrawn.
    """
    petition_id, index = subject.split(":")
    signature = (
        Signature.objects.select_related("petition")
        .filter(petition_id=petition_id, email_index=bytes.fromhex(index))
        .first()
    )
    if signature is None:
        return None
    if signature.status == Signature.Status.UNCONFIRMED:
        return _ask_to_confirm(signature)
    name = "already_signed" if signature.is_countable else "signature_stored"
    url = _url("s", SIGNER_TOKEN, signature, SIGNER_LIFETIME)
    return _mail(name, signature, signer_url=url)


def thank_signer(subject: str) -> Email | None:
    """The link to one's own signature, once it is confirmed."""
    signature = (
        Signature.objects.select_related("petition")
        .confirmed()
        .filter(public_id=uuid.UUID(subject))
        .first()
    )
    if signature is None:
        return None
    url = _url("s", SIGNER_TOKEN, signature, SIGNER_LIFETIME)
    return _mail("signature_confirmed", signature, signer_url=url)


def ask_to_continue(subject: str) -> Email | None:
    """Ask a signer to sign the next petition, while that can still be done."""
    invitation = (
        Invitation.objects.select_related("signature__petition", "continuation__new")
        .filter(signature__public_id=uuid.UUID(subject), signature__anonymised_at=None)
        .filter(continuation__stopped_at=None, continued_at=None)
        .first()
    )
    signature = invitation.signature if invitation else None
    if invitation is None or signature is None or not signature.is_countable:
        return None
    new = invitation.continuation.new
    if not new.live or not new.is_open():
        return None
    url = _url("k", CONTINUE_TOKEN, signature, CONTINUE_LIFETIME)
    context = {"new": new, "new_url": settings.SITE_URL + (new.url or "/"), "continue_url": url}
    return _mail("continue_signature", signature, bulk=True, **context)


def _ask_to_confirm(signature: Signature) -> Email:
    return _mail(
        "confirm_signature",
        signature,
        confirm_url=_url("c", CONFIRM_TOKEN, signature, CONFIRM_LIFETIME),
        days=CONFIRM_LIFETIME.days,
    )


def _mail(name: str, signature: Signature, *, bulk: bool = False, **context: object) -> Email:
    petition = signature.petition
    return render_email(
        f"petitions/emails/{name}",
        to=signature.email,
        context={
            "name": signature.name,
            "petition_title": petition.title,
            "petition_url": settings.SITE_URL + (petition.url or "/"),
            "deny_url": _url("d", DENY_TOKEN, signature, SIGNER_LIFETIME),
            "closes_at": petition.closes_at,
            **context,
        },
        reason=_("You get this mail because this address was used to sign “%(title)s”.")
        % {"title": petition.title},
        bulk=bulk,
    )


def _url(letter: str, purpose: str, signature: Signature, lifetime: timedelta) -> str:
    names = {
        "c": "confirm-signature",
        "s": "show-signature",
        "d": "deny-signature",
        "k": "continue-signing",
    }
    token = mint_token(purpose, str(signature.public_id), lifetime)
    return settings.SITE_URL + reverse(f"petitions:{names[letter]}", args=[token])
