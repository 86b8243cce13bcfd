"""What upper rooms tell this one: rows behind a digest, papers with a number."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .verifier import Fault

keepers: dict[str, Callable[[], Iterable[Fault]]] = {}


def register_keeper(subject_type: str, check: Callable[[], Iterable[Fault]]) -> None:
    """Have ``check`` compare the room's rows with its chains; it tells what is wrong."""
    keepers[subject_type] = check


@dataclass(frozen=True)
class Proof:
    """What a paper with a number says, as anybody may read it: no name but a masked one.

    ``holds`` is False for a paper that was given out and says what is not so any more.
    """

    title: object
    rows: Sequence[tuple[object, str]] = ()
    holds: bool = True
    note: object = ""


_provers: list[Callable[[str], Proof | None]] = []


def register_prover(prove: Callable[[str], Proof | None]) -> None:
    """Have ``prove`` asked for the paper behind a number; None means: not one of mine."""
    _provers.append(prove)


def find_proof(number: str) -> Proof | None:
    """What the paper with this number says, or None if nobody gave it out."""
    return next((proof for prove in _provers if (proof := prove(number))), None)


@dataclass(frozen=True)
class FileCheck:
    """Names of addresses: one that takes ``file`` and ``number``, one that explains the seal."""

    door: str
    why: str


_file_checks: list[FileCheck] = []


def register_file_check(door: str, *, why: str) -> None:
    """Have the page offer to check files at ``door``."""
    _file_checks.append(FileCheck(door, why))


def file_checks() -> tuple[FileCheck, ...]:
    """Where files are checked."""
    return tuple(_file_checks)
