"""Links of invitations (256 bits) and codes (six digits); of both only digests are stored."""

import hmac
import secrets
import uuid
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from privacy.blind_index import blind_index
from privacy.tokens import mint_token as mint_secret
from privacy.tokens import read_token, revoke_tokens

from .models import IdentityCheck, Invitation, PledgeRound

PURPOSE = "pledges.invitation"
LIFETIME = timedelta(days=14)
CODE_LIFETIME = timedelta(minutes=10)
DIGITS = 6
READABLE = timedelta(days=365 * 5)  # whoever signed finds their agreement behind the link


def mint_token(invitation: Invitation, *, keeps_older: bool = False) -> str:
    """A new secret, usable for 14 days or until the last day to answer; the ones before are dead.

    With ``keeps_older`` they live on: for a mail that may come while somebody is on the pages. All
    lead to the same pages, and each browser needs a code that goes to the address in use.
    """
    if not keeps_older:
        revoke_invitation(invitation)
    asked = PledgeRound.objects.filter(election=invitation.respondent.election_id).first()
    if not has_later_end(invitation, asked):
        last = timezone.now() + LIFETIME
        invitation.expires_at = min(last, asked.answers_until) if asked else last
        invitation.save(update_fields=["expires_at"])
    return mint_secret(PURPOSE, str(invitation.public_id), READABLE)


def has_later_end(invitation: Invitation, asked: PledgeRound | None) -> bool:
    """Whether staff opened the answers of this respondent again, beyond the round's last moment."""
    end = invitation.expires_at
    return asked is not None and end is not None and end > asked.answers_until


def link_of(token: str) -> str:
    """The address for a mail."""
    return settings.SITE_URL + reverse("pledges:open-invitation", args=[token])


def find_invitation(token: str) -> Invitation:
    """Raises TokenInvalidError, TokenExpiredError, Invitation.DoesNotExist.

    Whether something can still be answered is decided by ``expires_at`` at the moment of use.
    """
    public_id = uuid.UUID(read_token(PURPOSE, token))
    rows = Invitation.objects.select_related(
        "respondent__election__round",
        "respondent__candidacy__contest__post__region__parent",
        "respondent__region",
        "contact",
    )
    return rows.exclude(state__in=Invitation.DEAD).get(public_id=public_id)


def revoke_invitation(invitation: Invitation) -> None:
    """Its links lead nowhere."""
    revoke_tokens(PURPOSE, str(invitation.public_id))


def mint_code(check: IdentityCheck) -> str:
    """The code as the mail says it, made when the mail is; the ten minutes begin then."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    check.code_salt = secrets.token_bytes(16)
    check.code_digest = _digest(check.code_salt, code)
    check.expires_at = timezone.now() + CODE_LIFETIME
    check.save(update_fields=["code_salt", "code_digest", "expires_at"])
    return code


def is_right(check: IdentityCheck, code: str) -> bool:
    """Whether these are the digits of the mail, of any width; spaces and hyphens do not count."""
    if check.code_digest is None or check.code_salt is None:
        return False
    digits = "".join(str(int(sign)) for sign in code if sign.isdecimal())
    return hmac.compare_digest(_digest(bytes(check.code_salt), digits), bytes(check.code_digest))


def _digest(salt: bytes, code: str) -> bytes:
    """Keyed: a million codes are soon tried by whoever has the database, and not the key."""
    return blind_index("pledges.code", f"{salt.hex()}|{code}")
