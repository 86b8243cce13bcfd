"""Rooms that keep what stands behind a digest in rows of their own, filled when they start."""

from collections.abc import Callable, Iterable

from .verifier import Fault

keepers: dict[str, Callable[[], Iterable[Fault]]] = {}


def register_keeper(subject_type: str, check: Callable[[], Iterable[Fault]]) -> None:
    """Have ``check`` compare the room's rows with its chains; it tells what is wrong."""
    keepers[subject_type] = check
