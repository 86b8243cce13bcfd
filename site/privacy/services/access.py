"""The access log: written before personal data is shown, sealed on the chain of its year."""

import unicodedata
from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import Error, models, transaction
from django.utils import timezone

from evidence.services import digest_values, make_salt, seal_values

from ..dates import day_begins
from ..exceptions import AccessLogUnavailableError
from ..models import AccessAction, AccessEntry, AccessSubject

CHAIN = "access"
THE_LOG = "privacy.accessentry"
ADDRESS_LENGTH = 64
SUBJECTS_AT_ONCE = 5_000


def record_access(
    *,
    user: AbstractBaseUser,
    address: str,
    action: AccessAction,
    data_set: str,
    subjects: Sequence[str] = (),
    count: int | None = None,
    reason: str = "",
) -> AccessEntry:
    """Write down that this member of staff is about to see personal data of these people.

    ``address`` is ``privacy.requests.client_ip(request)``, ``subjects`` are public ids; ``count``
    says how many people it is where not each is named. Raises AccessLogUnavailableError: then
    nothing may be shown. Writers of one year queue until the end of each other's transaction.
    """
    named = sorted({str(subject) for subject in subjects})
    entry = AccessEntry(
        year=timezone.localtime().year,
        user_id=user.pk,
        address=unicodedata.normalize("NFC", address)[:ADDRESS_LENGTH],
        action=action,
        data_set=data_set,
        count=len(named) if count is None else count,
        reason=unicodedata.normalize("NFC", reason),
        salt=make_salt(),
    )
    try:
        with transaction.atomic():
            return _write(entry, named)
    except Error as error:
        raise AccessLogUnavailableError from error


def _write(entry: AccessEntry, subjects: list[str]) -> AccessEntry:
    entry.event = seal_values(
        subject_type=CHAIN,
        subject_id=str(entry.year),
        kind=CHAIN,
        actor="system",  # Who it was goes with the entry, when its time is up.
        digest=digest_values(entry.salt, sealed_values(entry, subjects)),
    )
    entry.accessed_at = entry.event.occurred_at
    entry.save(force_insert=True)
    rows = [AccessSubject(entry=entry, year=entry.year, subject=name) for name in subjects]
    AccessSubject.objects.bulk_create(rows, batch_size=SUBJECTS_AT_ONCE)
    return entry


def sealed_values(entry: AccessEntry, subjects: Sequence[str]) -> dict[str, object]:
    """What the digest on the chain is made of; ``subjects`` in order of their letters."""
    return {
        "user": entry.user_id,
        "address": entry.address,
        "action": str(entry.action),
        "data_set": entry.data_set,
        "subjects": list(subjects),
        "count": entry.count,
        "reason": entry.reason,
    }


def record_look_at_log(user: AbstractBaseUser, address: str) -> None:
    """Write down that somebody reads the log itself: once a day for each."""
    today = day_begins(timezone.localdate())
    looks = AccessEntry.objects.filter(user_id=user.pk, data_set=THE_LOG, accessed_at__gte=today)
    try:
        is_known = looks.exists()
    except Error as error:
        raise AccessLogUnavailableError from error
    if not is_known:
        record_access(user=user, address=address, action=AccessAction.LIST, data_set=THE_LOG)


def accesses_about(subjects: Sequence[str]) -> models.QuerySet[AccessEntry]:
    """Who looked at the data of these people, newest first."""
    about = AccessSubject.objects.filter(subject__in=[str(subject) for subject in subjects])
    return AccessEntry.objects.filter(pk__in=about.values("entry")).order_by("-pk")
