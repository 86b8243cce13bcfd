"""A tool for tests that keeps payments: what a law wants kept of them for five years."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from rights.registry import (
    TRADE_PAYMENTS,
    ApartRow,
    Basis,
    Clock,
    DataSet,
    DueRow,
    Erasure,
    Fact,
    Holding,
    NotTheirsError,
    register_data_set,
    register_rule,
    sets,
)
from rights.services import set_apart
from tests.factories.rights import make_rule

NAME = "tests.payments"
SERVED = timedelta(days=90)  # So long after the forum its payments are in daily use.


@dataclass
class Payment:
    key: str
    address: str
    payer: str = "남궁바다"
    paid_on: date = date(2026, 11, 2)
    forum: str = "forum-1"
    forum_ended_at: datetime = field(default_factory=timezone.now)
    is_apart: bool = False

    @property
    def facts(self):
        return [Fact("payer", "입금자명", self.payer), Fact("amount", "금액", "20,000원")]


class Payments:
    """The tool: its rows, its data set, its rule."""

    def __init__(self):
        self.rows: dict[str, Payment] = {}
        self.data_set = DataSet(
            name=NAME,
            label="참가비 결제",
            purpose="참가비 확인과 환불",
            items="입금자명, 금액, 입금일",
            basis=Basis.CONTRACT,
            people="참가자",
            find=self.find,
            erase=self.erase,
            members=lambda _after, _limit: [],
            kept_by_law=TRADE_PAYMENTS,
            set_apart=self.set_apart,
        )
        clock = Clock(self.due, self.destroy, lambda _end: [], lambda _scopes: {"forum-1": "포럼"})
        self.rule = make_rule(clock, name="tests.payments_served", data_set=NAME)

    def pay(self, key, address, **values):
        self.rows[key] = Payment(key, address, **values)
        return self.rows[key]

    def in_use(self):
        return [row for row in self.rows.values() if not row.is_apart]

    def find(self, address):
        return [self._holding(row) for row in self.in_use() if row.address == address]

    def _holding(self, row):
        return Holding(
            key=row.key,
            title="2026 사회연대경제 포럼 참가비",
            since=row.forum_ended_at,
            facts=row.facts,
            erasure=Erasure.KEPT_BY_LAW,
            law_counts_from=row.paid_on,
        )

    def erase(self, _address, _key):
        raise AssertionError("A law keeps it.")

    def set_apart(self, address, key):
        row = self.rows.get(key)
        if row is None or row.address != address:
            raise NotTheirsError
        if row.forum_ended_at <= timezone.now():
            self._hand_over([row])

    def due(self, moment, *, held, after, limit):
        rows = [row for row in self.in_use() if row.forum_ended_at + SERVED < moment]
        return [self._due_row(row) for row in rows if row.forum not in held][:limit]

    def destroy(self, keys, _moment):
        rows = [self.rows[key] for key in keys]
        self._hand_over(rows)
        return [self._due_row(row) for row in rows]

    def _due_row(self, row):
        return DueRow(row.key, row.forum_ended_at + SERVED, row.forum, row.key)

    def _hand_over(self, rows):
        set_apart(NAME, [self._apart(row) for row in rows])
        for row in rows:
            row.is_apart, row.payer = True, ""

    def _apart(self, row):
        return ApartRow(
            key=row.key,
            reference=f"P-{row.key}",
            title="2026 사회연대경제 포럼 참가비",
            facts=row.facts,
            since=row.forum_ended_at,
            counted_from=row.paid_on,
            address=row.address,
            scope=row.forum,
        )


@contextmanager
def registered_payments():
    """The tool as long as it is known to the site."""
    tool = Payments()
    register_data_set(tool.data_set)
    register_rule(tool.rule)
    try:
        yield tool
    finally:
        del sets._data_sets[tool.data_set.name]
        del sets._rules[tool.rule.name]
