"""One file that only a passphrase opens, or one of the site's own field keys; written in one pass.

First line: what it is. Second line: JSON with the file's own key, sealed under each secret that
opens it. Then chunks of AES-256-GCM; each knows its place and whether it is the last, so a file
that is cut off, put together anew or changed is refused.
"""

import base64
import hashlib
import io
import json
import secrets
from collections.abc import Iterable, Mapping
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.conf import settings
from django.utils.translation import gettext as _

from ..exceptions import DamagedFileError, ForeignFileError, NewerFileError, WrongSecretError

MAGIC = b"YEONDAE BACKUP "
FORMAT = 1
CHUNK = 1 << 20
TAG = 16
NONCE = 12
LONGEST_HEADER = 64 * 1024
MOST_SCRYPT = {"n": 1 << 20, "r": 16, "p": 4}  # What a foreign header may ask of this machine.
PASSPHRASE = "passphrase"  # noqa: S105 (a name)


class SealedWriter(io.RawIOBase):
    """Seals what is written into it. Only ``close`` after the last byte makes the file whole."""

    def __init__(self, file: BinaryIO, passphrase: str, keys: Iterable[str] = ()) -> None:
        own_key = secrets.token_bytes(32)
        header = _header(own_key, passphrase, keys)
        file.write(MAGIC + b"%d\n" % FORMAT + header)
        self._file = file
        self._cipher = AESGCM(own_key)
        self._bound_to = hashlib.sha256(header).digest()
        self._number = 0
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = memoryview(data).cast("B")  # type: ignore[arg-type]  # any buffer, as in io
        self._waiting += piece
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(piece)

    def finish(self) -> None:
        """Seal the last chunk: without it the file counts as cut off."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        nonce = _nonce(self._number, last=last)
        self._file.write(self._cipher.encrypt(nonce, chunk, self._bound_to))
        self._number += 1


class SealedReader(io.RawIOBase):
    """The clear bytes of a sealed file; raises DamagedFileError at the first wrong one."""

    def __init__(self, file: BinaryIO, passphrase: str = "", keys: Iterable[str] = ()) -> None:
        header = _read_header(file)
        self._file = file
        self._cipher = AESGCM(_own_key(_parsed(header), passphrase, keys))
        self._bound_to = hashlib.sha256(header).digest()
        self._number = 0
        self._next = file.read(CHUNK + TAG)
        self._clear = memoryview(b"")
        self._over = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        target = memoryview(buffer).cast("B")  # type: ignore[arg-type]  # any buffer, as in io
        while not self._clear and not self._over:
            self._open_next()
        size = min(len(target), len(self._clear))
        target[:size] = self._clear[:size]
        self._clear = self._clear[size:]
        return size

    def _open_next(self) -> None:
        sealed, self._next = self._next, self._file.read(CHUNK + TAG)
        self._over = not self._next
        nonce = _nonce(self._number, last=self._over)
        try:
            self._clear = memoryview(self._cipher.decrypt(nonce, sealed, self._bound_to))
        except (InvalidTag, ValueError) as error:
            raise DamagedFileError(
                _("The file is cut off or was changed after it was made. Take an older backup.")
            ) from error
        self._number += 1


def _nonce(number: int, *, last: bool) -> bytes:
    """Each chunk of a file's own key has a number of its own, so no nonce comes twice."""
    return number.to_bytes(NONCE - 1, "big") + bytes([last])


def _header(own_key: bytes, passphrase: str, keys: Iterable[str]) -> bytes:
    salt, cost = secrets.token_bytes(16), settings.BACKUP_SCRYPT
    doors = {PASSPHRASE: _wrap(_from_passphrase(passphrase, salt, cost), own_key)}
    doors |= {_key_id(key): _wrap(_from_key(key), own_key) for key in keys}
    values = {"scrypt": {**cost, "salt": base64.b64encode(salt).decode()}, "opened_by": doors}
    return json.dumps(values).encode() + b"\n"


def _read_header(file: BinaryIO) -> bytes:
    first = file.readline(len(MAGIC) + 8)
    if not first.startswith(MAGIC) or not first[len(MAGIC) :].strip().isdigit():
        raise ForeignFileError(_("This file is no backup of this site's software."))
    if int(first[len(MAGIC) :]) > FORMAT:
        raise NewerFileError(
            _("A newer version of the software made this backup. Update this site first.")
        )
    return file.readline(LONGEST_HEADER)


def _parsed(header: bytes) -> dict[str, dict[str, str]]:
    try:
        values = json.loads(header)
        scrypt = values["scrypt"]
        fits = all(0 < int(scrypt[name]) <= most for name, most in MOST_SCRYPT.items())
        base64.b64decode(scrypt["salt"], validate=True)
        sealed = [base64.b64decode(door, validate=True) for door in values["opened_by"].values()]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged_header() from error
    if not fits or not sealed:
        raise _damaged_header()
    return values


def _damaged_header() -> DamagedFileError:
    return DamagedFileError(_("The beginning of the file is damaged. Take an older backup."))


def _own_key(values: dict[str, dict[str, str]], passphrase: str, keys: Iterable[str]) -> bytes:
    doors, scrypt = values["opened_by"], dict(values["scrypt"])
    for key in keys:
        if sealed := doors.get(_key_id(key)):
            return _unwrap(_from_key(key), sealed)
    if not passphrase or PASSPHRASE not in doors:
        raise WrongSecretError(_("This backup needs its passphrase."))
    salt = base64.b64decode(scrypt.pop("salt"))
    cost = {name: int(number) for name, number in scrypt.items()}
    return _unwrap(_from_passphrase(passphrase, salt, cost), doors[PASSPHRASE])


def _wrap(secret: bytes, own_key: bytes) -> str:
    nonce = secrets.token_bytes(NONCE)
    return base64.b64encode(nonce + AESGCM(secret).encrypt(nonce, own_key, MAGIC)).decode()


def _unwrap(secret: bytes, sealed: str) -> bytes:
    raw = base64.b64decode(sealed)
    try:
        return AESGCM(secret).decrypt(raw[:NONCE], raw[NONCE:], MAGIC)
    except (InvalidTag, ValueError) as error:
        raise WrongSecretError(_("The passphrase does not open this backup.")) from error


def _from_passphrase(passphrase: str, salt: bytes, cost: Mapping[str, int]) -> bytes:
    return Scrypt(salt=salt, length=32, **cost).derive(passphrase.encode())


def _from_key(key: str) -> bytes:
    """Not the field key itself: a key has one use."""
    return HKDF(SHA256(), length=32, salt=None, info=MAGIC).derive(base64.b64decode(key))


def _key_id(key: str) -> str:
    return hashlib.sha256(base64.b64decode(key)).hexdigest()[:8]
