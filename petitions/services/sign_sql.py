"""The write path of a signature in SQL: see performance notes in docs/architecture.md.

PostgreSQL: one data-modifying statement, one round trip, one commit. SQLite has no such
statement: the same inserts in one immediate transaction.
"""

import json
import secrets
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import psycopg
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from messaging.models import OutboxMessage
from privacy.models import ConsentRecord

from ..emails import SIGN_ATTEMPT, attempt_subject
from ..models import BlockedAddress, CountDelta, Signature

Consents = Sequence[tuple[int, str, bool, str]]
Row = Mapping[str, Any]  # values by column

SIGNATURE_TABLE = Signature._meta.db_table
CONSENT_COLUMNS = "version_id, slug, choice, text_hash, subject, given_at, channel"
GIVEN_COLUMNS = ("version_id", "slug", "choice", "text_hash")
OUTBOX_COLUMNS = "id, purpose, subject, bulk, state, attempts, created_at, next_attempt_at"


def make_id(moment: datetime) -> uuid.UUID:
    """A random UUID that begins with its moment (version 7, RFC 9562).

    Neighbours in time are neighbours in every index: a table of millions is written at one end.
    """
    milliseconds = int(moment.timestamp() * 1000)
    return uuid.UUID(
        int=milliseconds << 80
        | 7 << 76
        | secrets.randbits(12) << 64
        | 2 << 62
        | secrets.randbits(62)
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
    parameters = [
        *_prepared(row),
        row["email_index"],
        json.dumps([dict(zip(GIVEN_COLUMNS, consent, strict=True)) for consent in consents]),
        *_outbox_parameters(row),
    ]
    with _prepared_cursor() as cursor:
        cursor.execute(_statement(tuple(row)), parameters)


def _prepared_cursor() -> CursorWrapper:
    """A cursor whose statements PostgreSQL parses and plans once per connection.

    Django's own writes the values into the text, so that each signature's is planned anew. It
    serves where statements are recorded: a prepared one leaves no text behind.
    """
    if connection.queries_logged:
        return connection.cursor()
    connection.ensure_connection()
    cursor = psycopg.Cursor(connection.connection)
    return connection.make_cursor(cursor)  # type: ignore[arg-type]  # the stubs want it wrapped


def _insert_in_one_transaction(row: Row, consents: Consents) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_sqlite_signature(tuple(row)), [*_prepared(row), row["email_index"]])
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


def _prepared(row: Row) -> list[Any]:
    """The values as the columns store them: encrypted, adapted to the database."""
    return [field.get_db_prep_save(row[name], connection) for name, field in _fields(tuple(row))]


@cache
def _fields(names: tuple[str, ...]) -> list[tuple[str, Any]]:
    fields = {field.attname: field for field in Signature._meta.concrete_fields}
    return [(name, fields[name]) for name in names]


def _insert_select(names: tuple[str, ...]) -> str:
    """Insert one row unless the address is blocked or signed this petition before."""
    blocked = BlockedAddress._meta.db_table
    places = ", ".join(["%s"] * len(names))
    return (
        f"INSERT INTO {SIGNATURE_TABLE} ({', '.join(names)}) "  # noqa: S608 (our own names)
        f"SELECT {places} WHERE NOT EXISTS "
        f"(SELECT 1 FROM {blocked} WHERE email_index = %s) "
        "ON CONFLICT (petition_id, email_index) DO NOTHING RETURNING id, status"
    )


@cache
def _sqlite_signature(names: tuple[str, ...]) -> str:
    return _insert_select(names)


@cache
def _statement(names: tuple[str, ...]) -> str:
    casts = ", ".join(f"%s::{_cast(name)}" for name in names)
    insert = _insert_select(names).replace(", ".join(["%s"] * len(names)), casts, 1)
    return (
        f"WITH new_signature AS ({insert}), "  # noqa: S608 (our own names)
        f"consents AS (INSERT INTO {ConsentRecord._meta.db_table} ({CONSENT_COLUMNS}) "
        f"SELECT given.*, s.public_id, s.created_at, '{ConsentRecord.Channel.WEB.value}' "
        "FROM new_signature s, json_to_recordset(%s::json) "
        "AS given(version_id bigint, slug text, choice boolean, text_hash text)), "
        f"counted AS (INSERT INTO {CountDelta._meta.db_table} (petition_id, signature_id, change) "
        "SELECT s.petition_id, s.id, 1 FROM new_signature s WHERE s.status = 'confirmed') "
        f"INSERT INTO {OutboxMessage._meta.db_table} ({OUTBOX_COLUMNS}) "
        "VALUES (%s::uuid, %s, %s, %s, %s, %s, %s, %s)"
    ).replace("RETURNING id, status", "RETURNING id, petition_id, status, public_id, created_at")


@cache
def _cast(name: str) -> str:
    [(_, field)] = _fields((name,))
    return str(
        field.rel_db_type(connection) if field.is_relation else field.cast_db_type(connection)
    )


def _outbox_parameters(row: Row) -> list[Any]:
    now = row["created_at"]
    state = OutboxMessage.State.PENDING.value
    return [make_id(now), SIGN_ATTEMPT, _subject(row), False, state, 0, now, now]
