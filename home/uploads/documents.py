"""Documents that staff upload: the content must be what the name says, without programs inside."""

import zipfile
import zlib
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from privacy.validators import validate_no_account_number, validate_no_resident_number

from .names import clean_name

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
HWP_MARK = b"HWP Document File"
CHUNK = 1024 * 1024
MAX_ENTRIES = 5_000
ZIPPED_BY_MIMETYPE = {
    b"application/hwp+zip": "hwpx",
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
ZIPPED_BY_FOLDER = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
PROGRAM_HEADS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
MARKUP = (b"<!doctype", b"<html", b"<script", b"<svg", b"<?xml", b"<?php", b"<iframe", b"<body")
PROGRAM_ENDINGS = (
    *(".exe", ".com", ".bat", ".cmd", ".scr", ".msi", ".dll", ".lnk", ".ps1", ".vbs", ".js"),
    *(".jse", ".wsf", ".hta", ".jar", ".apk", ".html", ".htm", ".svg", ".docm", ".xlsm", ".pptm"),
)
# What the library raises over an archive that is cut off, locked or lies about itself.
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
TEXTS = ("csv", "txt")
NAMES = {"text": "TXT", "old_office": "DOC, XLS · PPT", "markup": "HTML", "program": "EXE"}


def take_document(file) -> None:
    """Check an uploaded document and write its name in one form, in place.

    Raises ValidationError saying what the content is instead, and what to do.
    """
    if not file.size:
        message = _("The file is empty. Please save it again on your computer and upload that.")
        raise ValidationError(message, code="empty")
    if file.size > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE:
        raise ValidationError(_too_heavy(file.size), code="file_too_large")
    file.name = clean_name(file.name)
    ending = PurePath(file.name).suffix.lower().removeprefix(".")
    if ending not in settings.WAGTAILDOCS_EXTENSIONS:
        raise ValidationError(_not_published(ending), code="ending")
    found = kind_of(file)
    file.seek(0)
    if found != ("text" if ending in TEXTS else ending):
        raise ValidationError(_otherwise(ending, found), code="content")
    if found == "text":
        _refuse_numbers(file)


def _refuse_numbers(file) -> None:
    """A list that was meant for the office's own use is not published (PIPA art. 24-2, 34-2)."""
    content = file.read()
    file.seek(0)
    text = content.decode("utf-8" if _decodes(content, "utf-8") else "cp949")
    for line in text.splitlines():
        validate_no_resident_number(line)
        validate_no_account_number(line)


def kind_of(file) -> str:
    """What the content is, in the words of endings; ``unknown`` where nobody can tell.

    Raises ValidationError where it carries programs.
    """
    file.seek(0)
    head = file.read(2048)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(OLE):
        return "hwp" if _is_in(HWP_MARK, file) else "old_office"
    if head.startswith(HWP_MARK + b" V"):  # 한글 97 and earlier, before it used OLE.
        return "hwp"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(file)
    if head.startswith(PROGRAM_HEADS):
        return "program"
    return _kind_of_text(file, head)


def _is_in(mark: bytes, file) -> bool:
    file.seek(0)
    tail = b""
    while chunk := file.read(CHUNK):
        if mark in tail + chunk:
            return True
        tail = chunk[-len(mark) :]
    return False


def _kind_of_zip(file) -> str:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            _refuse_programs(names)
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = ZIPPED_BY_MIMETYPE.get(archive.read("mimetype").strip())
                if kind:
                    return kind
    except BROKEN_ZIP:
        return "unknown"
    if "[Content_Types].xml" in names:
        for folder, kind in ZIPPED_BY_FOLDER.items():
            if any(name.startswith(folder) for name in names):
                return kind
    return "zip"


def _refuse_programs(names: list[str]) -> None:
    if len(names) > MAX_ENTRIES:
        raise ValidationError(_("The archive holds too many files."), code="entries")
    lowered = [name.lower() for name in names]
    if any(name.endswith("vbaproject.bin") or name.startswith("basic/") for name in lowered):
        message = _("The document contains macros. Please save it without macros, or as PDF.")
        raise ValidationError(message, code="macros")
    programs = [name for name in names if name.lower().endswith(PROGRAM_ENDINGS)]
    if programs and "[Content_Types].xml" not in names:
        message = _("The archive holds a program or a web page: %(name)s. Please take it out.")
        raise ValidationError(message % {"name": programs[0]}, code="programs")


def _kind_of_text(file, head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(MARKUP) or b"<script" in start:
        return "markup"
    file.seek(0)
    content = file.read()
    if b"\0" in content or not (_decodes(content, "utf-8") or _decodes(content, "cp949")):
        return "unknown"
    return "text"


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _too_heavy(size: int) -> str:
    message = _(
        "The file is too large (%(size)s). At most %(most)s: please split it or make its pictures "
        "smaller."
    )
    most = filesizeformat(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
    return message % {"size": filesizeformat(size), "most": most}


def _not_published(ending: str) -> str:
    if ending in ("docm", "xlsm", "pptm"):
        return _("The document contains macros. Please save it without macros, or as PDF.")
    message = _("Files of this kind (%(ending)s) can't be published. Possible are: %(possible)s.")
    possible = ", ".join(settings.WAGTAILDOCS_EXTENSIONS).upper()
    return message % {"ending": ending.upper() or _("no ending"), "possible": possible}


def _otherwise(ending: str, found: str) -> str:
    if found == "unknown":
        message = _(
            "The name says %(named)s, but the content is not. Please open the file, save it as "
            "%(named)s and upload that."
        )
        return message % {"named": ending.upper()}
    message = _(
        "The name says %(named)s, but the content is %(found)s. Changing the ending does not "
        "convert a file: please save it as %(named)s and upload that."
    )
    return message % {"named": ending.upper(), "found": NAMES.get(found, found.upper())}
