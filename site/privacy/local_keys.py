"""Keys of a laptop installation, made at first start under var/keys."""

import base64
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def read_or_make_key(path: Path) -> str:
    """The key stored at ``path`` (mode 0600); 256 random bits in base64 are made when missing."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make_key(path)
    return path.read_text().strip()


def _make_key(path: Path) -> None:
    """Of two processes that start at once, one makes the key; neither sees half of it."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(base64.b64encode(secrets.token_bytes(32)).decode())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
