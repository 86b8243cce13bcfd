"""Moving files so that every step can be taken back."""

import shutil
from contextlib import ExitStack
from pathlib import Path


def swap(place: Path, aside: Path, new: Path, undo: ExitStack) -> None:
    """Move what is in a folder aside, and what is new into it."""
    place.mkdir(parents=True, exist_ok=True)
    for source, target in ((place, aside), (new, place)):
        for path in sorted(source.glob("*")):
            move(path, target / path.name, undo)


def move(source: Path, target: Path, undo: ExitStack) -> None:
    """Move a file or folder, also to another disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(source, target)
    undo.callback(shutil.move, target, source)
