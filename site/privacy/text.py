"""What people typed, in one form."""

import re
import unicodedata

BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
SPACES = re.compile(r"[^\S\n]+")
BLANK_LINES = re.compile(r"\n{3,}")
ZERO_WIDTH_JOINER = "\u200d"  # Holds emoji of several people together; elsewhere it hides.
LONE_JOINERS = re.compile(r"(?<![^\w\s])\u200d+|\u200d+(?![^\w\s])")
# Emoji are younger than the Unicode of an older Python, which calls them unassigned.
EMOJI = re.compile("[\U0001f000-\U0001fbff]")
REFUSED_CATEGORIES = ("Cc", "Cf", "Co", "Cs", "Cn")
HANGUL_FILLERS = "\u115f\u1160\u3164\uffa0"


def clean_text(value: str, *, keep_lines: bool = False) -> str:
    """NFC, without control characters, direction marks, zero-width characters or fillers.

    Runs of spaces become one. Line breaks become spaces unless ``keep_lines``; then at most one
    empty line stays between two.
    """
    text = "".join(sign for sign in BREAKS.sub("\n", value) if _is_kept(sign))
    # Last, since signs that a removed one kept apart may join.
    text = unicodedata.normalize("NFC", LONE_JOINERS.sub("", text))
    text = SPACES.sub(" ", text if keep_lines else text.replace("\n", " "))
    lines = (line.strip() for line in text.split("\n"))
    return BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def _is_kept(sign: str) -> bool:
    if sign in "\n\t" or sign == ZERO_WIDTH_JOINER or EMOJI.match(sign):
        return True
    return sign not in HANGUL_FILLERS and unicodedata.category(sign) not in REFUSED_CATEGORIES
