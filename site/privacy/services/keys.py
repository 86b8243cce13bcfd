"""Whether the keys that made what stands in the database are here."""

import logging

from django.conf import settings
from django.db import Error, connection, transaction
from django.utils.translation import gettext as _

from ..blind_index import index_key_id
from ..encryption import field_key_ids, key_id_of, primary_key_id
from ..exceptions import KeysMissingError
from ..fields import encrypted_fields
from ..models import KeyInUse
from ..registry import OtherCiphertexts, other_ciphertexts

logger = logging.getLogger(__name__)

Kind = KeyInUse.Kind

# What this process found when it started. Keys come with the environment: they change at a start.
_missing: list[str] = []


def check_keys() -> None:
    """Refuse with KeysMissingError unless every key is here, and note those that are used now.

    To be called by each process that serves before it does. With ALLOW_MISSING_FIELD_KEYS it goes
    on: what can't be read is shown as such. A database that is away says nothing about keys.
    """
    try:
        used = set(KeyInUse.objects.values_list("kind", "key_id"))
    except Error:
        logger.warning("The keys could not be checked: the database is away or not migrated.")
        return
    _missing[:] = _not_here(used)
    if _missing and not settings.ALLOW_MISSING_FIELD_KEYS:
        raise KeysMissingError(
            _(
                "Keys are missing: %(keys)s. Without them personal data can't be read. Bring them "
                "back (manage.py restore_keys, or the variable), or start without them: "
                "ALLOW_MISSING_FIELD_KEYS=1."
            )
            % {"keys": ", ".join(_missing)}
        )
    _note({(Kind.FIELD, primary_key_id()), (Kind.INDEX, index_key_id())} - used)


def missing_keys() -> list[str]:
    """The keys that were missing when this process started, for people to read."""
    return list(_missing)


def note_first_keys() -> None:
    """Once, note the keys of what is in the database already; reads every encrypted column."""
    if not KeyInUse.objects.exists():
        _note({(Kind.FIELD, key_id) for key_id in _key_ids_of_values()})


def forget_unused_keys() -> None:
    """Forget field keys under which nothing is any more; reads every encrypted column."""
    needed = {*_key_ids_of_values(), primary_key_id()}
    KeyInUse.objects.filter(kind=Kind.FIELD).exclude(key_id__in=needed).delete()


def _not_here(used: set[tuple[str, str]]) -> list[str]:
    fields = {key_id for kind, key_id in used if kind == Kind.FIELD} - set(field_key_ids())
    indexes = {key_id for kind, key_id in used if kind == Kind.INDEX}
    lost = indexes if indexes and index_key_id() not in indexes else set()
    return [f"FIELD_ENCRYPTION_KEYS {key_id}" for key_id in sorted(fields)] + [
        f"BLIND_INDEX_KEY {key_id}" for key_id in sorted(lost)
    ]


def _note(keys: set[tuple[Kind, str]]) -> None:
    rows = [KeyInUse(kind=kind, key_id=key_id) for kind, key_id in sorted(keys)]
    KeyInUse.objects.bulk_create(rows, ignore_conflicts=True)


def _key_ids_of_values() -> set[str]:
    tables = set(connection.introspection.table_names())
    there = [field for field in encrypted_fields() if field.model._meta.db_table in tables]
    return set().union(*(field.key_ids() for field in there), *map(_key_ids_of, other_ciphertexts))


def _key_ids_of(others: OtherCiphertexts) -> set[str]:
    try:
        with transaction.atomic():
            return {key_id_of(sealed) for _handle, sealed in others.read()}
    except Error:  # Its table is made by a later migration.
        return set()
