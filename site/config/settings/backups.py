"""Backups, from the environment."""

from collections.abc import Mapping
from datetime import datetime, time
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

# OWASP's first choice for scrypt: 128 MB and a third of a second per guess.
SCRYPT = {"n": 1 << 17, "r": 8, "p": 1}
LONGEST = 35  # Days: whoever left the site is gone from its last copy after five weeks.


def backups(environment: Mapping[str, str], var_dir: Path) -> dict[str, object]:
    """Where backups lie, when they are made, how long they stay and what seals them."""
    return {
        "BACKUP_DIR": Path(environment.get("BACKUP_DIR") or var_dir / "backups"),
        "BACKUP_AT": _time_of_day(environment.get("BACKUP_AT") or "03:10"),
        "BACKUP_KEEP_DAYS": _days(environment.get("BACKUP_KEEP_DAYS") or str(LONGEST)),
        "BACKUP_SCRYPT": SCRYPT,
        "BACKUP_PASSPHRASE": environment.get("BACKUP_PASSPHRASE", ""),
        "BACKUP_PASSPHRASE_FILE": environment.get("BACKUP_PASSPHRASE_FILE", ""),
    }


def missing_keys_allowed(environment: Mapping[str, str], var_dir: Path) -> bool:
    """Whether the site starts without its keys: by the variable, or a restored site's mark."""
    given = environment.get("ALLOW_MISSING_FIELD_KEYS")
    return given == "1" or (var_dir / "keys" / "allow_missing_field_keys").exists()


def _time_of_day(text: str) -> time:
    try:
        return datetime.strptime(text, "%H:%M").time()
    except ValueError as error:
        raise ImproperlyConfigured("BACKUP_AT must be a time such as 03:10.") from error


def _days(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= LONGEST:
        raise ImproperlyConfigured(f"BACKUP_KEEP_DAYS must be a number from 1 to {LONGEST}.")
    return int(text)
