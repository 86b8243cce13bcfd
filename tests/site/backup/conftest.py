import base64
import io
import json
import resource
import sqlite3
from contextlib import closing, contextmanager

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from backup import services
from backup.services.archive import MANIFEST, write_archive

PASSPHRASE = "벚꽃 아래 네 사람이 걷는다"
FIELD_KEY = base64.b64encode(b"a" * 32).decode()


@pytest.fixture
def site(settings, tmp_path, monkeypatch):
    """A site whose files lie in a folder of the test."""
    settings.VAR_DIR = tmp_path / "var"
    settings.MEDIA_ROOT = settings.VAR_DIR / "media"
    settings.BACKUP_DIR = settings.VAR_DIR / "backups"
    settings.MEDIA_ROOT.mkdir(parents=True)
    for name in ("SECRET_KEY", "FIELD_ENCRYPTION_KEYS", "BLIND_INDEX_KEY"):
        monkeypatch.delenv(name, raising=False)
    return settings


@pytest.fixture
def pictures(site):
    """Two uploaded files, one with a Korean name in a folder of its own."""
    folder = site.MEDIA_ROOT / "문서"
    folder.mkdir()
    (folder / "선언문.pdf").write_bytes(b"%PDF-" + bytes(range(256)) * 5000)
    (site.MEDIA_ROOT / "plait.webp").write_bytes(b"RIFF")
    return contents(site.MEDIA_ROOT)


@pytest.fixture
def kind():
    """The test's kind of database, as a manifest names it."""
    return connection.vendor


def contents(folder):
    """Every file below a folder, but for what SQLite keeps beside a database while it is open."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


@pytest.fixture
def empty_database(tmp_path, transactional_db):
    """An empty database of the same kind as the test's."""
    if connection.vendor == "sqlite":
        yield str(tmp_path / "restored.sqlite3")
        return
    name = connection.settings_dict["NAME"] + "_restored"
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield name
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def every_row(database):
    """All rows of all tables of a database, as text, each table in an order of its own."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(database, uri=database.startswith("file:"))) as opened:
            every = 'SELECT * FROM "{}"'
            names = opened.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            ).fetchall()
            return {
                name: sorted(map(repr, opened.execute(every.format(name)))) for (name,) in names
            }
    given = connection.get_connection_params()
    wanted = {key: given[key] for key in ("host", "port", "user", "password") if given.get(key)}
    with psycopg.connect(**wanted, dbname=database) as session:
        names = session.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
        return {
            name: sorted(
                row
                for (row,) in session.execute(
                    sql.SQL("SELECT t::text FROM public.{} t").format(sql.Identifier(name))
                )
            )
            for (name,) in names
        }


def changed(backup, site, change):
    """The same backup with another manifest."""
    raw = io.BytesIO()
    with services.opened_backup(backup) as (_manifest, folder):
        values = json.loads((folder / MANIFEST).read_text())
        change(values)
        with write_archive(raw, PASSPHRASE, [FIELD_KEY]) as archive:
            for name in values["members"]:
                archive.add_file(name, folder / name)
            archive.add_text(MANIFEST, json.dumps(values))
    target = site.VAR_DIR / "changed.backup"
    target.write_bytes(raw.getvalue())
    return target


@contextmanager
def room_for(size):
    """As on a full disk: no file of this process grows beyond ``size``."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
