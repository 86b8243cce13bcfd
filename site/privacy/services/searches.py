"""Finding one person without writing the person anywhere.

What staff type comes by POST. It is turned into blind indexes at once, and only those stay, in
the searcher's own session, under a key that says nothing. Addresses, logs and histories of
browsers hold the key; the session holds no name.
"""

import secrets
import time
from collections.abc import Mapping
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Q, QuerySet

from ..blind_index import address_index, name_index
from ..masking import mask_email, mask_name
from ..tokens import REFERENCE_ALPHABET, REFERENCE_LENGTH

Rows = QuerySet[Any, Any]

FOUND = "found"  # the key in the address of a list
SESSION_KEY = "person_searches"
KEPT_SECONDS = 30 * 60
KEPT_SEARCHES = 10


def remember_search(session: SessionBase, query: str) -> str:
    """Keep what a query finds, not the query; returns the key to it."""
    key = secrets.token_urlsafe(9)
    kept = {**_fresh(session), key: {**_conditions(query), "until": time.time() + KEPT_SECONDS}}
    session[SESSION_KEY] = dict(list(kept.items())[-KEPT_SEARCHES:])
    return key


def recall_search(session: SessionBase, key: str) -> Mapping[str, object] | None:
    """The search behind a key, until its half hour is over."""
    return _fresh(session).get(key)


def found_by(search: Mapping[str, object], rows: Rows, *, also: Q | None = None) -> Rows:
    """The rows that a remembered search is about, or that ``also`` finds.

    They have ``email_index``, ``name_index`` and ``reference``.
    """
    condition = also or Q(pk__in=[])
    if search["email"]:
        condition |= Q(email_index=bytes.fromhex(str(search["email"])))
    if name := name_sought(search):
        condition |= Q(name_index=name)
    if search["reference"]:
        condition |= Q(reference=search["reference"])
    return rows.filter(condition)


def name_sought(search: Mapping[str, object]) -> bytes:
    """The index of the name that was typed; empty where it was an address."""
    return bytes.fromhex(str(search["name"]))


def _fresh(session: SessionBase) -> dict[str, dict[str, object]]:
    now = time.time()
    return {key: kept for key, kept in session.get(SESSION_KEY, {}).items() if kept["until"] > now}


def _conditions(query: str) -> dict[str, object]:
    if "@" in query:
        index = address_index(query).hex()
        return {"email": index, "name": "", "reference": "", "shown": mask_email(query)}
    # A Latin name of eight letters can look like a reference, so both are tried.
    reference = _reference(query)
    index = name_index(query).hex()
    shown = reference or mask_name(query)
    return {"email": "", "name": index, "reference": reference, "shown": shown}


def _reference(query: str) -> str:
    signs = "".join(query.upper().replace("-", " ").split())
    if len(signs) != REFERENCE_LENGTH or not set(signs) <= set(REFERENCE_ALPHABET):
        return ""
    return f"{signs[:4]}-{signs[4:]}"
