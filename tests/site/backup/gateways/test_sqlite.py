import sqlite3
from contextlib import closing

import pytest

from backup.exceptions import DamagedFileError, DiskFullError
from backup.gateways import sqlite
from tests.site.backup.conftest import room_for

pytestmark = pytest.mark.unit


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "db.sqlite3"
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("PRAGMA journal_mode=WAL")
        opened.execute("CREATE TABLE person (name TEXT)")
        opened.executemany("INSERT INTO person VALUES (?)", [("a",), ("b",)])
        opened.commit()
    return path


@pytest.fixture
def site(database):
    """The connection of the process that makes the backup; another one writes."""
    with closing(sqlite3.connect(database, isolation_level=None)) as opened:
        yield opened


def test_rows_are_counted(database):
    assert sqlite.count_rows(database) == {"person": 2}


def test_a_broken_file_is_told(database):
    database.write_bytes(database.read_bytes()[:5000])

    with pytest.raises(DamagedFileError):
        sqlite.count_rows(database)


def test_no_database_is_told(tmp_path):
    (tmp_path / "x").write_bytes(b"no database" * 100)

    with pytest.raises(DamagedFileError):
        sqlite.count_rows(tmp_path / "x")


def test_a_file_without_tables_is_empty(database, tmp_path):
    (tmp_path / "new").touch()

    assert sqlite.is_empty(tmp_path / "nowhere")
    assert sqlite.is_empty(tmp_path / "new")
    assert not sqlite.is_empty(database)


def test_what_is_written_after_the_moment_is_not_in_the_copy(site, database, tmp_path):
    def write():
        with closing(sqlite3.connect(database, timeout=0)) as other:
            other.execute("INSERT INTO person VALUES ('c')")
            other.commit()

    counted = sqlite.copy_one_moment(site, tmp_path / "dump", write)

    assert counted == sqlite.count_rows(tmp_path / "dump") == {"person": 2}
    assert sqlite.count_rows(database) == {"person": 3}
    assert not site.in_transaction


def test_a_full_disk_is_told(site, tmp_path):
    site.execute("INSERT INTO person VALUES (hex(zeroblob(100000)))")

    with room_for(60_000), pytest.raises(DiskFullError):
        sqlite.copy_one_moment(site, tmp_path / "dump", lambda: None)


def test_within_a_transaction_that_transaction_is_copied(site, tmp_path):
    site.execute("BEGIN")

    sqlite.copy_one_moment(site, tmp_path / "dump", lambda: None)

    assert site.in_transaction


def test_what_is_no_full_disk_is_not_called_one(site, tmp_path):
    def lock():
        with closing(sqlite3.connect(tmp_path / "dump", isolation_level=None)) as other:
            other.execute("CREATE TABLE x (y)")
        (tmp_path / "dump").write_bytes(b"no database" * 1000)

    with pytest.raises(sqlite3.DatabaseError):
        sqlite.copy_one_moment(site, tmp_path / "dump", lock)


class Busy(sqlite3.Connection):
    """A database that somebody else keeps to themselves."""

    def backup(self, *_arguments, **_options):
        error = sqlite3.OperationalError("database is locked")
        error.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise error


def test_what_is_no_want_of_room_is_not_called_so(database, tmp_path):
    with (
        closing(sqlite3.connect(database, factory=Busy)) as busy,
        pytest.raises(sqlite3.OperationalError),
    ):
        sqlite.copy_one_moment(busy, tmp_path / "dump", lambda: None)
