"""The count: changes are delta rows; one guarded job folds them into the tally each second."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from ..models import CountDelta, PetitionPage, Signature, Tally

logger = logging.getLogger(__name__)

TALLY = PetitionPage._meta.get_field("tally")


@dataclass(frozen=True)
class LiveCount:
    online: int
    paper: int
    as_of: datetime

    @property
    def confirmed(self) -> int:
        return self.online + self.paper


def live_count(petition_id: int) -> LiveCount:
    """The tally as last folded: one indexed read, whatever the number of signatures."""
    return _count(Tally.objects.filter(pk=petition_id).first())


def count_of(page: PetitionPage) -> LiveCount:
    """The tally that was read together with the page; else as ``live_count``."""
    return _count(TALLY.get_cached_value(page)) if TALLY.is_cached(page) else live_count(page.pk)


def take_count(page: PetitionPage) -> LiveCount:
    """As ``count_of``, for a page that may then be kept: longer than a count is true."""
    count = count_of(page)
    if TALLY.is_cached(page):
        TALLY.delete_cached_value(page)
    return count


def tallies_of(pages: Iterable[PetitionPage]) -> list[Tally]:
    """Those that were read together with the pages, and those of the others."""
    others = [page.pk for page in pages if not TALLY.is_cached(page)]
    read = [TALLY.get_cached_value(page) for page in pages if TALLY.is_cached(page)]
    asked = Tally.objects.filter(pk__in=others) if others else ()
    return [tally for tally in (*read, *asked) if tally is not None]


def _count(tally: Tally | None) -> LiveCount:
    if tally is None:
        return LiveCount(0, 0, timezone.now())
    return LiveCount(tally.online, tally.paper, tally.folded_at)


def fold_counts() -> int:
    """Fold every petition that has deltas; returns how many deltas were folded."""
    waiting = CountDelta.objects.values_list("petition_id", flat=True).distinct()
    return sum(fold_petition(petition_id) for petition_id in waiting)


def fold_petition(petition_id: int) -> int:
    """Move a petition's deltas into its tally and number the new signatures, in one transaction.

    When somebody else is folding this petition, does nothing and returns 0.
    """
    Tally.objects.get_or_create(pk=petition_id, defaults={"folded_at": timezone.now()})
    with transaction.atomic():
        tally = (
            Tally.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(pk=petition_id)
            .first()
        )
        if tally is None:
            return 0
        deltas = _take_deltas(petition_id)
        if deltas:
            _number_signatures(deltas, tally.online + tally.paper)
            change = sum(delta[2] for delta in deltas)
            Tally.objects.filter(pk=petition_id).update(
                online=F("online") + change, folded_at=timezone.now()
            )
    return len(deltas)


def _take_deltas(petition_id: int) -> list[tuple[int, int, int]]:
    """Delete and return (id, signature id, change) of what is committed by now, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {CountDelta._meta.db_table} WHERE petition_id = %s "  # noqa: S608 (our own names)
            "RETURNING id, signature_id, change",
            [petition_id],
        )
        return sorted(cursor.fetchall())


def _number_signatures(deltas: list[tuple[int, int, int]], count: int) -> None:
    """The number a signer is told: the count with this signature in it."""
    numbered = []
    for _id, signature_id, change in deltas:
        count += change
        if change == 1:
            numbered.append((count, signature_id))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {Signature._meta.db_table} SET number = %s "  # noqa: S608 (our own name)
            "WHERE id = %s AND number IS NULL",
            numbered,
        )


def recount() -> dict[int, int]:
    """Compare every tally with the rows themselves; repair and report the drift by petition.

    An empty result is the promise kept: drift is a defect and is logged as an error. A petition
    that can't be recounted stops no other; the failure is raised after them.
    """
    drift, failed = {}, 0
    for petition_id in PetitionPage.objects.values_list("pk", flat=True):
        try:
            difference = _recount_petition(petition_id)
        except Exception:  # The others are still to be compared.
            logger.exception("Petition %s could not be recounted", petition_id)
            failed += 1
            continue
        if difference:
            drift[petition_id] = difference
            logger.error(
                "Count of petition %s was off by %s and is repaired", petition_id, difference
            )
    if failed:
        raise RuntimeError(f"{failed} petitions could not be recounted")
    return drift


def _recount_petition(petition_id: int) -> int:
    with transaction.atomic():
        tally = Tally.objects.select_for_update(of=("self",)).filter(pk=petition_id).first()
        if tally is None:
            return 0
        rows = PetitionPage.objects.filter(pk=petition_id).annotate(
            rows=Count("signatures", filter=Q(signatures__status=Signature.Status.CONFIRMED))
        )
        pending = CountDelta.objects.filter(petition_id=petition_id).order_by()
        # One statement, so both numbers are of one moment.
        counted = rows.annotate(
            pending=pending.values("petition_id").annotate(sum=Sum("change")).values("sum")
        ).values_list("rows", "pending")
        confirmed, unfolded = counted[0]
        difference = tally.online + (unfolded or 0) - confirmed
        if difference:
            Tally.objects.filter(pk=petition_id).update(online=F("online") - difference)
    return difference
