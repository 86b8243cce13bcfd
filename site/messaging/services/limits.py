"""How much mail one key may cause: the sign form must not become a mail bomb."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from ..models import OutboxMessage

PER_DAY = 5
DAY = timedelta(days=1)
APART = timedelta(seconds=60)

Key = tuple[str, str]


class Limits:
    """At most five mails of one purpose and subject a day, and a minute between two.

    A mail that was asked for before another of its kind went out is answered by that one, since
    each is built from what is true when it is sent. Counts what is in flight and what was allowed
    before in this round.
    """

    def __init__(self, messages: Iterable[OutboxMessage], now: datetime) -> None:
        self.now = now
        self.sent: Counter[Key] = Counter()
        self.blocked_until: dict[Key, datetime] = {}
        self.in_flight: set[Key] = set()
        rows = [m for m in messages if m.state == OutboxMessage.State.PENDING]
        if rows:
            self._read(rows)

    def allow(self, message: OutboxMessage) -> bool:
        """Whether this mail may go; if so it counts for the ones after it."""
        key = (message.purpose, message.subject)
        if key in self.in_flight or self.sent[key] >= PER_DAY:
            return False
        blocked = self.blocked_until.get(key)
        if blocked and message.created_at < blocked:
            return False
        self.in_flight.add(key)
        return True

    def _read(self, rows: list[OutboxMessage]) -> None:
        subjects = {row.subject for row in rows}
        others = OutboxMessage.objects.filter(subject__in=subjects)
        recent = others.filter(sent_at__gte=self.now - DAY)
        for purpose, subject, asked, sent in recent.values_list(
            "purpose", "subject", "created_at", "sent_at"
        ):
            key = (purpose, subject)
            self.sent[key] += 1
            until = max(sent, asked + APART)
            self.blocked_until[key] = max(until, self.blocked_until.get(key, until))
        claimed = others.unfinished().filter(claimed_until__gte=self.now)
        self.in_flight.update(claimed.values_list("purpose", "subject"))
