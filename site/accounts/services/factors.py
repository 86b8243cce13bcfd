"""The second factor: who needs one, who has one, and that a code works once."""

from collections.abc import Iterator

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.db.models import QuerySet

from messaging.services import enqueue

from ..emails import FACTOR_CHANGED
from ..exceptions import CodeUsedError
from ..models import User
from ..registry import personal_rights
from .scopes import holds_somewhere

TOTP = Authenticator.Type.TOTP
# Authenticator apps keep the one, recovery codes the other.
SEALED = ("secret", "seed")
OWN_FACTORS = (TOTP, Authenticator.Type.WEBAUTHN)


def needs_factor(user: User) -> bool:
    """Whether this person's rights open personal data, be it of one region only."""
    return user.is_superuser or any(holds_somewhere(user, right) for right in personal_rights)


def factors_of(user: User) -> QuerySet[Authenticator]:
    """A person's factors; recovery codes alone are none."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=OWN_FACTORS)


def use_code(authenticator: Authenticator, code: str) -> None:
    """Take a right code of an authenticator app out of use, for all processes.

    Refuses with CodeUsedError if it, or a later one, was used before.
    """
    if authenticator.type != TOTP:
        return
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        counter = _counter_of(decrypt(row.data["secret"]), code)
        if counter <= row.data.get("last_counter", -1):
            raise CodeUsedError
        row.data["last_counter"] = counter
        row.save(update_fields=["data"])


def _counter_of(secret: str, code: str) -> int:
    """The newest step of time that this code belongs to; -1 for none."""
    typed = normalize_user_code(code)
    steps = yield_hotp_counters_from_time()
    fitting = [step for step in steps if format_hotp_value(hotp_value(secret, step)) == typed]
    return max(fitting, default=-1)


def tell_factor_changed(user: User) -> None:
    """Tell a person by mail that a factor was added or taken away."""
    enqueue(FACTOR_CHANGED, str(user.pk))


def sealed_secrets() -> Iterator[tuple[tuple[int, str], str]]:
    """What authenticator apps and recovery codes are made from, as it is stored."""
    for pk, data in Authenticator.objects.values_list("pk", "data"):
        yield from (((pk, name), data[name]) for name in SEALED if name in data)


def replace_secret(handle: tuple[int, str], old: str, new: str) -> None:
    """Write the same secret under another key, unless it has changed meanwhile."""
    pk, name = handle
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().filter(pk=pk).first()
        if row and row.data.get(name) == old:
            row.data[name] = new
            row.save(update_fields=["data"])
