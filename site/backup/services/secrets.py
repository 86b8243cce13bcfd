"""Secrets that stand around a backup: its passphrase, and the keys of the site inside it."""

import json
import os
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from ..exceptions import PassphraseMissingError, WeakPassphraseError

# Without the first, people log in again; without the others, nobody can be read or found.
NAMES = ("SECRET_KEY", "FIELD_ENCRYPTION_KEYS", "BLIND_INDEX_KEY")
SHORTEST = 12


def keys_folder() -> Path:
    return Path(settings.VAR_DIR) / "keys"


def stored_passphrase_file() -> Path:
    """Where the passphrase of the daily backup is kept: beside the keys, and never in a backup."""
    return keys_folder() / "backup_passphrase"


def configured_passphrase() -> str:
    """The passphrase from the environment, or as it was kept for the daily backup.

    Refuses with PassphraseMissingError and WeakPassphraseError.
    """
    named = settings.BACKUP_PASSPHRASE_FILE
    path = Path(named) if named else stored_passphrase_file()
    text = settings.BACKUP_PASSPHRASE
    if not text and (named or path.exists()):
        text = _read(path)
    if not text:
        raise PassphraseMissingError(
            _(
                "There is no passphrase to seal the backup with. Run “make backup” once and type "
                "one, or set BACKUP_PASSPHRASE_FILE."
            )
        )
    return check_passphrase(text)


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError as error:
        raise PassphraseMissingError(
            _("The passphrase file %(path)s can't be read.") % {"path": path}
        ) from error


def check_passphrase(text: str) -> str:
    if len(text) < SHORTEST:
        raise WeakPassphraseError(
            _("The passphrase must have at least %(number)d characters; four words do well.")
            % {"number": SHORTEST}
        )
    return text


def keep_passphrase(text: str) -> None:
    """Keep it for the daily backup, for this user's eyes only."""
    write_secret(stored_passphrase_file(), text)


def write_secret(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    draft.replace(path)


def collect_keys() -> str:
    """What makes the database readable, and what else lies beside the keys; as JSON."""
    passphrase = stored_passphrase_file()
    files = sorted(p for p in keys_folder().glob("*") if p.is_file() and p != passphrase)
    kept = [path for path in files if not path.name.startswith(".")]
    return json.dumps(
        {
            "settings": {
                "SECRET_KEY": settings.SECRET_KEY,
                "FIELD_ENCRYPTION_KEYS": ",".join(settings.FIELD_ENCRYPTION_KEYS),
                "BLIND_INDEX_KEY": settings.BLIND_INDEX_KEY,
            },
            "files": {path.name: path.read_text() for path in kept},
        }
    )
