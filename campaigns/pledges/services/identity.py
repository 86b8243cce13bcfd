"""Six digits by mail: proof that somebody reads the address, at this moment, in this browser.

Only a keyed digest is kept. Tries are counted in the database, so all processes count together.
"""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from messaging.services import enqueue

from ..emails import CODE
from ..exceptions import CodeExpiredError, CodeWrongError, TooManyCodesError
from ..models import IdentityCheck, Invitation
from ..tokens import CODE_LIFETIME as LIFETIME
from ..tokens import is_right
from .chain import RESPONDENT, record_step_of

FRESH = timedelta(minutes=15)  # a code that was right just before serves the press to sign
STAYS = timedelta(hours=12)  # how long a browser may go on answering
TRIES, A_DAY = 5, 10
Purpose, Method = IdentityCheck.Purpose, IdentityCheck.Method


def make_browser_secret() -> str:
    """What the browser keeps in a cookie, so that a code serves only where it was asked for."""
    return secrets.token_urlsafe(32)


@transaction.atomic
def ask_code(invitation: Invitation, purpose: str, browser: str) -> IdentityCheck:
    """Have a code sent to the invitation's address; one asked for before is worth nothing.

    Raises TooManyCodesError after ten in a day.
    """
    Invitation.objects.select_for_update().get(pk=invitation.pk)
    now = timezone.now()
    asked = IdentityCheck.objects.filter(invitation__respondent=invitation.respondent_id)
    if asked.filter(asked_at__gt=now - timedelta(days=1)).count() >= A_DAY:
        raise TooManyCodesError
    asked.filter(purpose=purpose, passed_at=None, expires_at__gt=now).update(expires_at=now)
    check = IdentityCheck.objects.create(
        invitation=invitation,
        purpose=purpose,
        method=Method.MAIL_CODE,
        browser_digest=browser_digest(browser),
        asked_at=now,
        expires_at=now + LIFETIME,
    )
    enqueue(CODE, str(check.pk))
    return check


def pass_code(invitation: Invitation, purpose: str, code: str, browser: str) -> IdentityCheck:
    """The check this code passes, once.

    Raises CodeWrongError with how many tries are left, CodeExpiredError where none is, or where the
    code was asked for in another browser. Each try counts before the code is looked at.
    """
    now = timezone.now()
    waiting = IdentityCheck.objects.filter(
        invitation=invitation,
        purpose=purpose,
        browser_digest=browser_digest(browser),
        passed_at=None,
        expires_at__gt=now,
    )
    check = waiting.order_by("-pk").first()
    if check is None:
        raise CodeExpiredError
    rows = IdentityCheck.objects.filter(pk=check.pk, passed_at=None, tries__lt=TRIES)
    if not rows.update(tries=F("tries") + 1):
        raise CodeExpiredError
    check.refresh_from_db()
    if not is_right(check, code):
        raise CodeWrongError(TRIES - check.tries)
    with transaction.atomic():
        mine = IdentityCheck.objects.filter(pk=check.pk, passed_at=None)
        if not mine.update(passed_at=now):
            raise CodeExpiredError
        record_step_of(
            invitation.respondent,
            "identity_checked",
            RESPONDENT,
            {"invitation": str(invitation.public_id), "method": check.method, "purpose": purpose},
        )
    check.passed_at = now
    return check


def check_that_stands(invitation: Invitation, browser: str) -> IdentityCheck | None:
    """By which this browser may go on answering; None where a code is needed first."""
    if not browser:
        return None
    rows = invitation.checks.filter(
        browser_digest=browser_digest(browser), passed_at__gt=timezone.now() - STAYS
    )
    return rows.order_by("-passed_at").first()


def fresh_check(invitation: Invitation, browser: str) -> IdentityCheck | None:
    """One for the press to sign, that no signature used yet; on site it stands longer."""
    now = timezone.now()
    rows = invitation.checks.filter(
        browser_digest=browser_digest(browser),
        purpose=Purpose.SIGN,
        signature=None,
    ).filter(
        Q(passed_at__gt=now - FRESH)
        | Q(method=Method.ON_SITE, passed_at__isnull=False, expires_at__gt=now)
    )
    return rows.order_by("-passed_at").first()


def browser_digest(secret: str) -> bytes:
    """What is kept of a browser's secret."""
    return hashlib.sha256(secret.encode()).digest()
