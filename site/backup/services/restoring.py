"""The way back: check everything, put aside what is there, then put the backup in its place."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import Error, connection, connections
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django.utils.translation import gettext as _

from schedule.services import worker_is_alive

from ..exceptions import (
    DamagedFileError,
    NewerFileError,
    OtherDatabaseError,
    SiteRunningError,
    TargetNotEmptyError,
)
from ..gateways import postgres, sqlite
from .archive import DATABASE, KEYS, MEDIA, Manifest, read_archive
from .media import each_file
from .moving import move, swap
from .restored_keys import RestoredKeys, mark_missing_keys, place_keys, read_keys


@dataclass(frozen=True)
class Restored:
    """What an administrator is told. ``aside`` holds what was there before, if anything was."""

    made_at: datetime
    rows: int
    files: int
    aside: Path | None
    schema_aside: str
    keys: RestoredKeys | None


@contextmanager
def opened_backup(path: Path, passphrase: str = "") -> Iterator[tuple[Manifest, Path]]:
    """A backup, checked from end to end and laid out in a folder that goes afterwards.

    Opened by the passphrase, or by the site's own keys.
    """
    var = Path(settings.VAR_DIR)
    var.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=var) as work:
        folder = Path(work)
        with path.open("rb") as file:
            manifest = read_archive(file, passphrase, settings.FIELD_ENCRYPTION_KEYS, folder)
        yield manifest, folder


def restore_backup(
    path: Path, *, passphrase: str = "", replace: bool = False, with_keys: bool = True
) -> Restored:
    """Put a backup in the place of the site; whatever fails, all is as it was before.

    Refuses where there is a site already, unless told to ``replace`` it: then that is put aside.
    """
    with opened_backup(path, passphrase) as (manifest, folder):
        _refuse_unfit(manifest)
        _refuse_occupied(replace)
        return _place(manifest, folder, with_keys=with_keys)


def _refuse_unfit(manifest: Manifest) -> None:
    kind = sqlite.KIND if connection.vendor == "sqlite" else postgres.KIND
    if manifest.database != kind:
        raise OtherDatabaseError(
            _("This backup is of %(theirs)s, and DATABASE_URL leads to %(ours)s.")
            % {"theirs": manifest.database, "ours": kind}
        )
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {}
    unknown = [name for app, name in manifest.migrations if (app, name) not in known]
    if unknown:
        raise NewerFileError(
            _(
                "A newer version of the software made this backup: %(name)s is not known here. "
                "Update this site first."
            )
            % {"name": unknown[0]}
        )


def _refuse_occupied(replace: bool) -> None:
    empty = _database_is_empty()
    if not replace and not (empty and _media_is_empty()):
        raise TargetNotEmptyError(
            _(
                "There is a site here already. Restore into an empty database and folder, or add "
                "--replace: then what is here is put aside, not deleted."
            )
        )
    if not empty and _is_at_work():
        raise SiteRunningError(
            _("The site is running. Stop web and worker, wait a minute and try again.")
        )


def _database_is_empty() -> bool:
    return sqlite.is_empty(_file()) if connection.vendor == "sqlite" else postgres.is_empty()


def _media_is_empty() -> bool:
    return next(each_file(Path(settings.MEDIA_ROOT)), None) is None


def _is_at_work() -> bool:
    try:
        return worker_is_alive()
    except Error:  # Not even a whole site: nothing can be at work in it.
        return False


def _file() -> Path:
    return Path(connection.settings_dict["NAME"])


def _place(manifest: Manifest, folder: Path, *, with_keys: bool) -> Restored:
    moment = timezone.localtime().strftime("%Y%m%d_%H%M%S_%f")
    aside = Path(settings.VAR_DIR) / f"before-restore-{moment}"
    had_database = not _database_is_empty()
    with ExitStack() as undo:
        keys = place_keys(read_keys(folder / KEYS), aside / "keys", undo) if with_keys else None
        if keys is None:
            mark_missing_keys(undo)
        media = Path(settings.MEDIA_ROOT)
        swap(media, aside / MEDIA, folder / MEDIA, undo)
        place = _place_file if connection.vendor == "sqlite" else _place_schema
        tables = place(folder / DATABASE, aside, moment, undo)
        if tables != manifest.tables:
            raise DamagedFileError(
                _("The database holds other rows than the manifest says. Take an older backup.")
            )
        undo.pop_all()
    return Restored(
        made_at=datetime.fromisoformat(manifest.made_at),
        rows=sum(tables.values()),
        files=sum(name.startswith(f"{MEDIA}/") for name in manifest.members),
        aside=aside if aside.exists() else None,
        schema_aside=postgres.ASIDE + moment if had_database and not _file_based() else "",
        keys=keys,
    )


def _file_based() -> bool:
    return connection.vendor == "sqlite"


def _place_file(dump: Path, aside: Path, _moment: str, undo: ExitStack) -> dict[str, int]:
    tables = sqlite.count_rows(dump)
    connections.close_all()
    database = _file()
    names = [database.name, f"{database.name}-wal", f"{database.name}-shm"]
    for path in filter(Path.exists, map(database.with_name, names)):
        move(path, aside / path.name, undo)
    move(dump, database, undo)
    return tables


def _place_schema(dump: Path, _aside: Path, moment: str, undo: ExitStack) -> dict[str, int]:
    connections.close_all()
    if postgres.is_empty():
        undo.callback(postgres.clear)
    else:
        postgres.put_aside(moment)
        undo.callback(postgres.take_back, moment)
    return postgres.restore_database(dump)
