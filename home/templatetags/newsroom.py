"""How the newsroom's templates write the format and the size of a file."""

from contextlib import suppress

from django import template

from ..dates import Precision

register = template.Library()

STEP = 1024


@register.filter
def file_format(document):
    """PDF, HWPX …"""
    return document.file_extension.upper()


@register.filter
def file_size(document):
    """4.2MB, 212KB; nothing where the size is unknown."""
    size = document.file_size or _stored_size(document)
    kilobytes, megabytes = size / STEP, size / STEP**2
    if megabytes >= 10:
        return f"{megabytes:.0f}MB"
    if megabytes >= 1:
        return f"{megabytes:.1f}MB"
    return f"{max(kilobytes, 1):.0f}KB" if size else ""


def _stored_size(document):
    """The size of a file that was not uploaded in the admin; 0 where the file is gone."""
    with suppress(OSError):
        return document.file.size
    return 0


@register.simple_tag(takes_context=True)
def when(context, entry):
    """As much of the day as is known; without the year where the page says it already."""
    words, year = entry.when, context.get("year")
    if year and entry["day"] and entry["precision"] != Precision.YEAR:
        return words.removeprefix(f"{year}년\u00a0")
    return words
