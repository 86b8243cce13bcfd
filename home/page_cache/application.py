import threading
import time
from dataclasses import replace

from django.db import connection

from ..publishing import public_version, recent_version
from .entries import Entry, is_storable, make_entry
from .keys import Key, cache_key

CAPACITY = 512


class PageCache:
    """WSGI application around Django's."""

    def __init__(self, application):
        self.application = application
        self.entries: dict[Key, Entry] = {}
        self.building: dict[Key, threading.Lock] = {}
        self.storing = threading.Lock()

    def __call__(self, environ, start_response):
        key = cache_key(environ)
        if key is None:
            return self.application(environ, start_response)
        now = time.monotonic()
        version = recent_version(now)
        if version is None:
            version = self._version()
        entry = self.entries.get(key)
        if entry and entry.is_fresh(version, now):
            return entry.answer(environ, start_response)
        return self._build(key, version, environ, start_response)

    @staticmethod
    def _version() -> int:
        """Asks the database, once a second; only then is there a connection to be closed."""
        try:
            return public_version()
        finally:
            if not connection.in_atomic_block:
                connection.close()

    def _build(self, key, version, environ, start_response):
        """One thread builds. Others get what was there of this version, or wait for that build.

        An answer that can't be stored is waited for once; then everybody asks for their own.
        """
        mine = threading.Lock()
        with mine:
            lock = self.building.setdefault(key, mine)
            if lock is mine:
                try:
                    return self._pass_on(key, version, environ, start_response)
                finally:
                    del self.building[key]
        stale = self.entries.get(key)
        if stale is None or stale.version < version:
            with lock:
                stale = self.entries.get(key)
        if stale and stale.version >= version:
            return stale.answer(environ, start_response)
        return self._pass_on(key, version, environ, start_response)

    def _pass_on(self, key, version, environ, start_response):
        heard = {}

        def listen(status, headers, exc_info=None):
            heard.update(status=status, headers=headers)

        is_head = environ["REQUEST_METHOD"] == "HEAD"
        chunks = self.application({**environ, "REQUEST_METHOD": "GET", "QUERY_STRING": ""}, listen)
        if is_storable(heard["status"], heard["headers"]):
            entry = make_entry(version, heard["status"], heard["headers"], read_all(chunks))
            return self._keep(key, entry).answer(environ, start_response)
        stale = self.entries.get(key)
        if stale and heard["status"].startswith("5"):
            read_all(chunks)
            entry = self._keep(key, replace(stale, made=time.monotonic()))
            return entry.answer(environ, start_response)
        start_response(heard["status"], heard["headers"])
        return [read_all(chunks)[:0]] if is_head else chunks

    def _keep(self, key, entry):
        with self.storing:
            self.entries.pop(key, None)
            if len(self.entries) >= CAPACITY:
                del self.entries[next(iter(self.entries))]
            self.entries[key] = entry
        return entry


def read_all(chunks) -> bytes:
    try:
        return b"".join(chunks)
    finally:
        getattr(chunks, "close", lambda: None)()
