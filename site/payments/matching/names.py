"""Names as people and banks write them, in one form."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

LEGAL_FORMS = re.compile(
    r"\((?:주|사|재|유)\)|^[주사재유]\)|\([주사재유]$|주식회사|사단법인|재단법인"
)
DIGITS_AFTER = re.compile(r"(.*\D)(\d+)")
DIGITS_BEFORE = re.compile(r"(\d+)(\D.*)")
SHORTEST = 2
MASK = "*"  # banks that hide a syllable; without its mark a name could be somebody else's


def compact(name: str) -> str:
    """Letters and digits only, without spaces and legal forms: ㈜ 가나 is 가나."""
    text = "".join(unicodedata.normalize("NFKC", name).casefold().split())
    return "".join(sign for sign in LEGAL_FORMS.sub("", text) if sign.isalnum() or sign == MASK)


def readings(name: str, words: Iterable[str]) -> dict[str, str]:
    """What a compact name may be without the words and numbers around it; with those numbers."""
    found = {name: ""}
    waiting = [name]
    while waiting:
        text = waiting.pop()
        for rest, digits in _shortened(text, words):
            if len(rest) >= SHORTEST and rest not in found:
                found[rest] = digits or found[text]
                waiting.append(rest)
    return found


def ends(name: str) -> Iterator[str]:
    """Its beginnings and endings, the longest first."""
    for length in range(len(name) - 1, SHORTEST - 1, -1):
        yield name[:length]
        yield name[-length:]


def _shortened(text: str, words: Iterable[str]) -> Iterator[tuple[str, str]]:
    for word in words:
        if text.startswith(word):
            yield text.removeprefix(word), ""
        if text.endswith(word):
            yield text.removesuffix(word), ""
    if found := DIGITS_AFTER.fullmatch(text):
        yield found[1], found[2]
    if found := DIGITS_BEFORE.fullmatch(text):
        yield found[2], found[1]
