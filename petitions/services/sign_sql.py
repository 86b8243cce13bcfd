"""The write path of a signature in SQL: see performance notes in docs/architecture.md.

PostgreSQL: one data-modifying statement, one round trip, one commit. SQLite has no such
statement: the same inserts in one immediate transaction.
"""

import json
import secrets
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.utils import CursorWrapper
from psycopg.types.numeric import Int8

from messaging.models import OutboxMessage
from privacy.fields import EncryptedTextField
from privacy.models import ConsentRecord

from ..emails import SIGN_ATTEMPT, attempt_subject
from ..models import BlockedAddress, CountDelta, Signature

Consents = tuple[tuple[int, str, bool, str], ...]
Row = Mapping[str, Any]  # values by column

SIGNATURE_TABLE = Signature._meta.db_table
CONSENT_COLUMNS = "version_id, slug, choice, text_hash, subject, given_at, channel"
GIVEN_COLUMNS = ("version_id", "slug", "choice", "text_hash")
LAST_62_BITS = (1 << 62) - 1
OUTBOX_COLUMNS = "id, purpose, subject, bulk, state, attempts, created_at, next_attempt_at"


def make_id(moment: datetime) -> uuid.UUID:
    """A random UUID that begins with its moment (version 7, RFC 9562).

    Neighbours in time are neighbours in every index: a table of millions is written at one end.
    """
    milliseconds = int(moment.timestamp() * 1000)
    chance = secrets.randbits(74)
    return uuid.UUID(
        int=milliseconds << 80 | 7 << 76 | chance >> 62 << 64 | 2 << 62 | chance & LAST_62_BITS
    )


def insert_signature(row: Row, consents: Consents) -> None:
    """Insert the row unless its address signed here before or is blocked; write the outbox row.

    Consent records and the count's delta are written only with the signature itself.
    """
    if connection.features.has_select_for_update_skip_locked:
        _insert_in_one_statement(row, consents)
    else:
        _insert_in_one_transaction(row, consents)


def _insert_in_one_statement(row: Row, consents: Consents) -> None:
    parameters = {
        **_bound(row),
        "consents": _as_json(consents),
        "mail_id": make_id(row["created_at"]),
        "mail_subject": _subject(row),
    }
    with _prepared_cursor() as cursor:
        cursor.execute(_statement(tuple(row)), parameters)


def _bound(row: Row) -> dict[str, Any]:
    """The values for PostgreSQL: encrypted, and every number of one width.

    With a type as wide as its number, the same statement would be another one to be planned.
    """
    bound = {name: Int8(value) if type(value) is int else value for name, value in row.items()}
    for field in _encrypted_fields():
        bound[field.attname] = field.get_prep_value(row[field.attname])
    return bound


@cache
def _encrypted_fields() -> list[EncryptedTextField]:
    return [f for f in Signature._meta.concrete_fields if isinstance(f, EncryptedTextField)]


@lru_cache(maxsize=256)
def _as_json(consents: Consents) -> str:
    """Whoever chooses the same on the same form sends the same text."""
    return json.dumps([dict(zip(GIVEN_COLUMNS, consent, strict=True)) for consent in consents])


def _prepared_cursor() -> CursorWrapper:
    """A cursor whose statements PostgreSQL parses and plans once per connection.

    Django's own writes the values into the text, so that each signature's is planned anew. It
    serves where statements are recorded: a prepared one leaves no text behind.
    """
    database = connections[DEFAULT_DB_ALIAS]  # Each attribute of the proxy looks it up again.
    if database.queries_logged:
        return database.cursor()
    database.ensure_connection()
    cursor = psycopg.Cursor(database.connection)
    return database.make_cursor(cursor)  # type: ignore[arg-type]  # the stubs want it wrapped


def _insert_in_one_transaction(row: Row, consents: Consents) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_sqlite_signature(tuple(row)), _prepared(row))
        inserted = cursor.fetchone()
        if inserted:
            ConsentRecord.objects.bulk_create(
                ConsentRecord(
                    subject=row["public_id"],
                    version_id=version_id,
                    slug=slug,
                    choice=choice,
                    text_hash=text_hash,
                    given_at=row["created_at"],
                    channel=ConsentRecord.Channel.WEB,
                )
                for version_id, slug, choice, text_hash in consents
            )
        if inserted and row["status"] == Signature.Status.CONFIRMED:
            CountDelta.objects.create(
                petition_id=row["petition_id"], signature_id=inserted[0], change=1
            )
        OutboxMessage.objects.create(
            purpose=SIGN_ATTEMPT, subject=_subject(row), next_attempt_at=row["created_at"]
        )


def _subject(row: Row) -> str:
    return attempt_subject(row["petition_id"], row["email_index"])


def _prepared(row: Row) -> dict[str, Any]:
    """The values as SQLite's columns store them: encrypted, moments and ids as text."""
    fields = _fields()
    return {name: fields[name].get_db_prep_save(row[name], connection) for name in row}


@cache
def _fields() -> dict[str, Any]:
    return {field.attname: field for field in Signature._meta.concrete_fields}


def _insert_select(names: tuple[str, ...], place: Callable[[str], str]) -> str:
    """Insert one row unless the address is blocked or signed this petition before."""
    blocked = BlockedAddress._meta.db_table
    return (
        f"INSERT INTO {SIGNATURE_TABLE} ({', '.join(names)}) "  # noqa: S608 (our own names)
        f"SELECT {', '.join(map(place, names))} WHERE NOT EXISTS "
        f"(SELECT 1 FROM {blocked} WHERE email_index = {place('email_index')}) "
        "ON CONFLICT (petition_id, email_index) DO NOTHING RETURNING id, status"
    )


@cache
def _sqlite_signature(names: tuple[str, ...]) -> str:
    return _insert_select(names, "%({})s".format)


@cache
def _statement(names: tuple[str, ...]) -> str:
    insert = _insert_select(names, _typed_place)
    created_at = _typed_place("created_at")
    return (
        f"WITH new_signature AS ({insert}), "  # noqa: S608 (our own names)
        f"consents AS (INSERT INTO {ConsentRecord._meta.db_table} ({CONSENT_COLUMNS}) "
        f"SELECT given.*, s.public_id, s.created_at, '{ConsentRecord.Channel.WEB.value}' "
        "FROM new_signature s, json_to_recordset(%(consents)s::json) "
        "AS given(version_id bigint, slug text, choice boolean, text_hash text)), "
        f"counted AS (INSERT INTO {CountDelta._meta.db_table} (petition_id, signature_id, change) "
        "SELECT s.petition_id, s.id, 1 FROM new_signature s WHERE s.status = 'confirmed') "
        f"INSERT INTO {OutboxMessage._meta.db_table} ({OUTBOX_COLUMNS}) "
        f"VALUES (%(mail_id)s::uuid, '{SIGN_ATTEMPT}', %(mail_subject)s, false, "
        f"'{OutboxMessage.State.PENDING.value}', 0, {created_at}, {created_at})"
    ).replace("RETURNING id, status", "RETURNING id, petition_id, status, public_id, created_at")


def _typed_place(name: str) -> str:
    field = _fields()[name]
    kind = field.rel_db_type if field.is_relation else field.cast_db_type
    return f"%({name})s::{kind(connection)}"
