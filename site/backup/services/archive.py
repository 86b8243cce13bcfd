"""What stands in a backup: database, files, keys, and a manifest that can check them.

A tar, compressed, in a sealed file. The manifest is the last member: it is known when the others
are written. Reading puts everything beside the site first; nothing of the site is touched before
every member has been checked.
"""

import gzip
import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from django.utils.translation import gettext as _

from ..exceptions import DamagedFileError, NewerFileError
from .sealing import SealedReader, SealedWriter

FORMAT = 1
DATABASE = "database"
KEYS = "keys.json"
MANIFEST = "manifest.json"
MEDIA = "media"
QUICK = 1  # Pictures don't shrink, ciphertexts don't: a stronger compression costs hours, not room.
PIECE = 1 << 20


@dataclass
class Manifest:
    """``members`` are SHA-256 digests, ``tables`` counts rows."""

    made_at: str
    database: str
    tables: dict[str, int]
    migrations: list[list[str]]
    members: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


class _Digesting(io.RawIOBase):
    """Reads another file and knows the digest of what was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        target = memoryview(buffer).cast("B")  # type: ignore[arg-type]  # any buffer, as in io
        piece = self.file.read(len(target))
        target[: len(piece)] = piece
        self.digest.update(piece)
        return len(piece)


class Archive:
    """A backup that is being written."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.digests: dict[str, str] = {}

    def add_file(self, name: str, path: Path) -> None:
        with path.open("rb") as file:
            info = self._tar.gettarinfo(arcname=name, fileobj=file)
            self._add(info, file)

    def add_text(self, name: str, text: str) -> None:
        raw = text.encode()
        info = tarfile.TarInfo(name)
        info.size = len(raw)
        self._add(info, io.BytesIO(raw))

    def add_manifest(self, manifest: Manifest) -> None:
        manifest.members = self.digests
        self.add_text(MANIFEST, json.dumps(asdict(manifest)))

    def _add(self, info: tarfile.TarInfo, file: IO[bytes]) -> None:
        info.uid = info.gid = 0
        info.uname = info.gname = ""
        info.mode = 0o600
        reading = _Digesting(file)
        self._tar.addfile(info, io.BufferedReader(reading, PIECE))
        self.digests[info.name] = reading.digest.hexdigest()


@contextmanager
def write_archive(file: BinaryIO, passphrase: str, keys: Iterable[str]) -> Iterator[Archive]:
    """An archive in ``file``; whole only if the block ends without an exception."""
    sealed = SealedWriter(file, passphrase, keys)
    with (
        gzip.GzipFile(fileobj=sealed, mode="wb", compresslevel=QUICK, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        yield Archive(tar)
    sealed.finish()


def read_archive(file: BinaryIO, passphrase: str, keys: Iterable[str], folder: Path) -> Manifest:
    """Put all members below ``folder``, compare each with the manifest, and return that.

    Refuses with WrongSecretError, ForeignFileError, DamagedFileError and NewerFileError.
    """
    sealed = io.BufferedReader(SealedReader(file, passphrase, keys), PIECE)
    try:
        with (
            gzip.GzipFile(fileobj=sealed, mode="rb") as packed,
            tarfile.open(fileobj=packed, mode="r|") as tar,
        ):
            digests = {info.name: _put_down(tar, info, folder) for info in tar}
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise _damaged() from error
    return _checked(folder / MANIFEST, digests)


def _put_down(tar: tarfile.TarFile, info: tarfile.TarInfo, folder: Path) -> str:
    content = tar.extractfile(info) if info.isfile() else None
    parts = PurePosixPath(info.name).parts
    if content is None or ".." in parts or info.name.startswith("/"):
        raise _damaged()
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with target.open("wb") as file:
        while piece := content.read(PIECE):
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


def _checked(path: Path, digests: dict[str, str]) -> Manifest:
    if digests.pop(MANIFEST, None) is None:
        raise _damaged()
    values = json.loads(path.read_text())
    if values["format"] > FORMAT:
        raise NewerFileError(
            _("A newer version of the software made this backup. Update this site first.")
        )
    manifest = Manifest(**values)
    if manifest.members != digests:
        raise _damaged()
    return manifest


def _damaged() -> DamagedFileError:
    return DamagedFileError(
        _("The content of the file is not what its manifest says. Take an older backup.")
    )
