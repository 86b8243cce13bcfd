"""``make bench``: measure signing, reading and paying on PostgreSQL; say whether the goals hold.

``python -m benchmarks.run --only sign --rounds 9`` measures one group, more thoroughly.
"""

import argparse
import json
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

from benchmarks import goals, requests
from benchmarks.cards import SECRET
from benchmarks.contention import LOCKED, OURS, PROCESSES, SEATS, THREADS, sell_out
from benchmarks.database import Database, keep_still, make_durable, pin_server
from benchmarks.measure import Contender, Results, run_rounds
from benchmarks.server import OTHER_CORE, Server, pin, serve
from benchmarks.shared_cache import shared_cache
from tests.database.server import private_server
from tests.machine import install_missing

GROUPS = ("sign", "order", "read", "door", "contention", "deposits", "cards", "board", "seals")
RATIOS = {"sign": goals.of_signing, "order": goals.of_orders, "read": goals.of_reading}
RATIOS["door"] = goals.of_scans
CAMPAIGN = "/campaigns/basic-act"
ARTICLE = "article"  # As in benchmarks.article, which needs Django's registry.


def main() -> int:
    options = read_options()
    signal.signal(signal.SIGTERM, stop)
    install_missing()
    chosen = options.only or GROUPS
    with ExitStack() as resources:
        empty, full = prepare(resources, options.signatures)
        cache = {"PER_SITE_CACHE": resources.enter_context(shared_cache())}
        counted = json.loads(empty.run("benchmarks.statements", **cache))
        make_durable(empty)
        pin_server(empty)
        pin(OTHER_CORE)
        # Tickets are made before anything is measured.
        phone = json.loads(empty.run("benchmarks.door", **cache)) if "door" in chosen else {}
        counted |= {"scan statements": phone.get("statements", 0)}
        results = compare(chosen, empty, full, cache, phone, options)
        ratios = [
            ratio
            for group in chosen
            if group in RATIOS
            for ratio in RATIOS[group](results, counted)
        ]
        ratios += sell(empty, options) if "contention" in chosen else []
        ratios += read_statement(empty, options) if "deposits" in chosen else []
        ratios += hear_cards(empty, options) if "cards" in chosen else []
        ratios += read_board(empty, options) if "board" in chosen else []
        ratios += check_seals(empty, options) if "seals" in chosen else []
    report(results, ratios)
    return 0 if options.quick or all(ratio.holds for ratio in ratios) else 1


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=GROUPS, action="append", help="measure only this group")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each turn in a round")
    parser.add_argument("--signatures", type=int, default=1_000_000, help="of the large petition")
    parser.add_argument("--sales", type=int, default=100, help="how often all seats are sold")
    parser.add_argument("--deposits", type=int, default=30_000, help="in the bank's file")
    parser.add_argument("--candidacies", type=int, default=5_000, help="on the large board")
    parser.add_argument("--quick", action="store_true", help="only see that all of it works")
    options = parser.parse_args()
    options.seats = SEATS
    if options.quick:
        options.rounds, options.seconds, options.signatures = 1, 0.2, 2_000
        options.sales, options.seats, options.deposits = 1, 40, 300
        options.candidacies = 100
    return options


def compare(
    chosen: Sequence[str],
    empty: Database,
    full: Database,
    cache: dict[str, str],
    phone: dict[str, Any],
    options: argparse.Namespace,
) -> Results:
    """What several contenders are asked over HTTP, in turns."""
    with ExitStack() as resources:
        servers = [
            resources.enter_context(serve(site.environment | cache)) for site in (empty, full)
        ]
        contenders = {
            "sign": lambda: signers(*servers),
            "order": lambda: buyers(servers[0]),
            "read": lambda: readers(servers[1]),
            "door": lambda: scanners(servers[0], phone),
        }
        groups = [contenders[name]() for name in chosen if name in contenders]
        return run_rounds(groups, rounds=options.rounds, seconds=options.seconds, say=say)


def sell(database: Database, options: argparse.Namespace) -> list[goals.Ratio]:
    say(f"  {options.sales} times {options.seats} seats are sold to {PROCESSES * THREADS} buyers")
    sales = sell_out(database, options.sales, options.seats)
    for way in (OURS, LOCKED):
        say(f"    {way:<12}{sales.median_rate(way):>8,.0f} orders/s")
    return goals.of_contention(sales)


def read_statement(database: Database, options: argparse.Namespace) -> list[goals.Ratio]:
    say(f"  a bank's file of {options.deposits:,} deposits is read")
    return goals.of_deposits(
        json.loads(database.run("benchmarks.deposits", DEPOSITS=str(options.deposits)))
    )


def hear_cards(database: Database, options: argparse.Namespace) -> list[goals.Ratio]:
    say("  events of a card company are heard, beside transfers marked by hand")
    key = {"STRIPE_SECRET_KEY": "sk_test_bench", "STRIPE_WEBHOOK_SECRET": SECRET}
    found = json.loads(database.run("benchmarks.cards", ROUNDS=str(options.rounds * 6), **key))
    say(f"    {'event':<12}{found['event_ms']:>8.1f} ms")
    return goals.of_cards(found)


def read_board(database: Database, options: argparse.Namespace) -> list[goals.Ratio]:
    say(f"  boards of 50 and of {options.candidacies:,} candidacies are read")
    many = {"FEW": "50", "MANY": str(options.candidacies), "ROUNDS": str(options.rounds * 3)}
    found = json.loads(database.run("benchmarks.board", **many))
    for way in ("warm", "first"):
        say(f"    {way:<12}{found[way]['few_ms']:>8.1f} ms{found[way]['many_ms']:>8.1f} ms")
    return goals.of_board(found)


def check_seals(database: Database, options: argparse.Namespace) -> list[goals.Ratio]:
    say("  agreements are sealed, a changed file is checked")
    found = json.loads(database.run("benchmarks.sealing", ROUNDS=str(options.rounds)))
    for what in ("seal", "check"):
        say(f"    {what:<12}{found[f'{what}_seconds'] * 1000:>8.0f} ms")
    return goals.of_seals(found)


def prepare(resources: ExitStack, signatures: int) -> tuple[Database, Database]:
    """A server of our own with a site nobody signed yet, and its copy with signatures."""
    started = time.monotonic()
    sizes = {"small": signatures // 100, "medium": signatures // 10, "large": signatures}
    say("Preparing: " + ", ".join(f"{slug} {rows:,}" for slug, rows in sizes.items()))
    empty = Database(resources.enter_context(private_server()))
    keep_still(empty)
    empty.run("benchmarks.pages")
    full = empty.make_copy("full")
    full.fill(sizes)
    say(f"  took {time.monotonic() - started:.0f} s")
    return empty, full


def signers(empty: Server, full: Server) -> list[Contender]:
    def signer(name: str, server: Server, slug: str, way: str = "") -> Contender:
        page = f"{CAMPAIGN}/{slug}/"
        make_request = requests.sign(f"{way}{page}sign/", server.get(page))
        return Contender(name, server, make_request, status=303)

    return [
        signer("floor", full, "medium", "/floor"),
        signer("sign medium", full, "medium"),
        signer("sign large", full, "large"),
        signer("sign empty", empty, "empty"),
        signer("naive medium", full, "medium", "/naive"),
    ]


def buyers(server: Server) -> list[Contender]:
    def buyer(name: str, forum: str, way: str = "") -> Contender:
        path = f"/{forum}/apply/"
        make_request = requests.register(f"{way}{path}", server.get(path))
        return Contender(name, server, make_request, status=303)

    return [
        buyer("form only", "forum-paid", "/floor"),
        buyer("order free", "forum-free"),
        buyer("order to be paid", "forum-paid"),
    ]


def scanners(server: Server, phone: dict[str, Any]) -> list[Contender]:
    """A phone at the door: every code once, then all of them again."""
    return [Contender("scan", server, requests.scan("/door/", phone))]


def readers(server: Server) -> list[Contender]:
    def reader(name: str, path: str, way: str = "") -> Contender:
        return Contender(name, server, requests.get(f"{way}{CAMPAIGN}/{path}"))

    return [
        reader("count large", "large/count.json"),
        reader("count bare", "large/count.json", "/bare"),
        reader("count per-site cache", "large/count.json", "/per-site-cache"),
        reader("count large uncached", "large/count.json", "/no-page-cache"),
        reader("count small uncached", "small/count.json", "/no-page-cache"),
        reader("page", "large/"),
        reader("page bare", "large/", "/bare"),
        reader("page per-site cache", "large/", "/per-site-cache"),
        reader("page local cache", "large/", "/local-cache"),
        reader("page uncached", "large/", "/no-page-cache"),
        Contender("article uncached", server, requests.get(f"/no-page-cache/{ARTICLE}/")),
        Contender("article first read", server, requests.get(f"/first-read/{ARTICLE}/")),
        Contender("article naive", server, requests.get(f"/no-page-cache/naive/{ARTICLE}/")),
    ]


def report(results: Results, ratios: list[goals.Ratio]) -> None:
    say(f"\n{'medians':<26}{'requests/s':>12}{'CPU ms':>10}{'p50 ms':>10}{'p99 ms':>10}")
    for name in results.turns:
        rate, *times = (
            results.median(name, figure) for figure in ("rate", "cpu_ms", "p50_ms", "p99_ms")
        )
        say(f"{name:<26}{rate:>12,.0f}" + "".join(f"{value:>10.3g}" for value in times))
    say("\nratios, each the median of the rounds' own")
    for ratio in ratios:
        say(str(ratio))


def stop(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 (this is the report)


if __name__ == "__main__":
    sys.exit(main())
