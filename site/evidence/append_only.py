"""Tables that only grow: triggers refuse UPDATE and DELETE on PostgreSQL and SQLite."""

from django.db.migrations.operations.base import Operation

REFUSAL = "append-only table"

POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION evidence_refuse_change() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '{REFUSAL}: %', TG_TABLE_NAME;
END $$ LANGUAGE plpgsql
"""


def trigger_names(table: str) -> list[str]:
    return [f"{table}_no_update", f"{table}_no_delete"]


def create_statements(vendor: str, table: str) -> list[str]:
    """The SQL that makes ``table`` append-only on a database of this vendor."""
    update, delete = trigger_names(table)
    if vendor == "postgresql":
        call = "FOR EACH {} EXECUTE FUNCTION evidence_refuse_change()"
        return [
            POSTGRES_FUNCTION,
            f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} {call.format('ROW')}",
            f"CREATE TRIGGER {delete} BEFORE DELETE ON {table} {call.format('ROW')}",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            f"{call.format('STATEMENT')}",
        ]
    body = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}: {table}'); END"
    return [
        f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} {body}",
        f"CREATE TRIGGER {delete} BEFORE DELETE ON {table} {body}",
    ]


def drop_statements(vendor: str, table: str) -> list[str]:
    on_table = f" ON {table}" if vendor == "postgresql" else ""
    names = trigger_names(table)
    if vendor == "postgresql":
        names.append(f"{table}_no_truncate")
    return [f"DROP TRIGGER IF EXISTS {name}{on_table}" for name in names]


class AppendOnly(Operation):
    """Migration operation: from here on rows of ``table`` can be added and never changed."""

    reversible = True

    def __init__(self, table: str) -> None:
        self.table = table

    def deconstruct(self):
        return ("AppendOnly", [self.table], {})

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for statement in create_statements(schema_editor.connection.vendor, self.table):
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for statement in drop_statements(schema_editor.connection.vendor, self.table):
            schema_editor.execute(statement, params=None)

    def describe(self):
        return f"Refuse changes to rows of {self.table}"
