"""Keys of a laptop installation, made at first start under var/keys."""

import base64
import os
import secrets
from pathlib import Path


def read_or_make_key(path: Path) -> str:
    """The key stored at ``path`` (mode 0600); 256 random bits in base64 are made when missing."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key
