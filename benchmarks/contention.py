"""Selling the last seats: 32 buyers in four processes, against a row lock, in every round."""

import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median

import psycopg

from benchmarks.database import Database
from benchmarks.server import ROOT, SERVER_CORE, pin

SEATS, PROCESSES, THREADS = 500, 4, 8
OURS, LOCKED = "conditional", "locked"
HEAD_START = 0.2  # seconds until all begin
COUNTED = """
    SELECT pool.taken, (SELECT count(*) FROM forums_seat WHERE session_id = pool.session_id)
    FROM forums_seatpool pool JOIN wagtailcore_page page ON page.id = pool.forum_id
    WHERE page.slug = 'forum-sold'
"""
EMPTIED = """
    TRUNCATE forums_order, messaging_outboxmessage CASCADE;
    UPDATE forums_seatpool SET taken = 0;
    UPDATE forums_seatpool pool SET capacity = {seats} FROM wagtailcore_page page
    WHERE page.id = pool.forum_id AND page.slug = 'forum-sold';
"""


@dataclass
class Sales:
    """All rounds: seats too many and too few, and orders per second of each way."""

    oversold: int = 0
    stranded: int = 0
    rates: dict[str, list[float]] = field(default_factory=lambda: {OURS: [], LOCKED: []})

    def median_rate(self, way: str) -> float:
        return median(self.rates[way])

    @property
    def faster(self) -> float:
        """By how much, round by round: the median."""
        pairs = zip(self.rates[OURS], self.rates[LOCKED], strict=True)
        return median(ours / locked for ours, locked in pairs)


def sell_out(database: Database, rounds: int, seats: int = SEATS) -> Sales:
    """Sell all seats as often as there are rounds."""
    sales = Sales()
    with ExitStack() as resources:
        crowds = [resources.enter_context(_crowd(database)) for _ in range(PROCESSES)]
        _sell(database, crowds, OURS, seats)  # Reads the forum, opens connections.
        for number in range(rounds):
            for way in (OURS, LOCKED) if number % 2 == 0 else (LOCKED, OURS):
                rate, taken, held = _sell(database, crowds, way, seats)
                sales.rates[way].append(rate)
                if way == OURS:
                    sales.oversold += max(held - seats, 0)
                    sales.stranded += abs(taken - held) + max(seats - held, 0)
        for crowd in crowds:
            assert crowd.stdin is not None
            crowd.stdin.close()
    return sales


def _crowd(database: Database) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.buyers"],
        cwd=ROOT,
        env=database.environment | {"BUYERS": str(THREADS)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: pin(SERVER_CORE),
    )


def _sell(
    database: Database, crowds: "list[subprocess.Popen[str]]", way: str, seats: int
) -> tuple[float, int, int]:
    """Orders per second, from the first one's start to the last one's end; what there is then."""
    with psycopg.connect(database.address, autocommit=True) as connection:
        connection.execute(EMPTIED.format(seats=seats))
        begin = time.time() + HEAD_START
        for crowd in crowds:
            assert crowd.stdin is not None
            crowd.stdin.write(f"{way} {begin}\n")
            crowd.stdin.flush()
        said = [_answer(crowd) for crowd in crowds]
        taken, held = connection.execute(COUNTED).fetchone()
    sold = sum(int(number) for number, _begun, _ended in said)
    begun = min(float(moment) for _number, moment, _ended in said)
    return sold / (max(float(moment) for *_rest, moment in said) - begun), taken, held


def _answer(crowd: "subprocess.Popen[str]") -> list[str]:
    assert crowd.stdout is not None
    line = crowd.stdout.readline()
    if not line:
        raise RuntimeError("Some who wanted a seat are gone.")
    return line.split()
