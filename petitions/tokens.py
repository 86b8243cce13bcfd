"""What a visitor just typed, sealed in a cookie for the page that follows."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from privacy.encryption import DecryptionError, decrypt, encrypt

COOKIE = "sign_attempt"
LIFETIME = timedelta(hours=1)
PURPOSE = "petitions.attempt"
TO_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class Attempt:
    """What a visitor typed, under the id its row has if it was new."""

    public_id: uuid.UUID
    petition_id: int
    signed_at: datetime
    mailed_at: datetime
    values: Mapping[str, object]

    @property
    def email(self) -> str:
        return str(self.values["email"])


def seal_attempt(attempt: Attempt) -> str:
    """Encrypt an attempt; only this site can read it, for an hour."""
    fields = {
        "id": str(attempt.public_id),
        "petition": attempt.petition_id,
        "signed": attempt.signed_at.isoformat(),
        "mailed": attempt.mailed_at.isoformat(),
        "values": attempt.values,
    }
    return encrypt(PURPOSE, TO_JSON.encode(fields))


def open_attempt(sealed: str, petition_id: int) -> Attempt | None:
    """The attempt inside a cookie; None if forged, older than an hour or of another petition."""
    try:
        fields = json.loads(decrypt(PURPOSE, sealed))
    except (DecryptionError, ValueError):
        return None
    signed_at = datetime.fromisoformat(fields["signed"])
    if fields["petition"] != petition_id or timezone.now() - signed_at > LIFETIME:
        return None
    return Attempt(
        public_id=uuid.UUID(fields["id"]),
        petition_id=petition_id,
        signed_at=signed_at,
        mailed_at=datetime.fromisoformat(fields["mailed"]),
        values=fields["values"],
    )
