"""Reads one PDF from standard input and says in JSON which seals it has and whether they hold.

Strangers' files are read here and nowhere else: in a process of its own that has no settings, no
keys and no network, and little memory and time. It imports nothing of ours.
"""

import hashlib
import io
import json
import logging
import resource
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

# Nobody is asked over the network here, and loading what could do so takes a third of the time.
CLIENTS = {
    "pyhanko.sign.timestamps.aiohttp_client": "HTTPTimeStamper",
    "pyhanko_certvalidator.fetchers.aiohttp_fetchers": "AIOHttpFetcherBackend",
}
for _module, _name in CLIENTS.items():
    _empty = ModuleType(_module)
    setattr(_empty, _name, None)
    sys.modules.setdefault(_module, _empty)

from pyhanko.pdf_utils.misc import PdfDecodeLimitError  # noqa: E402 (once clients are left out)
from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: E402 (the same)
from pyhanko.sign.validation import validate_pdf_signature  # noqa: E402 (the same)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature  # noqa: E402 (the same)
from pyhanko_certvalidator import ValidationContext  # noqa: E402 (the same)

MEBIBYTE = 1024 * 1024
LIMITS = {
    resource.RLIMIT_CPU: 10,  # seconds
    resource.RLIMIT_AS: 768 * MEBIBYTE,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
}
MOST_SEALS = 8
TOO_MUCH = (MemoryError, RecursionError, PdfDecodeLimitError)


def main() -> int:
    """All that the process does. What cannot be read ends it with an error, which says enough."""
    for kind, most in LIMITS.items():
        _limit(kind, most)
    logging.disable()
    try:
        said = examine(sys.stdin.buffer.read())
    except TOO_MUCH:
        said = {"too_much": True}
    json.dump(said, sys.stdout)
    return 0


def _limit(kind: int, most: int) -> None:
    """Never above what the machine allows: that would be refused."""
    hard = resource.getrlimit(kind)[1]
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (least, least))


def examine(content: bytes) -> dict[str, object]:
    reader = PdfFileReader(io.BytesIO(content), strict=False)
    seals = reader.embedded_signatures
    return {
        "title": _title(reader),
        "attachments": dict(_attachments(reader)),
        "number": len(seals),
        "seals": [_seal(one) for one in seals[:MOST_SEALS]],
    }


def _title(reader: PdfFileReader) -> str:
    return str(_within(reader.trailer_view, "/Info", "/Title") or "")[:200]


def _within(place: Any, *names: str) -> Any:
    """What stands there under these names, one in the other; None where one is missing."""
    for name in names:
        try:
            place = place[name]  # This follows references; get() does not.
        except (KeyError, TypeError):
            return None
    return place


def _attachments(reader: PdfFileReader) -> Iterator[tuple[str, str]]:
    """Names with the SHA-256 of each file; empty for one that can't be read."""
    names = _within(reader.root, "/Names", "/EmbeddedFiles", "/Names") or []
    for place in range(0, min(len(names), 2 * MOST_SEALS) - 1, 2):
        try:
            digest = hashlib.sha256(names[place + 1]["/EF"]["/F"].data).hexdigest()
        except TOO_MUCH:
            raise
        except Exception:  # Whatever broken bytes make the parser raise.
            digest = ""
        yield str(names[place]), digest


def _seal(seal: EmbeddedPdfSignature) -> dict[str, object]:
    """Who sealed, and whether what was sealed still stands as it was.

    Whether the certificate is trusted is not asked: it is compared with the record.
    """
    said: dict[str, object] = {"field": str(seal.field_name), "signer": "", "holds": False}
    try:
        said["signer"] = seal.signer_cert.sha256.hex()
        context = ValidationContext(trust_roots=[], allow_fetching=False)
        status = validate_pdf_signature(seal, context)
    except TOO_MUCH:
        raise
    except Exception:  # A seal that makes the checker raise, whatever it is, does not hold.
        return said
    is_whole = status.intact and status.valid
    return {**said, "holds": bool(is_whole and status.docmdp_ok is not False)}
