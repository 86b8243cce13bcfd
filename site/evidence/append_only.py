"""Tables that only grow: triggers refuse UPDATE and DELETE on PostgreSQL and SQLite."""

from collections.abc import Sequence

from django.db.migrations.operations.base import Operation

REFUSAL = "append-only table"

POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION evidence_refuse_change() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '{REFUSAL}: %', TG_TABLE_NAME;
END $$ LANGUAGE plpgsql
"""
POSTGRES_UNLESS = f"""
CREATE OR REPLACE FUNCTION {{name}}() RETURNS trigger AS $$
BEGIN
    IF {{unless}} THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    RAISE EXCEPTION '{REFUSAL}: %', TG_TABLE_NAME;
END $$ LANGUAGE plpgsql
"""


def trigger_names(table: str) -> list[str]:
    return [f"{table}_no_update", f"{table}_no_delete"]


def create_statements(
    vendor: str, table: str, columns: Sequence[str] = (), deletable_if: str = ""
) -> list[str]:
    """The SQL that makes ``table`` append-only on a database of this vendor.

    With ``columns``, only they stand still: the others may be encrypted anew under another key.
    With ``deletable_if``, a condition on OLD, rows may go once it is true.
    """
    update, delete = trigger_names(table)
    of = f" OF {', '.join(columns)}" if columns else ""
    delete_trigger = refuse_statements(vendor, table, delete, "DELETE", deletable_if)
    if vendor == "postgresql":
        refuse = "EXECUTE FUNCTION evidence_refuse_change()"
        return [
            POSTGRES_FUNCTION,
            f"CREATE TRIGGER {update} BEFORE UPDATE{of} ON {table} FOR EACH ROW {refuse}",
            *delete_trigger,
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT {refuse}",
        ]
    return [
        f"CREATE TRIGGER {update} BEFORE UPDATE{of} ON {table} {_abort(table)}",
        *delete_trigger,
    ]


def refuse_statements(vendor: str, table: str, name: str, event: str, unless: str) -> list[str]:
    """The SQL of one trigger that refuses ``event`` on rows for which ``unless`` is not true."""
    if vendor != "postgresql":
        when = f"WHEN NOT ({unless}) " if unless else ""
        return [f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when}{_abort(table)}"]
    function = name if unless else "evidence_refuse_change"
    made = [POSTGRES_UNLESS.format(name=name, unless=unless)] if unless else []
    trigger = f"CREATE TRIGGER {name} BEFORE {event} ON {table}"
    return [*made, f"{trigger} FOR EACH ROW EXECUTE FUNCTION {function}()"]


def _abort(table: str) -> str:
    return f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}: {table}'); END"


def drop_statements(vendor: str, table: str) -> list[str]:
    on_table = f" ON {table}" if vendor == "postgresql" else ""
    names = trigger_names(table)
    if vendor == "postgresql":
        names.append(f"{table}_no_truncate")
    return [f"DROP TRIGGER IF EXISTS {name}{on_table}" for name in names]


class AppendOnly(Operation):
    """Migration operation: from here on rows of ``table`` can be added and never changed."""

    reversible = True

    def __init__(self, table: str, columns: Sequence[str] = (), deletable_if: str = "") -> None:
        self.table = table
        self.columns = columns
        self.deletable_if = deletable_if

    def deconstruct(self):
        options = {"columns": self.columns, "deletable_if": self.deletable_if}
        return (
            "AppendOnly",
            [self.table],
            {name: value for name, value in options.items() if value},
        )

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        vendor = schema_editor.connection.vendor
        for statement in create_statements(vendor, self.table, self.columns, self.deletable_if):
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for statement in drop_statements(schema_editor.connection.vendor, self.table):
            schema_editor.execute(statement, params=None)

    def describe(self):
        return f"Refuse changes to rows of {self.table}"


class RefuseUnless(Operation):
    """Migration operation: ``event`` on ``table`` only where a condition on NEW and OLD is true.

    ``unless`` has the condition for each vendor, as they word some things differently. On SQLite
    a table that is altered is made anew and loses its triggers, and cannot be while triggers of
    other tables name it: a migration that alters one takes the refusal back and repeats it after.
    """

    reversible = True

    def __init__(self, table: str, event: str, unless: dict[str, str]) -> None:
        self.table = table
        self.event = event
        self.unless = unless

    @property
    def trigger(self) -> str:
        return f"{self.table}_no_{self.event.lower()}"

    def deconstruct(self):
        return (type(self).__name__, [self.table, self.event, self.unless], {})

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        vendor = schema_editor.connection.vendor
        unless = self.unless[vendor]
        for statement in refuse_statements(vendor, self.table, self.trigger, self.event, unless):
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        on_table = f" ON {self.table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {self.trigger}{on_table}", params=None)

    def describe(self):
        return f"Refuse {self.event.lower()} of {self.table} that may not be"


class RefuseInsert(RefuseUnless):
    """Migration operation: rows of ``table`` can be added only where a condition on NEW is true."""

    def __init__(self, table: str, unless: dict[str, str]) -> None:
        super().__init__(table, "INSERT", unless)

    def deconstruct(self):
        return ("RefuseInsert", [self.table, self.unless], {})

    def describe(self):
        return f"Refuse rows of {self.table} before their time"
