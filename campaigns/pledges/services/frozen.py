"""The triggers of published demands, let go and put back with those of an election's records.

On SQLite a table that is altered loses its triggers, and cannot be altered while those of others
name it. What they refuse is written in the migration that made them.
"""

from importlib import import_module

from django.db import connections

from evidence.append_only import RefuseUnless, refuse_statements

_MADE_BY = import_module("campaigns.pledges.migrations.0005_freeze_published_demands")
TRIGGERS = [row for row in _MADE_BY.Migration.operations if isinstance(row, RefuseUnless)]
NEWEST_COLUMN = "text"  # without it the tables are older than the triggers


def freeze_published(using: str) -> None:
    """Refuse to change what was published. Safe to call twice."""
    thaw_published(using)
    connection = connections[using]
    with connection.cursor() as cursor:
        for row in _fitting(using):
            unless = row.unless[connection.vendor]
            for statement in refuse_statements(
                connection.vendor, row.table, row.trigger, row.event, unless
            ):
                cursor.execute(statement)


def thaw_published(using: str) -> None:
    """Let go, for as long as tables change. Safe to call twice, also where there are none yet."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for row in _fitting(using):
            on_table = f" ON {row.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {row.trigger}{on_table}")


def _fitting(using: str) -> list[RefuseUnless]:
    connection = connections[using]
    table = TRIGGERS[0].table
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return []
        columns = connection.introspection.get_table_description(cursor, table)
    return TRIGGERS if NEWEST_COLUMN in {column.name for column in columns} else []
