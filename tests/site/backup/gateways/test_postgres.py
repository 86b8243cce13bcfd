import psycopg
import pytest
from django.db import connection

from backup.exceptions import DatabaseToolError, DiskFullError
from backup.gateways import postgres

pytestmark = [pytest.mark.integration, pytest.mark.postgres, pytest.mark.django_db]


def nothing():
    return None


@pytest.fixture
def tool(tmp_path, monkeypatch):
    """A stand-in for pg_dump, by what it does."""

    def write(script):
        path = tmp_path / "bin" / "pg_dump"
        path.parent.mkdir()
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        monkeypatch.setenv("PATH", str(path.parent), prepend=":")

    return write


def test_a_missing_tool_is_named_with_its_package(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(DatabaseToolError, match="pg_dump.*postgresql-client"):
        postgres.dump_database(tmp_path / "dump", nothing)


def test_the_password_is_not_on_the_command_line(tmp_path, tool, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "s3cret word")
    tool(f'echo "$@" > {tmp_path}/line; echo "$PGPASSWORD" > {tmp_path}/password')

    postgres.dump_database(tmp_path / "dump", nothing)

    assert "s3cret" not in (tmp_path / "line").read_text()
    assert (tmp_path / "password").read_text() == "s3cret word\n"


def test_what_the_tool_says_is_passed_on(tmp_path, tool):
    tool('echo "pg_dump: error: aborting because of server version mismatch" >&2; exit 1')

    with pytest.raises(DatabaseToolError, match="server version mismatch"):
        postgres.dump_database(tmp_path / "dump", nothing)


@pytest.mark.parametrize(
    "end", ["echo 'could not write: No space left on device' >&2; exit 1", "kill -XFSZ $$"]
)
def test_a_full_disk_is_told_from_other_failures(tmp_path, tool, end):
    tool(end)

    with pytest.raises(DiskFullError):
        postgres.dump_database(tmp_path / "dump", nothing)


def test_tables_that_are_not_ours_are_not_put_aside(monkeypatch):
    with psycopg.connect(**_session()) as session:
        session.execute("DROP ROLE IF EXISTS guest_of_a_test")
        session.execute("CREATE ROLE guest_of_a_test LOGIN")
    try:
        monkeypatch.setitem(connection.settings_dict, "USER", "guest_of_a_test")
        with pytest.raises(DatabaseToolError) as refusal:
            postgres.put_aside("20261124")
        assert isinstance(refusal.value.__cause__, psycopg.errors.InsufficientPrivilege)
    finally:
        monkeypatch.undo()
        with psycopg.connect(**_session()) as session:
            session.execute("DROP ROLE guest_of_a_test")


def _session():
    given = connection.get_connection_params()
    return {name: given[name] for name in ("host", "port", "user", "dbname") if given.get(name)}
