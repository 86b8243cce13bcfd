"""A text is sent to review, resolved by a body, or taken back to be written on."""

from datetime import date

from django.db import transaction

from ...exceptions import DemandsFrozenError, DemandsIncompleteError, MoveRefusedError
from ...models import DemandSetVersion

State = DemandSetVersion.State


def lock_writable(version: DemandSetVersion) -> DemandSetVersion:
    """The locked version, which is still being written. Raises DemandsFrozenError."""
    rows = DemandSetVersion.objects.select_for_update(of=("self",))
    version = rows.select_related("demand_set__election", "demand_set__region").get(pk=version.pk)
    if version.state != State.DRAFT:
        raise DemandsFrozenError
    return version


@transaction.atomic
def send_to_review(version: DemandSetVersion) -> None:
    """Raises DemandsFrozenError, DemandsIncompleteError where there is no demand."""
    version = lock_writable(version)
    if not version.demands.exists():
        raise DemandsIncompleteError
    _move(version, State.REVIEW)


@transaction.atomic
def back_to_draft(version: DemandSetVersion) -> None:
    """Write on after a review. Raises MoveRefusedError for one that is published."""
    version = lock_version(version, State.REVIEW, State.APPROVED)
    version.resolved_by, version.resolved_on = "", None
    version.save(update_fields=["resolved_by", "resolved_on"])
    _move(version, State.DRAFT)


@transaction.atomic
def resolve_version(version: DemandSetVersion, *, body: str, resolved_on: date) -> None:
    """A body of the coalition resolved the text. Raises MoveRefusedError."""
    version = lock_version(version, State.REVIEW)
    version.resolved_by, version.resolved_on = body, resolved_on
    version.save(update_fields=["resolved_by", "resolved_on"])
    _move(version, State.APPROVED)


def lock_version(version: DemandSetVersion, *states: str) -> DemandSetVersion:
    rows = DemandSetVersion.objects.select_for_update(of=("self",))
    version = rows.select_related("demand_set__election", "demand_set__region").get(pk=version.pk)
    if version.state not in states:
        raise MoveRefusedError
    return version


def _move(version: DemandSetVersion, state: str) -> None:
    version.state = state
    version.save(update_fields=["state"])
