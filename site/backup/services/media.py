"""Uploaded files, held while a backup is written although staff may delete them meanwhile."""

import os
from collections.abc import Iterator
from pathlib import Path


class HeldFiles:
    """Hard links to the files of ``media``, below ``folder``.

    Where that is on another disk, there can be none, and the files themselves are given.
    """

    def __init__(self, media: Path, folder: Path) -> None:
        self.media = media
        self.folder = folder
        self.can_link = True

    def hold(self) -> None:
        """Hold every file there is now, and go on holding those held before."""
        self.folder.mkdir(exist_ok=True)
        for path in each_file(self.media):
            self.can_link = self.can_link and self._link(path)

    def _link(self, path: Path) -> bool:
        target = self.folder / path.relative_to(self.media)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, target)
        except (FileExistsError, FileNotFoundError):
            return True  # It is held already, or was deleted this very moment.
        except OSError:
            return False
        return True

    def each(self) -> Iterator[tuple[str, Path]]:
        """All files with their names."""
        held = self.folder if self.can_link else self.media
        return ((path.relative_to(held).as_posix(), path) for path in each_file(held))


def each_file(folder: Path) -> Iterator[Path]:
    """All files below a folder, in the order of their names."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(parent) / name for name in sorted(names))
