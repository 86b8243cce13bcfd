"""A resolved text becomes public and stands still from then on."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from ...exceptions import DemandsChangedError, DemandsIncompleteError, NotMinorError
from ...models import DemandSet, DemandSetVersion
from ..canonical import digest_of
from ..chain import record_step
from .reviewing import lock_version
from .texts import keys_of, published_before, text_of

State = DemandSetVersion.State


@transaction.atomic
def publish_version(
    version: DemandSetVersion,
    *,
    user: User,
    note: str = "",
    is_minor: bool = False,
    seen: str = "",
) -> DemandSetVersion:
    """Freeze the text with its hash; the one before is superseded, and stays readable.

    What somebody answered is tied to the wording they read and does not change. Safe to call
    twice. Raises MoveRefusedError where nobody resolved it, DemandsIncompleteError where a second
    version does not say what changed, NotMinorError where a small correction adds or takes away,
    DemandsChangedError where ``seen``, the hash of what was looked at, is another one.
    """
    DemandSet.objects.select_for_update().get(pk=version.demand_set_id)
    current = DemandSetVersion.objects.get(pk=version.pk)
    if current.state == State.PUBLISHED:
        return current
    version = lock_version(version, State.APPROVED)
    base = published_before(version)
    if base is not None and not note.strip():
        raise DemandsIncompleteError
    if base is not None and is_minor and keys_of(base) != keys_of(version):
        raise NotMinorError
    text = text_of(version)
    if seen and seen != digest_of(text):
        raise DemandsChangedError
    if base is not None:
        DemandSetVersion.objects.filter(pk=base.pk).update(state=State.SUPERSEDED)
    version.note, version.is_minor = (note, is_minor) if base else ("", False)
    version.text, version.text_sha256 = text, digest_of(text)
    version.state, version.published_at = State.PUBLISHED, timezone.now()
    version.save()
    _record_publication(version, user)
    return version


def _record_publication(version: DemandSetVersion, user: User) -> None:
    record_step(
        version.demand_set.election,
        "demands_published",
        str(user.pk),
        {"set": version.demand_set_id, "version": version.number, "sha256": version.text_sha256},
    )
