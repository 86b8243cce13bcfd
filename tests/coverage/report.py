"""Whether the tests reach the code: what each process noted, put together and weighed.

``python -m tests.coverage.report 'petitions/*'`` lists what a run of some tests left out there.
"""

import json
import os
import sys
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path

import slipcover
from slipcover.slipcover import add_summaries

ROOT = Path(__file__).resolve().parents[2]
NOTES = ROOT / "var/coverage"
SOURCES = ["home", "campaigns", "petitions", "site"]
# The last three run in processes of their own, started by their tests.
OMITTED = ["*/migrations/*", "*/config/run.py", "*/settings/dev.py", "*/settings/production.py"]
# Where a person's data, a refusal or a secret passes, every branch has a test.
CRITICAL = ["*/services*", "*/services/*", "*/gateways/*", "*/tokens.py", "*/forms.py"]
LEAST_PERCENT = 95


def notes() -> list[Path]:
    return sorted(NOTES.glob("*.json"))


def forget() -> None:
    for file in notes():
        file.unlink()


def keep(noted: dict) -> None:
    """Whole or not at all: a process can be killed while it writes."""
    NOTES.mkdir(parents=True, exist_ok=True)
    part = NOTES / f"{os.getpid()}.part"
    part.write_text(json.dumps(noted))
    part.rename(part.with_suffix(".json"))


def together(base: dict, every: Iterable[dict]) -> dict:
    """``base`` with all that at least one process reached."""
    for noted in every:
        slipcover.merge_coverage(base, noted)
    add_summaries(base)
    return base


def within(measured: dict, patterns: Iterable[str]) -> dict:
    files = measured["files"].items()
    chosen = {name: file for name, file in files if any(fnmatch(name, each) for each in patterns)}
    part = {"meta": measured["meta"], "files": chosen}
    add_summaries(part)
    return part


def shortfall(measured: dict) -> str:
    """What is wrong with it, in words; "" if nothing is."""
    critical = within(measured, CRITICAL)["summary"]
    missing = critical["missing_lines"] + critical["missing_branches"]
    percent = measured["summary"]["percent_covered"]
    if not critical["covered_lines"]:
        return "Nothing was measured."
    if missing:
        where = "\n".join(holes(within(measured, CRITICAL)))
        return (
            f"Critical: {missing} lines or branches without a test; every one needs one:\n{where}"
        )
    return (
        "" if percent >= LEAST_PERCENT else f"{percent:.2f} %; at least {LEAST_PERCENT} % is due."
    )


def holes(measured: dict) -> list[str]:
    """Per file with a gap, which lines and branches: the last thing a reader of a log still sees."""
    gaps = {
        name: [*file["missing_lines"], *("->".join(map(str, e)) for e in file["missing_branches"])]
        for name, file in measured["files"].items()
    }
    return [f"  {name}: {', '.join(map(str, gap))}" for name, gap in gaps.items() if gap]


def main(patterns: list[str]) -> int:
    code = slipcover.Slipcover(branch=True, source=SOURCES, omit=OMITTED).get_coverage()
    measured = together(code, (json.loads(file.read_text()) for file in notes()))
    chosen = within(measured, patterns or ["*"])
    slipcover.print_coverage(chosen, missing_width=60, skip_covered=True)
    found = "" if patterns else shortfall(measured)
    print(found or f"{chosen['summary']['percent_covered']:.2f} %")
    return 1 if found else 0


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
