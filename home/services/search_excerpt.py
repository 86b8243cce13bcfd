"""Why a page was found: the passage around the hit, with the words marked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .search_words import Form, Wanted, is_spaceless, with_spaces

BEFORE = 40
LENGTH = 150
WITHOUT_HIT = 110


@dataclass(frozen=True)
class Piece:
    text: str
    is_hit: bool = False


def pattern(forms: Iterable[Form], loose_from: int) -> re.Pattern[str]:
    """Finds any word of the forms, the longer ones first; also with spaces inside, if long."""
    words = sorted({word for form in forms for word in form.words}, key=len, reverse=True)
    parts = (with_spaces(word) if is_spaceless(word, loose_from) else word for word in words)
    return re.compile("|".join(parts), re.IGNORECASE)


def pattern_of_all(wanted: Iterable[Wanted], loose_from: int) -> re.Pattern[str]:
    forms = [form for one in wanted for form in (one.typed, *one.forms)]
    return pattern(forms, loose_from)


def mark(text: str, hits: re.Pattern[str]) -> tuple[Piece, ...]:
    """The text cut into pieces that are hits and pieces that are not."""
    pieces = []
    end = 0
    for hit in hits.finditer(text):
        pieces += [Piece(text[end : hit.start()]), Piece(hit.group(), is_hit=True)]
        end = hit.end()
    pieces.append(Piece(text[end:]))
    return tuple(piece for piece in pieces if piece.text)


def excerpt(lines: list[str], hits: re.Pattern[str]) -> tuple[Piece, ...]:
    """The passage around the first hit; without one, how the text begins."""
    for line in lines:
        if hit := hits.search(line):
            return mark(_around(line, hit.start()), hits)
    first = lines[0] if lines else ""
    return mark(_cut(first, 0, WITHOUT_HIT), hits)


def _around(line: str, position: int) -> str:
    start = max(0, position - BEFORE)
    if start:
        # Begin with a whole word.
        start = line.find(" ", start, position) + 1 or position
    return _cut(line, start, start + LENGTH)


def _cut(line: str, start: int, end: int) -> str:
    ending = "…" if end < len(line) else ""
    return ("…" if start else "") + line[start:end].strip() + ending


def same_words(text: str, wanted: Wanted, loose_from: int) -> str:
    """The word with the same meaning that stands in ``text``, where the typed one does not."""
    if not wanted.same or pattern([wanted.typed, wanted.stem], loose_from).search(text):
        return ""
    hit = pattern(wanted.same, loose_from).search(text)
    return hit.group() if hit else ""
