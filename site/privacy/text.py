"""What people typed, in one form."""

import re
import unicodedata

BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
SPACES = re.compile(r"[^\S\n]+")
BLANK_LINES = re.compile(r"\n{3,}")
ZERO_WIDTH_JOINER = "\u200d"  # holds emoji of several people together
HANGUL_FILLERS = "\u115f\u1160\u3164\uffa0"


def clean_text(value: str, *, keep_lines: bool = False) -> str:
    """NFC, without control characters, direction marks, zero-width characters or fillers.

    Runs of spaces become one. Line breaks become spaces unless ``keep_lines``; then at most one
    empty line stays between two.
    """
    text = BREAKS.sub("\n", unicodedata.normalize("NFC", value))
    text = "".join(sign for sign in text if _is_kept(sign))
    text = SPACES.sub(" ", text if keep_lines else text.replace("\n", " "))
    lines = (line.strip() for line in text.split("\n"))
    return BLANK_LINES.sub("\n\n", "\n".join(lines)).strip().strip(ZERO_WIDTH_JOINER)


def _is_kept(sign: str) -> bool:
    if sign in "\n\t" or sign == ZERO_WIDTH_JOINER:
        return True
    return sign not in HANGUL_FILLERS and unicodedata.category(sign) not in (
        "Cc",
        "Cf",
        "Co",
        "Cs",
        "Cn",
    )
