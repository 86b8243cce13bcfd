"""Moves encrypted columns to the first key, online, in batches, interrupted as often as need be."""

import logging
from collections.abc import Iterator

from django.db import connection, models, transaction

from .encryption import DecryptionError, decrypt, encrypt, key_id_of, primary_key_id
from .fields import EncryptedTextField, encrypted_fields
from .registry import OtherCiphertexts, other_ciphertexts

__all__ = [
    "count_old",
    "count_old_others",
    "encrypted_fields",
    "rotate_field",
    "rotate_others",
]

logger = logging.getLogger(__name__)


def count_old(field: EncryptedTextField) -> int:
    """How many rows of the column are not under the first key."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {_table(field)} "  # noqa: S608 (our own names)
            f"WHERE {_column(field)} IS NOT NULL AND {_column(field)} NOT LIKE %s",
            [f"{primary_key_id()}:%"],
        )
        return int(cursor.fetchone()[0])


def rotate_field(field: EncryptedTextField, batch: int) -> Iterator[int]:
    """Encrypt the column's rows anew, in key order; yields the number done after each batch.

    A row that somebody changes at the same moment keeps the newer value, so two rotations may run
    at once. One that can't be read is logged and left as it is. Interrupted anywhere, a second run
    finds what is left.
    """
    last: object = None
    while rows := _next_rows(field, last, batch):
        last = rows[-1][0]
        with transaction.atomic():
            done = sum(_rotate_row(field, pk, sealed) for pk, sealed in rows)
        yield done


def _next_rows(field: EncryptedTextField, last: object, batch: int) -> list[tuple[object, str]]:
    key = connection.ops.quote_name(_model(field)._meta.pk.column)
    after = f"AND {key} > %s" if last is not None else ""
    parameters = [f"{primary_key_id()}:%", *([last] if last is not None else []), batch]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {_column(field)} FROM {_table(field)} "  # noqa: S608 (our own names)
            f"WHERE {_column(field)} IS NOT NULL AND {_column(field)} NOT LIKE %s {after} "
            f"ORDER BY {key} LIMIT %s",
            parameters,
        )
        return list(cursor.fetchall())


def _rotate_row(field: EncryptedTextField, pk: object, sealed: str) -> int:
    try:
        renewed = encrypt(field.purpose, decrypt(field.purpose, sealed))
    except DecryptionError as error:
        logger.error("%s of row %s: %s", field.purpose, pk, error)
        return 0
    key = connection.ops.quote_name(_model(field)._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {_table(field)} SET {_column(field)} = %s "  # noqa: S608 (our own names)
            f"WHERE {key} = %s AND {_column(field)} = %s",
            [renewed, pk, sealed],
        )
        return int(cursor.rowcount)


def _model(field: EncryptedTextField) -> type[models.Model]:
    return field.model


def _table(field: EncryptedTextField) -> str:
    return connection.ops.quote_name(_model(field)._meta.db_table)


def _column(field: EncryptedTextField) -> str:
    return connection.ops.quote_name(field.column)


def rotate_others() -> int:
    """The same for ciphertexts that stand elsewhere; returns how many were read."""
    return sum(
        _rotate_other(others, handle, sealed)
        for others in other_ciphertexts
        for handle, sealed in list(others.read())
        if key_id_of(sealed) != primary_key_id()
    )


def _rotate_other(others: OtherCiphertexts, handle: object, sealed: str) -> bool:
    try:
        renewed = encrypt(others.purpose, decrypt(others.purpose, sealed))
    except DecryptionError as error:
        logger.error("%s of %s: %s", others.purpose, handle, error)
        return False
    others.replace(handle, sealed, renewed)
    return True


def count_old_others() -> int:
    """How many of them are not under the first key."""
    return sum(
        key_id_of(sealed) != primary_key_id()
        for others in other_ciphertexts
        for _handle, sealed in others.read()
    )
