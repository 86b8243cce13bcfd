"""The rows of a PostgreSQL database as they were: only tables that changed are written again.

Copying the whole database after each test with real transactions takes many times as long.
"""

from dataclasses import dataclass

from django.db import connection, transaction

TABLES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)
CONTENT = "SELECT '{0}', md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM \"{0}\" t"
SEQUENCES = "SELECT sequencename, coalesce(last_value, start_value), last_value IS NOT NULL FROM pg_sequences"
# Columns, indexes, constraints and triggers; a table made anew counts as another one.
SCHEMA = """
SELECT md5(string_agg(line, ' ' ORDER BY line)) FROM (
    SELECT concat(attrelid, attname, atttypid, attnotnull, atthasdef) AS line
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat(oid, convalidated) FROM pg_constraint
    UNION ALL SELECT concat(oid, tgenabled) FROM pg_trigger
) AS lines
"""
CUT_OFF = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@dataclass(frozen=True)
class Rows:
    schema: str
    content: dict[str, str | None]
    copies: dict[str, bytes]
    sequences: set[tuple[object, ...]]


def read_rows() -> Rows:
    with connection.cursor() as cursor:
        content = _content(cursor)
        copies = {table: _copied(cursor, table) for table in content}
        return Rows(_schema(cursor), content, copies, _sequences(cursor))


def restore_rows(rows: Rows) -> bool:
    """Put the rows back, whoever is still connected; False where the tables are no longer those."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CUT_OFF)
        if _schema(cursor) != rows.schema:
            return False
        cursor.execute("SET LOCAL session_replication_role = replica")  # no trigger, no foreign key
        now = _content(cursor)
        for table in (table for table in now if now[table] != rows.content[table]):
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 (ours)
            with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                copy.write(rows.copies[table])
        for name, number, used in rows.sequences - _sequences(cursor):
            cursor.execute("SELECT setval(%s::regclass, %s, %s)", [f'"{name}"', number, used])
    return True


def _schema(cursor) -> str:
    cursor.execute(SCHEMA)
    return cursor.fetchone()[0]


def _content(cursor) -> dict[str, str | None]:
    cursor.execute(TABLES)
    tables = [table for (table,) in cursor.fetchall()]
    cursor.execute(" UNION ALL ".join(CONTENT.format(table) for table in tables))
    return dict(cursor.fetchall())


def _copied(cursor, table: str) -> bytes:
    with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
        return b"".join(bytes(part) for part in copy)


def _sequences(cursor) -> set[tuple[object, ...]]:
    cursor.execute(SEQUENCES)
    return set(cursor.fetchall())
