"""The demo's log-ins: fictional people, one password and one authenticator app per checkout."""

import base64
from pathlib import Path

from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings

from accounts import defaults
from campaigns.forums.apps import EVENTS as EVENTS_ROLE
from campaigns.pledges.apps import PLEDGES as PLEDGES_ROLE
from home.network.apps import SECRETARY as SECRETARY_ROLE
from payments.apps import TREASURER as TREASURER_ROLE
from privacy.local_keys import read_or_make_key

ADMINISTRATOR = ("관리자", "admin@yeondae.example")
# The name of the role, and who has it.
EDITOR = (defaults.EDITOR, "editor@yeondae.example")
DIRECTOR = (defaults.DIRECTOR, "director@yeondae.example")
CAMPAIGNER = (defaults.CAMPAIGNER, "campaigner@yeondae.example")
MODERATOR = (defaults.MODERATOR, "moderator@yeondae.example")
OFFICER = (defaults.OFFICER, "privacy@yeondae.example")
AUDITOR = (defaults.AUDITOR, "auditor@yeondae.example")
REGIONAL = (defaults.REGIONAL, "region@yeondae.example")
EVENTS = (EVENTS_ROLE, "events@yeondae.example")
TREASURER = (TREASURER_ROLE, "treasurer@yeondae.example")
SECRETARY = (SECRETARY_ROLE, "committee@yeondae.example")
PLEDGES = (PLEDGES_ROLE, "pledges@yeondae.example")
LOGINS = (
    *(ADMINISTRATOR, EDITOR, DIRECTOR, CAMPAIGNER),
    *(MODERATOR, OFFICER, AUDITOR, REGIONAL, EVENTS, TREASURER, SECRETARY, PLEDGES),
)


def demo_password() -> str:
    """The password of this checkout's demo accounts, made at first use."""
    return _key("demo_password")[:16].replace("/", "x")


def demo_secret() -> str:
    """What the authenticator app of this checkout's demo accounts holds, made at first use."""
    return base64.b32encode(base64.b64decode(_key("demo_second_factor"))[:20]).decode()


def demo_code() -> str:
    """The six digits that such an app shows now."""
    _before, now, _after = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(demo_secret(), now))


def demo_logins() -> list[tuple[str, str, str]]:
    """(role, e-mail, password) of each demo account."""
    return [(role, email, demo_password()) for role, email in LOGINS]


def _key(name: str) -> str:
    return read_or_make_key(Path(settings.VAR_DIR) / "keys" / name)
