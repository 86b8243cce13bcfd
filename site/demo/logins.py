"""The demo's log-ins: fictional people, one password per checkout."""

from pathlib import Path

from django.conf import settings

from privacy.local_keys import read_or_make_key

ADMINISTRATOR = ("관리자", "admin@yeondae.example")
EDITOR = ("편집자", "editor@yeondae.example")


def demo_password() -> str:
    """The password of this checkout's demo accounts, made at first use."""
    return read_or_make_key(Path(settings.VAR_DIR) / "keys" / "demo_password")[:16].replace(
        "/", "x"
    )


def demo_logins() -> list[tuple[str, str, str]]:
    """(role, e-mail, password) of each demo account."""
    return [(role, email, demo_password()) for role, email in (ADMINISTRATOR, EDITOR)]
