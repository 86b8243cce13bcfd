"""Holds: what a dispute or an authority wants kept is left out by the clock, with a reason."""

from collections.abc import Mapping

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from evidence.services import record_event

from ..exceptions import HoldError, HoldReasonMissingError
from ..models import RetentionHold

CHAIN = "retention_hold"
ALL_OF_IT = ""
# Any number that no other advisory lock of this database uses.
HOLDS_LOCK = 0x686F6C64


def wait_for_holds() -> None:
    """Until this transaction ends nobody places or lifts a hold, and no batch is destroyed.

    SQLite's immediate transaction does the same by itself.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [HOLDS_LOCK])


def held_scopes(data_set: str) -> frozenset[str]:
    """The parts of a data set that are held; ALL_OF_IT among them holds the whole."""
    holds = RetentionHold.objects.in_force().filter(data_set=data_set)
    return frozenset(holds.values_list("scope", flat=True))


def all_held_scopes() -> Mapping[str, frozenset[str]]:
    """As ``held_scopes``, for every data set of which something is held, in one query."""
    held: dict[str, frozenset[str]] = {}
    for data_set, scope in RetentionHold.objects.in_force().values_list("data_set", "scope"):
        held[data_set] = held.get(data_set, frozenset()) | {scope}
    return held


def place_hold(data_set: str, scope: str, *, reason: str, user: User) -> RetentionHold:
    """Keep the clock from these rows. Waits for a batch that is being destroyed.

    Refuses with HoldReasonMissingError, or HoldError when such a hold is in force.
    """
    if not reason.strip():
        raise HoldReasonMissingError
    with transaction.atomic():
        wait_for_holds()
        hold = RetentionHold(
            data_set=data_set,
            scope=scope,
            reason=reason.strip(),
            placed_at=timezone.now(),
            placed_by=user,
        )
        try:
            with transaction.atomic():
                hold.save()
        except IntegrityError as error:
            raise HoldError from error
        _record(hold, "placed", user, reason)
    return hold


def lift_hold(pk: int, *, reason: str, user: User) -> RetentionHold:
    """Let the clock go on; what is due by now goes with the next run.

    Refuses with HoldReasonMissingError, or HoldError when nothing is held.
    """
    if not reason.strip():
        raise HoldReasonMissingError
    with transaction.atomic():
        wait_for_holds()
        hold = RetentionHold.objects.in_force().select_for_update().filter(pk=pk).first()
        if hold is None:
            raise HoldError
        hold.lifted_at, hold.lifted_by = timezone.now(), user
        hold.lift_reason = reason.strip()
        hold.save()
        _record(hold, "lifted", user, reason)
    return hold


def _record(hold: RetentionHold, kind: str, user: User, reason: str) -> None:
    record_event(
        subject_type=CHAIN,
        subject_id=str(hold.pk),
        kind=kind,
        actor=str(user.pk),
        values={"data_set": hold.data_set, "scope": hold.scope, "reason": reason.strip()},
    )
