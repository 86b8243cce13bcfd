"""When something public changes, one number rises and every process hears of it within a second."""

import threading
import time
import weakref
from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import F
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from .exceptions import DATABASE_AWAY
from .models import PublicVersion

POLL_SECONDS = 1.0
CAPACITY = 256

_lock = threading.Lock()
_seen = {"number": 0, "checked": float("-inf")}
_keepers: "weakref.WeakSet[UntilPublished]" = weakref.WeakSet()


def bump_public_version() -> None:
    """Tell every process, on commit, that public pages may have changed."""
    transaction.on_commit(_raise_number)


def _raise_number() -> None:
    if not PublicVersion.objects.filter(pk=1).update(number=F("number") + 1):
        PublicVersion.objects.get_or_create(pk=1, defaults={"number": 1})
    _seen["checked"] = float("-inf")


def recent_version(now: float) -> int | None:
    """The number if it was asked for within a second before ``now``; costs next to nothing."""
    return _seen["number"] if now - _seen["checked"] < POLL_SECONDS else None


def public_version() -> int:
    """The number as of at most a second ago; the last known one while the database is away.

    One thread asks; once a number is known, the others go on with it.
    """
    if time.monotonic() - _seen["checked"] < POLL_SECONDS:
        return _seen["number"]
    if _lock.acquire(blocking=not _seen["number"]):
        try:
            if time.monotonic() - _seen["checked"] >= POLL_SECONDS:
                _poll()
        finally:
            _lock.release()
    return _seen["number"]


def _poll() -> None:
    try:
        number = PublicVersion.objects.values_list("number", flat=True).filter(pk=1).first()
    except DATABASE_AWAY:
        if not connection.in_atomic_block:
            connection.close()
        number = _seen["number"]
    _seen.update(number=number or 0, checked=time.monotonic())


class UntilPublished:
    """Keeps what a function read from the database until something public changes.

    ``seconds`` bounds the age for values that also depend on the clock. While the database is
    away, what was read before is still given. "There is none" is not kept.
    """

    def __init__(self, read: Callable[..., object], *, seconds: float = 60.0) -> None:
        self.read = read
        self.seconds = seconds
        self.kept: dict[tuple[object, ...], tuple[int, float, object]] = {}
        _keepers.add(self)

    def __call__(self, *key: object) -> object:
        return self._kept(key, *key)

    def about(self, subject: object, *key: object) -> object:
        """What is read of ``subject``, kept under ``key``: for what is at hand already."""
        return self._kept(key, subject)

    def _kept(self, key: tuple[object, ...], *arguments: object) -> object:
        version = public_version()
        entry = self.kept.get(key)
        if entry and entry[0] == version and time.monotonic() - entry[1] < self.seconds:
            return entry[2]
        try:
            value = self.read(*arguments)
        except DATABASE_AWAY:
            if entry is None:
                raise
            return entry[2]
        if value is not None:
            self._keep(key, (version, time.monotonic(), value))
        return value

    def _keep(self, key: tuple[object, ...], entry: tuple[int, float, object]) -> None:
        if len(self.kept) >= CAPACITY:
            self.kept.clear()
        self.kept[key] = entry

    def forget(self) -> None:
        self.kept.clear()


def forget_everything() -> None:
    """Read all anew: the database under this process is another one than before."""
    _seen.update(number=0, checked=float("-inf"))
    for keeper in _keepers:
        keeper.forget()


def _on_public_change(**_kwargs: object) -> None:
    bump_public_version()


for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
    signal.connect(_on_public_change, dispatch_uid="home.publishing")


def watch_model(model: type) -> None:
    """Saving or deleting a row of ``model`` changes public pages."""
    uid = f"home.publishing.{model.__name__}"
    post_save.connect(_on_public_change, sender=model, dispatch_uid=uid)
    post_delete.connect(_on_public_change, sender=model, dispatch_uid=uid)
