"""Verifying an exported evidence file: ``python -m benchmarks.evidence --events 100000``.

The floor reads the same lines and hashes each once: less no verifier can do.
"""

import argparse
import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.goals import Ratio
from evidence.verifier import FORMAT, verify_file
from tests.factories.history import write_heads, write_links

EACH = 3  # Events of one chain.
DAYS = 30
SECONDS = 5.0
MOST = 6.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "evidence.jsonl"
        write_file(file, options.events)
        floor, took = best(lambda: read_once(file)), best(lambda: verify(file))
    seconds = Ratio(f"seconds for {options.events} events and {DAYS} heads", took, most=SECONDS)
    times = Ratio("time of the verifier to that of reading and hashing", took / floor, most=MOST)
    for ratio in (seconds, times):
        sys.stdout.write(f"{ratio}\n")
    return 0 if seconds.holds and times.holds else 1


def write_file(file: Path, events: int) -> None:
    links = write_links([str(number // EACH) for number in range(events)])
    heads = write_heads(links, [events * day // DAYS for day in range(1, DAYS + 1)])
    entries: list[object] = [{"evidence": FORMAT}, *({"head": head._asdict()} for head in heads)]
    entries += [{"event": link._asdict()} for link, _payload in links]
    entries.append({"end": {"events": events, "heads": len(heads)}})
    with file.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)


def read_once(file: Path) -> None:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            json.loads(line)
            hashlib.sha256(line.encode()).hexdigest()


def verify(file: Path) -> None:
    with file.open(encoding="utf-8") as lines:
        report = verify_file(lines)
    if not report.holds:
        raise RuntimeError(report.faults[0])


def best(run: Callable[[], None]) -> float:
    """The processor time of the quickest of three runs: others may be at work here."""
    times = []
    for _ in range(3):
        started = time.process_time()
        run()
        times.append(time.process_time() - started)
    return min(times)


if __name__ == "__main__":
    sys.exit(main())
