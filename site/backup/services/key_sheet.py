"""The keys on paper: in short lines, each with signs that tell when it was mistyped."""

import base64
import hashlib
import io
from collections.abc import Iterable, Mapping
from datetime import datetime

import segno
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from typesetting.services import render_pdf

from ..exceptions import MistypedKeyError

# Base32: capital letters and 2 to 7, so nothing looks like something else.
BYTES_PER_LINE = 10
GROUP = 4
CHECK = 4
FIELD, INDEX = "F", "B"


def sheet_lines(fields: Iterable[str], index: str) -> list[str]:
    """A label (F1-1 is the first line of the first field key), 16 signs in groups, and a check."""
    named = [(f"{FIELD}{number}", key) for number, key in enumerate(fields, start=1)]
    return [line for name, key in [*named, (f"{INDEX}1", index)] for line in _lines(name, key)]


def _lines(name: str, key: str) -> list[str]:
    raw = base64.b64decode(key)
    raw += hashlib.sha256(raw).digest()[: -len(raw) % BYTES_PER_LINE]
    pieces = [raw[at : at + BYTES_PER_LINE] for at in range(0, len(raw), BYTES_PER_LINE)]
    return [_line(f"{name}-{number}", piece) for number, piece in enumerate(pieces, start=1)]


def _line(label: str, piece: bytes) -> str:
    signs = base64.b32encode(piece).decode()
    groups = [signs[at : at + GROUP] for at in range(0, len(signs), GROUP)]
    return " ".join([label, *groups, _check(label, signs)])


def _check(label: str, signs: str) -> str:
    return base64.b32encode(hashlib.sha256(f"{label}{signs}".encode()).digest()).decode()[:CHECK]


def read_line(line: str) -> tuple[str, bytes]:
    """The label and the bytes of a line as somebody typed it. Refuses with MistypedKeyError."""
    label, *groups = line.upper().split() or [""]
    signs = "".join(groups)
    signs, check = signs[:-CHECK], signs[-CHECK:]
    if not signs or _check(label, signs) != check:
        raise MistypedKeyError(
            _("The line %(label)s is not as on the sheet. Please type it once more.")
            % {"label": label}
        )
    return label, base64.b32decode(signs)


def read_sheet(lines: Iterable[str]) -> dict[str, str]:
    """The keys of all lines of a sheet, in any order. Refuses with MistypedKeyError."""
    found = dict(read_line(line) for line in lines if line.strip())
    names = {label.partition("-")[0] for label in found}
    keys = {name: _key(name, found) for name in sorted(names, key=_place)}
    fields = [key for name, key in keys.items() if name.startswith(FIELD)]
    if not names.issuperset({f"{FIELD}1", f"{INDEX}1"}):
        raise MistypedKeyError(_("Lines are missing: a sheet has F1 to the last F, and B1."))
    return {"FIELD_ENCRYPTION_KEYS": ",".join(fields), "BLIND_INDEX_KEY": keys[f"{INDEX}1"]}


def _place(name: str) -> tuple[str, int]:
    return name[0], int(name[1:])


def _key(name: str, found: Mapping[str, bytes]) -> str:
    count = -(-32 // BYTES_PER_LINE)
    missing = [n for n in range(1, count + 1) if f"{name}-{n}" not in found]
    if missing:
        raise MistypedKeyError(
            _("The line %(label)s is missing.") % {"label": f"{name}-{missing[0]}"}
        )
    raw = b"".join(found[f"{name}-{number}"] for number in range(1, count + 1))
    return base64.b64encode(raw[:32]).decode()


def make_key_sheet(moment: datetime) -> bytes:
    """The sheet as PDF. It is not stored: whoever asked for it prints it and deletes the file."""
    lines = sheet_lines(settings.FIELD_ENCRYPTION_KEYS, settings.BLIND_INDEX_KEY)
    values = {
        "site": settings.SITE_URL,
        "made_on": f"{timezone.localtime(moment):%Y-%m-%d}",
        "lines": [line.split(" ") for line in lines],
        "code": _code("\n".join(lines)),
    }
    return render_pdf("backup/key_sheet.typ", values, made_at=moment)


def _code(text: str) -> str:
    drawing = io.BytesIO()
    segno.make(text, error="m").save(drawing, kind="svg", border=2, xmldecl=False)
    return drawing.getvalue().decode()
