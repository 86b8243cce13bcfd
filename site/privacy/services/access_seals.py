"""Whether the access log still says what its chains sealed, and the end of a year of it."""

from collections.abc import Iterator

from django.db import models, transaction
from django.utils import timezone

from evidence.models import Event
from evidence.services import digest_values, record_event, verify_chain, wait_for_writers
from evidence.verifier import Fault

from ..encryption import DecryptionError
from ..exceptions import TooEarlyError
from ..models import ENCRYPTED, YEARS_KEPT, AccessDestruction, AccessEntry, AccessSubject
from .access import CHAIN, sealed_values

AT_ONCE = 1_000


def find_access_faults() -> Iterator[Fault]:
    """Entries that are gone, were changed or added past their chain, or can't be read."""
    chains = Event.objects.filter(subject_type=CHAIN)
    for year in chains.values_list("subject_id", flat=True).distinct().order_by("subject_id"):
        yield from _faults_of_entries(year)
    for entry in AccessEntry.objects.exclude(event__subject_type=CHAIN).defer(*ENCRYPTED):
        yield Fault(f"{CHAIN} {entry.year} ?", "changed")


def find_faults_of_year(year: int) -> Iterator[Fault]:
    """The same for one year, and whether its chain holds."""
    chain = verify_chain(CHAIN, str(year))
    if not chain.holds:
        yield Fault(f"{CHAIN} {year} #{chain.broken_at}", chain.reason)
    yield from _faults_of_entries(str(year))


def _faults_of_entries(year: str) -> Iterator[Fault]:
    links = Event.objects.filter(subject_type=CHAIN, subject_id=year).order_by("sequence")
    destruction = AccessDestruction.objects.filter(pk=int(year)).first()
    if destruction:
        yield from _faults_of_seal(links, destruction)
        return
    rows = _entries().filter(event__subject_type=CHAIN, event__subject_id=year)
    entries = rows.order_by("event__sequence").iterator(AT_ONCE)
    entry = next(entries, None)
    for pk, sequence in links.values_list("pk", "sequence").iterator(AT_ONCE):
        where = f"{CHAIN} {year} #{sequence}"
        if entry is None or entry.pk != pk:
            yield Fault(where, "values missing")
            continue
        if reason := find_entry_fault(entry):
            yield Fault(where, reason)
        entry = next(entries, None)


def _faults_of_seal(
    links: models.QuerySet[Event], destruction: AccessDestruction
) -> Iterator[Fault]:
    told = (destruction.count, destruction.head_hash)
    if told != links.values_list("sequence", "hash").last():
        yield Fault(f"{CHAIN} {destruction.year}", "cut off")
    if AccessEntry.objects.filter(year=destruction.year).exists():
        yield Fault(f"{CHAIN} {destruction.year}", "changed")


def _entries() -> models.QuerySet[AccessEntry]:
    rows = AccessEntry.objects.as_stored().select_related("event")
    return rows.prefetch_related("subjects")


def find_entry_fault(entry: AccessEntry) -> str:
    """Whether an entry, fetched ``as_stored``, says what its link sealed: a reason, or nothing."""
    try:
        for name in ENCRYPTED:
            setattr(entry, name, entry.read_text(name))
    except DecryptionError:
        return "unreadable"
    names = sorted(row.subject for row in entry.subjects.all())
    years = {str(entry.year), *(str(row.year) for row in entry.subjects.all())}
    holds = (
        digest_values(entry.salt, sealed_values(entry, names)) == entry.event.values_digest
        and entry.accessed_at == entry.event.occurred_at
        and years == {entry.event.subject_id}
    )
    return "" if holds else "values changed"


def destroy_access_year(year: int) -> AccessDestruction:
    """Delete all entries of a year for good; its chain, count and last hash stay as the seal.

    Raises TooEarlyError until two whole years have passed since. Safe to call twice.
    """
    today = timezone.localdate()
    if today.year <= year + YEARS_KEPT:
        raise TooEarlyError
    with transaction.atomic():
        wait_for_writers(CHAIN, str(year))
        before = AccessDestruction.objects.filter(pk=year).first()
        return before or _destroy(year)


def _destroy(year: int) -> AccessDestruction:
    last = (
        Event.objects.filter(subject_type=CHAIN, subject_id=str(year)).order_by("sequence").last()
    )
    destruction = AccessDestruction.objects.create(
        year=year,
        destroyed_on=timezone.localdate(),
        count=last.sequence if last else 0,
        head_hash=last.hash if last else "",
    )
    record_event(
        subject_type="access destruction",
        subject_id=str(year),
        kind="destroyed",
        actor="system",
        values={"count": destruction.count, "head_hash": destruction.head_hash},
    )
    AccessSubject.objects.filter(year=year).delete()
    AccessEntry.objects.filter(year=year).delete()
    return destruction
