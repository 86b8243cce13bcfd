"""The keys that a backup brings along, put where this site reads its own."""

import json
import os
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from .moving import move
from .secrets import NAMES, keys_folder, write_secret

FOR_ENVIRONMENT = "restored.env"
WITHOUT_KEYS = "allow_missing_field_keys"  # The settings look for it.


@dataclass(frozen=True)
class RestoredKeys:
    """``values`` by variable; ``to_enter`` is a file whose lines belong into the environment."""

    values: dict[str, str]
    to_enter: Path | None


def read_keys(path: Path) -> dict[str, dict[str, str]]:
    keys = json.loads(path.read_text())
    assert isinstance(keys, dict)
    return keys


def place_keys(found: dict[str, dict[str, str]], aside: Path, undo: ExitStack) -> RestoredKeys:
    """Write the keys of a backup where this site reads its own, with the old ones put aside.

    A site that has its keys from the environment keeps those; where the backup's are others, they
    are written to a file, to be entered there.
    """
    values = found["settings"]
    folder = keys_folder()
    wanted = dict(found["files"])
    to_enter = None
    if not any(name in os.environ for name in NAMES):
        wanted |= {name.lower(): values[name] for name in NAMES}
    elif values != {name: os.environ.get(name, "") for name in NAMES}:
        wanted[FOR_ENVIRONMENT] = "".join(f"{name}={values[name]}\n" for name in NAMES)
        to_enter = folder / FOR_ENVIRONMENT
    for name, text in wanted.items():
        _place(folder / Path(name).name, text, aside, undo)
    return RestoredKeys(values, to_enter)


def _place(path: Path, text: str, aside: Path, undo: ExitStack) -> None:
    if path.exists():
        if path.read_text() == text:
            return
        move(path, aside / path.name, undo)
    undo.callback(path.unlink, missing_ok=True)
    write_secret(path, text)


def mark_missing_keys(undo: ExitStack) -> None:
    """Have the site start although its keys were left out."""
    _place(keys_folder() / WITHOUT_KEYS, "1", Path(), undo)


def bring_keys_back(values: dict[str, str]) -> RestoredKeys:
    """Put keys from the printed sheet where this site reads its own, before those it has now.

    What was written meanwhile under other field keys stays readable. The old files are put aside.
    """
    moment = timezone.localtime().strftime("%Y%m%d_%H%M%S_%f")
    aside = keys_folder() / f"before-{moment}"
    older = values["FIELD_ENCRYPTION_KEYS"].split(",")
    newer = [key for key in settings.FIELD_ENCRYPTION_KEYS if key not in older]
    wanted = {**values, "SECRET_KEY": settings.SECRET_KEY}
    wanted["FIELD_ENCRYPTION_KEYS"] = ",".join(older + newer)
    with ExitStack() as undo:
        placed = place_keys({"settings": wanted, "files": {}}, aside, undo)
        undo.pop_all()
    (keys_folder() / WITHOUT_KEYS).unlink(missing_ok=True)
    return placed
