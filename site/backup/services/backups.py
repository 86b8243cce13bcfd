"""Making a backup: one sealed file, whole or not there."""

import errno
import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

from ..exceptions import AlreadyRunningError, BackupError, DiskFullError
from ..gateways import postgres, sqlite
from ..models import BackupRun
from .archive import DATABASE, KEYS, MEDIA, Archive, Manifest, write_archive
from .media import HeldFiles
from .secrets import collect_keys

NAME = "yeondae-%Y%m%d-%H%M%S-KST.backup"
NAMED = re.compile(r"yeondae-\d{8}-\d{6}-KST\.backup")
DRAFTS = ".part-"
NO_ROOM = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
MEGABYTE = 1_000_000


def run_backup(passphrase: str) -> Path:
    """Make a backup and record how it went, for the first screen of the admin.

    Refuses with AlreadyRunningError, DiskFullError and DatabaseToolError; what was there before
    stays then.
    """
    try:
        path = make_backup(passphrase)
    except BackupError as error:
        record_failure(error)
        raise
    BackupRun.objects.create(
        finished_at=timezone.now(), file_name=path.name, size=path.stat().st_size
    )
    return path


def record_failure(error: BackupError) -> None:
    BackupRun.objects.create(finished_at=timezone.now(), error=str(error)[:300])


def make_backup(passphrase: str) -> Path:
    """Write a backup of this moment, and remove those that are over their time."""
    folder = Path(settings.BACKUP_DIR)
    with _said_when_full(folder), _alone(folder):
        expire_backups(timezone.now())
        with tempfile.TemporaryDirectory(prefix=DRAFTS, dir=folder) as work:
            moment = timezone.localtime()
            draft = _write(Path(work), moment, passphrase)
            target = folder / moment.strftime(NAME)
            draft.replace(target)
        _flush(folder)
    return target


def _write(work: Path, moment: datetime, passphrase: str) -> Path:
    """A file is stored before its row and removed after it.

    So the files are held before the database's one moment and once more right after it: whatever
    a row of that moment names is among them, also what staff add or delete meanwhile. Only of a
    file that came and went between the two, in less than a second, its row alone may be kept.
    """
    draft, dump = work / "backup", work / "dump"
    media = HeldFiles(Path(settings.MEDIA_ROOT), work / MEDIA)
    media.hold()
    tables = _gateway().dump_database(dump, media.hold)
    with open(draft, "xb", opener=_for_the_owner) as file:
        with write_archive(file, passphrase, settings.FIELD_ENCRYPTION_KEYS) as archive:
            archive.add_file(DATABASE, dump)
            archive.add_text(KEYS, collect_keys())
            add_media(archive, media.each())
            archive.add_manifest(_manifest(moment, tables))
        file.flush()
        os.fsync(file.fileno())
    return draft


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def add_media(archive: Archive, files: Iterator[tuple[str, Path]]) -> None:
    """Add each file that is still there."""
    for name, path in files:
        try:
            archive.add_file(f"{MEDIA}/{name}", path)
        except FileNotFoundError:  # Deleted meanwhile, where files could not be held.
            continue


def _manifest(moment: datetime, tables: dict[str, int]) -> Manifest:
    applied = sorted(MigrationRecorder(connection).applied_migrations())
    return Manifest(
        made_at=moment.isoformat(),
        database=_gateway().KIND,
        tables=tables,
        migrations=[list(key) for key in applied],
    )


def _gateway():  # type: ignore[no-untyped-def]  # one of two modules
    return sqlite if connection.vendor == "sqlite" else postgres


def backup_files() -> list[Path]:
    """The backups there are, the newest first."""
    found = Path(settings.BACKUP_DIR).glob("*.backup")
    return sorted((path for path in found if NAMED.fullmatch(path.name)), reverse=True)


def made_at(path: Path) -> datetime:
    """When a backup was made, as its name says: a copied file has another time."""
    return timezone.make_aware(datetime.strptime(path.name, NAME))


def expire_backups(moment: datetime) -> int:
    """Remove the backups that are over their time, never the newest; returns how many."""
    oldest = moment - timedelta(days=settings.BACKUP_KEEP_DAYS)
    over = [path for path in backup_files()[1:] if made_at(path) < oldest]
    for path in over:
        path.unlink()
    return len(over)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One backup at a time; what a killed one left is cleared away."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunningError(_("Another backup is being made just now.")) from error
        for left in folder.glob(f"{DRAFTS}*"):
            shutil.rmtree(left)
        yield


@contextmanager
def _said_when_full(folder: Path) -> Iterator[None]:
    try:
        yield
    except DiskFullError as error:
        raise _no_room(folder) from error
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise _no_room(folder) from error


def _no_room(folder: Path) -> DiskFullError:
    free = shutil.disk_usage(folder).free // MEGABYTE
    return DiskFullError(
        _(
            "There is no room for the backup in %(folder)s (%(free)d MB free). The earlier "
            "backups are untouched. Make room, or set BACKUP_DIR to another disk."
        )
        % {"folder": folder, "free": free}
    )


def _flush(folder: Path) -> None:
    """Have the disk know the new name, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
