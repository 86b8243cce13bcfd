"""The demo's log-ins: fictional people, one password per checkout."""

from pathlib import Path

from django.conf import settings

from accounts import defaults
from privacy.local_keys import read_or_make_key

ADMINISTRATOR = ("관리자", "admin@yeondae.example")
# The name of the role, and who has it.
EDITOR = (defaults.EDITOR, "editor@yeondae.example")
DIRECTOR = (defaults.DIRECTOR, "director@yeondae.example")
CAMPAIGNER = (defaults.CAMPAIGNER, "campaigner@yeondae.example")
LOGINS = (ADMINISTRATOR, EDITOR, DIRECTOR, CAMPAIGNER)


def demo_password() -> str:
    """The password of this checkout's demo accounts, made at first use."""
    return read_or_make_key(Path(settings.VAR_DIR) / "keys" / "demo_password")[:16].replace(
        "/", "x"
    )


def demo_logins() -> list[tuple[str, str, str]]:
    """(role, e-mail, password) of each demo account."""
    return [(role, email, demo_password()) for role, email in LOGINS]
