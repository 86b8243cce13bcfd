"""The words by which a deposit is known: 토론회홍길동. Banks print about seven letters."""

from django.db import connection

from privacy.blind_index import name_index

from ..models import ForumPage, Order

LETTERS = 7
SHORTEST_PREFIX = 2
NAMESAKE = (
    f"SELECT EXISTS (SELECT 1 FROM {Order._meta.db_table} "  # noqa: S608 (our own name)
    "WHERE forum_id = %s AND status = %s AND name_index = %s)"
)


def first_depositor_name(forum: ForumPage, name: str, phone: str) -> str:
    """What to write beside the transfer; with two digits while a namesake is to pay as well."""
    tail = phone[-2:]
    if tail and _has_namesake(forum, name):
        return depositor_name(forum.depositor_prefix, name, tail)
    return depositor_name(forum.depositor_prefix, name)


def depositor_name(whole: str, name: str, tail: str = "") -> str:
    """A forum's word before a name, as far as both fit; a long name stands alone."""
    letters = "".join(name.split())
    prefix = whole[: max(LETTERS - len(letters) - len(tail), 0)]
    fits = prefix == whole or len(prefix) >= SHORTEST_PREFIX
    return f"{prefix if fits else ''}{letters}{tail}"


def _has_namesake(forum: ForumPage, name: str) -> bool:
    """Asked before the order is written: a rare miss costs a look at two suggestions."""
    with connection.cursor() as cursor:
        cursor.execute(NAMESAKE, [forum.pk, Order.Status.WAITING.value, name_index(name)])
        return bool(cursor.fetchone()[0])
