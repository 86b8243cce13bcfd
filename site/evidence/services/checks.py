"""Everything recomputed: by the nightly job here, from a file by anybody."""

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TextIO

from django.utils import timezone

from ..models import DayHead, Event, EvidenceCheck
from ..registry import keepers
from ..verifier import FORMAT, Head, Link, Payload, Report, Verifier
from .chains import LINK_FIELDS, written_moment
from .heads import AT_ONCE, as_noted

FAULTS_KEPT = 20
MOMENT = LINK_FIELDS.index("occurred_at")
CHECKS_KEPT = timedelta(days=3 * 365)


def all_heads() -> list[Head]:
    return [as_noted(head) for head in DayHead.objects.all()]


def all_links() -> Iterator[tuple[Link, Payload | None]]:
    """Every event in the order in which they were written, with what is still behind it."""
    rows = Event.objects.order_by("pk").values_list(
        *LINK_FIELDS, "payload__salt", "payload__values"
    )
    for *said, salt, values in rows.iterator(AT_ONCE):
        said[MOMENT] = written_moment(said[MOMENT])
        yield Link(*said), None if salt is None else Payload(salt, values)


def verify_everything(noted: Mapping[str, str] | None = None) -> Report:
    """Recompute all chains and heads, and let each room compare what it keeps itself.

    ``noted`` are heads that somebody wrote down elsewhere, day → hash.
    """
    verifier = Verifier(all_heads(), noted)
    for link, payload in all_links():
        verifier.add(link, payload)
    report = verifier.finish()
    for check in keepers.values():
        for fault in check():
            report.tell(*fault)
    return report


def check_everything() -> EvidenceCheck:
    """Verify everything, and keep what was found for the dashboard."""
    report = verify_everything()
    now = timezone.now()
    EvidenceCheck.objects.filter(checked_at__lt=now - CHECKS_KEPT).delete()
    return EvidenceCheck.objects.create(
        checked_at=now,
        events=report.events,
        chains=report.chains,
        heads=report.heads,
        found=report.found,
        faults=report.faults[:FAULTS_KEPT],
    )


def export_evidence(file: TextIO, *, with_values: bool = False) -> int:
    """Write heads and chains as JSON Lines for the stand-alone verifier; returns how many events.

    Chains name nobody. Values may: they are written only when asked for.
    """
    heads, count = all_heads(), 0
    _write_line(file, {"evidence": FORMAT, "exported_at": written_moment(timezone.now())})
    for head in heads:
        _write_line(file, {"head": head._asdict()})
    for link, payload in all_links():
        kept = {"payload": payload._asdict()} if with_values and payload else {}
        _write_line(file, {"event": link._asdict(), **kept})
        count += 1
    _write_line(file, {"end": {"events": count, "heads": len(heads)}})
    return count


def _write_line(file: TextIO, entry: dict[str, object]) -> None:
    file.write(json.dumps(entry, ensure_ascii=False, separators=(",", ":")) + "\n")
