"""Interleaved rounds of contenders, and the medians and ratios that are read from them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from benchmarks.client import drive
from benchmarks.server import Server

CONNECTIONS = 8
SETTLE = 0.25  # of a turn, before it is measured


@dataclass(frozen=True)
class Contender:
    """Something to ask a server for, again and again."""

    name: str
    server: Server
    make_request: Callable[[], bytes]
    status: int = 200


@dataclass(frozen=True)
class Turn:
    """What one contender did in one round."""

    rate: float
    cpu_ms: float
    p50_ms: float
    p99_ms: float


class Results:
    """All turns, by the contender's name."""

    def __init__(self) -> None:
        self.turns: dict[str, list[Turn]] = {}

    def add(self, name: str, turn: Turn) -> None:
        self.turns.setdefault(name, []).append(turn)

    def median(self, name: str, figure: str) -> float:
        return median(getattr(turn, figure) for turn in self.turns[name])

    def ratio(self, name: str, other: str, figure: str) -> float:
        """The median of the ratios in each round: what slows a whole round leaves it alone."""
        pairs = zip(self.turns[name], self.turns[other], strict=True)
        return median(getattr(a, figure) / getattr(b, figure) for a, b in pairs)


def run_rounds(
    groups: Iterable[Sequence[Contender]],
    *,
    rounds: int,
    seconds: float,
    say: Callable[[str], None],
) -> Results:
    """Give every contender a turn in each round; each second round goes backwards."""
    results = Results()
    for group in groups:
        for number in range(rounds):
            say(f"  round {number + 1} of {rounds}: {', '.join(c.name for c in group)}")
            for contender in group if number % 2 == 0 else reversed(group):
                results.add(contender.name, take_turn(contender, seconds))
    return results


def take_turn(contender: Contender, seconds: float) -> Turn:
    server = contender.server

    def load(duration: float):
        return drive(
            server.port,
            contender.make_request,
            contender.status,
            seconds=duration,
            connections=CONNECTIONS,
        )

    load(seconds * SETTLE)
    before = server.cpu_seconds()
    measured = load(seconds)
    used = server.cpu_seconds() - before
    percentiles = quantiles(measured.waits, n=100, method="inclusive")
    return Turn(
        rate=measured.answers / measured.seconds,
        cpu_ms=used * 1000 / measured.answers,
        p50_ms=percentiles[49] * 1000,
        p99_ms=percentiles[98] * 1000,
    )
