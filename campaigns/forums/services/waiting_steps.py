"""What happened on a waiting list, on the chains of its entries. Nobody's name is among it."""

from collections.abc import Iterable

from evidence.services import Noted, note_events

from ..models import WaitingEntry
from .steps import OWNER

WAITING_SUBJECT = "forums.waiting"
SITE = "site"

__all__ = ["OWNER", "SITE", "WAITING_SUBJECT", "note_steps"]


def note_steps(
    entries: Iterable[WaitingEntry],
    kind: str,
    actor: str,
    values: dict[str, object] | None = None,
) -> None:
    """Have a step written down on the chains of entries, in the caller's transaction."""
    steps = [_step(entry, kind, actor, values or {}) for entry in entries]
    if steps:
        note_events(WAITING_SUBJECT, steps)


def _step(entry: WaitingEntry, kind: str, actor: str, values: dict[str, object]) -> Noted:
    told: dict[str, object] = {"people": entry.people, **values}
    if kind == "seat_offered" and entry.offer_until:
        told["until"] = entry.offer_until.isoformat()
    return Noted(str(entry.public_id), kind, actor, told)
