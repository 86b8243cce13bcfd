"""What must hold, as ratios inside one run, and what is told beside it."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.contention import Sales
from benchmarks.measure import Results


@dataclass(frozen=True)
class Ratio:
    """A figure without a unit; with a bound it is a goal."""

    words: str
    value: float
    least: float | None = None
    most: float | None = None

    @property
    def is_goal(self) -> bool:
        return self.least is not None or self.most is not None

    @property
    def holds(self) -> bool:
        above = self.least is None or self.value >= self.least
        return above and (self.most is None or self.value <= self.most)

    def __str__(self) -> str:
        verdict = ("PASS" if self.holds else "FAIL") if self.is_goal else ""
        least = "" if self.least is None else f">= {self.least:g}"
        most = "" if self.most is None else f"<= {self.most:.3g}"
        return f"{verdict:<6}{self.value:8.2f}  {least or most:<9}{self.words}"


def of_signing(results: Results, counted: dict[str, float]) -> list[Ratio]:
    ratio = results.ratio
    return [
        Ratio(
            "server CPU of a signature to that of the same middleware and form without database",
            ratio("sign medium", "floor", "cpu_ms"),
            most=2.2,
        ),
        Ratio("statements of a signature", counted["statements"], most=1),
        Ratio("commits of a signature", counted["commits"], most=1),
        Ratio(
            "rate at the large petition to that on a site without signatures",
            ratio("sign large", "sign empty", "rate"),
            least=0.85,
        ),
        Ratio(
            "rate at the medium petition to that of ModelForm and COUNT(*)",
            ratio("sign medium", "naive medium", "rate"),
            least=8,
        ),
    ]


def of_orders(results: Results, counted: dict[str, float]) -> list[Ratio]:
    words = "of an order to that of a post whose form is only checked"
    names = {"free of charge": "order free", "to be paid": "order to be paid"}
    return [
        *(
            Ratio(f"rate {words}, {kind}", results.ratio(name, "form only", "rate"), least=0.25)
            for kind, name in names.items()
        ),
        *(
            Ratio(f"server CPU {words}, {kind}", results.ratio(name, "form only", "cpu_ms"))
            for kind, name in names.items()
        ),
        Ratio("statements of an order", counted["order statements"], most=8),
        Ratio("transactions in which an order is written", counted["order transactions"], most=1),
        Ratio("queries of a forum's page, first read", counted["event page queries"], most=10),
        Ratio("statements of marking an order as paid", counted["mark statements"], most=12),
    ]


def of_scans(results: Results, counted: dict[str, float]) -> list[Ratio]:
    return [
        Ratio("scans a second against 1,000 tickets", results.median("scan", "rate"), least=50),
        Ratio("statements of a scan", counted["scan statements"], most=6),
    ]


def of_contention(sales: Sales) -> list[Ratio]:
    return [
        Ratio("seats sold twice", sales.oversold, most=0),
        Ratio("seats left over or counted for nobody", sales.stranded, most=0),
        Ratio("rate of selling the last seats to SELECT FOR UPDATE", sales.faster, least=1.2),
    ]


def of_deposits(counted: dict[str, float]) -> list[Ratio]:
    words = f"seconds for {counted['deposits']:.0f} deposits and {counted['payments']:.0f} payments"
    return [
        Ratio(words, counted["seconds"], most=60),
        Ratio("of them processor time", counted["cpu_seconds"]),
        Ratio("payments left without their deposit", counted["missed"], most=0),
        Ratio("peak of memory to that of a tenth of the deposits", counted["growth"], most=2),
    ]


def of_reading(results: Results, _counted: dict[str, float]) -> list[Ratio]:
    return [*_of_count(results.ratio), *_of_page(results.ratio), *_of_article(results.ratio)]


def _of_count(ratio: Callable[[str, str, str], float]) -> list[Ratio]:
    return [
        Ratio(
            "server CPU of bare WSGI with the same bytes to that of count.json",
            ratio("count bare", "count large", "cpu_ms"),
        ),
        Ratio(
            "server CPU of Django's per-site cache to that of count.json",
            ratio("count per-site cache", "count large", "cpu_ms"),
        ),
        Ratio(
            "server CPU of reading the large petition's count to the small one's, uncached",
            ratio("count large uncached", "count small uncached", "cpu_ms"),
        ),
    ]


def _of_page(ratio: Callable[[str, str, str], float]) -> list[Ratio]:
    return [
        Ratio(
            "server CPU of bare WSGI with the same bytes to that of the page",
            ratio("page bare", "page", "cpu_ms"),
            least=0.85,
        ),
        Ratio(
            "server CPU of Django's per-site cache, shared by processes, to that of the page",
            ratio("page per-site cache", "page", "cpu_ms"),
            least=8,
        ),
        Ratio(
            "the same kept in this process alone, where nothing published elsewhere is seen",
            ratio("page local cache", "page", "cpu_ms"),
        ),
        Ratio("rate of the page to itself uncached", ratio("page", "page uncached", "rate")),
    ]


def _of_article(ratio: Callable[[str, str, str], float]) -> list[Ratio]:
    return [
        Ratio(
            "server CPU of an uncached article to that of a naive template",
            ratio("article uncached", "article naive", "cpu_ms"),
            most=1 / 3,
        ),
        Ratio(
            "server CPU of its first read after something was published to that of the same",
            ratio("article first read", "article naive", "cpu_ms"),
            most=1 / 3,
        ),
    ]


def of_cards(found: dict[str, float]) -> list[Ratio]:
    words = "to that of the event that pays an order"
    return [
        Ratio(
            "statements of a card event that pays an order, its transaction's own included",
            found["statements"],
            most=15,
        ),
        Ratio("of them in the costliest only", found["statements"] - found["fewest"], most=0),
        Ratio(f"time of the same event told again {words}", found["again to event"], most=0.8),
        Ratio(f"time of an event that is only taken note of {words}", found["noted to event"]),
        Ratio(
            "time of the event that pays an order to that of a transfer marked by hand",
            1 / found["by hand to event"],
            most=3,
        ),
    ]


def of_board(found: dict[str, dict[str, float]]) -> list[Ratio]:
    words = "of a board of 5,000 candidacies to that of one of 50"
    return [
        Ratio(f"server time {words}, narrowed", found["warm"]["ratio"], most=3),
        Ratio(f"server time {words}, first visit", found["first"]["ratio"], most=3),
        Ratio("thousands of bytes of its page", found["bytes"] / 1000, most=200),
    ]


def of_seals(found: dict[str, float]) -> list[Ratio]:
    return [
        Ratio(
            "time of sealing an agreement to that of typst and pyHanko alone",
            found["seal_ratio"],
            most=1.5,
        ),
        Ratio(
            "time of checking a file of 1 MB to that of pyHanko alone",
            found["check_ratio"],
            most=10,
        ),
    ]
