"""Links to what the site holds on somebody, and what a visitor just typed or changed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from privacy.encryption import DecryptionError, decrypt, encrypt
from privacy.tokens import mint_token

MY_TOKEN = "rights.my"  # noqa: S105 (a purpose, not a secret)
MOVE_TOKEN = "rights.move"  # noqa: S105 (the same)
LINK_LIFETIME = timedelta(hours=1)

TYPED_COOKIE = "my_address"
UNDO_COOKIE = "my_undo"
TYPED_PURPOSE = "rights.typed"
UNDO_PURPOSE = "rights.undo"


def make_my_link(email_index: bytes) -> str:
    """A new link, for an hour, to everything that is held under an address."""
    return settings.SITE_URL + my_path(mint_my_token(email_index))


def mint_my_token(email_index: bytes) -> str:
    return mint_token(MY_TOKEN, email_index.hex(), LINK_LIFETIME)


def my_path(token: str) -> str:
    return reverse("rights:show-mine", args=[token])


def make_move_link(public_id: object) -> str:
    """A new link, for an hour, by which the owner of a mailbox confirms a change of address."""
    token = mint_token(MOVE_TOKEN, str(public_id), LINK_LIFETIME)
    return settings.SITE_URL + reverse("rights:confirm-address", args=[token])


def seal_typed(email: str) -> str:
    """What was typed at /my/, for the page that follows; only this site can read it."""
    return _seal(TYPED_PURPOSE, {"email": email})


def open_typed(sealed: str) -> str:
    """The address inside the cookie; empty if forged or older than an hour."""
    return str(_open(TYPED_PURPOSE, sealed).get("email", ""))


@dataclass(frozen=True)
class Undo:
    """What stood in a row before its owner corrected it."""

    data_set: str
    key: str
    values: Mapping[str, str]


def seal_undo(undo: Undo) -> str:
    """The facts before a correction, sealed in a cookie for the way back."""
    values = {"data_set": undo.data_set, "key": undo.key, "values": dict(undo.values)}
    return _seal(UNDO_PURPOSE, values)


def open_undo(sealed: str) -> Undo | None:
    """What to go back to; None if forged or older than an hour."""
    fields = _open(UNDO_PURPOSE, sealed)
    if not fields:
        return None
    return Undo(fields["data_set"], fields["key"], fields["values"])


def _seal(purpose: str, values: Mapping[str, object]) -> str:
    sealed = {**values, "at": timezone.now().isoformat()}
    return encrypt(purpose, json.dumps(sealed, ensure_ascii=False))


def _open(purpose: str, sealed: str) -> dict[str, Any]:
    try:
        fields = json.loads(decrypt(purpose, sealed))
    except (DecryptionError, ValueError):
        return {}
    is_old = timezone.now() - datetime.fromisoformat(fields["at"]) > LINK_LIFETIME
    return {} if is_old else fields
