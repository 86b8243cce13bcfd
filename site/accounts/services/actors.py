"""Who is at work while something is recorded, and why.

Rights change in many places, Wagtail's own forms among them, that can't be handed a user. So the
middleware says for the length of a request who asked; outside one it is the system.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

SYSTEM = "system"

_actor: ContextVar[Callable[[], str]] = ContextVar("actor", default=lambda: SYSTEM)
_reason: ContextVar[str] = ContextVar("reason", default="")


def current_actor() -> str:
    """The number of the account at work, or the name of what works by itself."""
    return _actor.get()()


def current_reason() -> str:
    return _reason.get()


@contextmanager
def acting(actor: Callable[[], str]) -> Iterator[None]:
    """While this lasts, ``actor`` is asked who it was; only when something is recorded."""
    token = _actor.set(actor)
    try:
        yield
    finally:
        _actor.reset(token)


@contextmanager
def because(reason: str) -> Iterator[None]:
    """What is recorded while this lasts has this reason."""
    token = _reason.set(reason)
    try:
        yield
    finally:
        _reason.reset(token)
