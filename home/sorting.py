"""Lists of organisations, and their order: 가나다, whatever legal form stands before the name."""

import re
import unicodedata

LEGAL_FORMS = re.compile(
    r"^\s*(\((사|재|주|유|복|학)\)|㈔|㈜|사단법인|재단법인|주식회사|사회적협동조합|사회복지법인)\s*"
)
# What word processors put before a name: 1. 2) (3) ④ - • ○; but 4.16 and 21세기 begin names.
MARKER = re.compile(
    r"^\s*(?:\d{1,3}[.)](?!\d)|\(\d{1,3}\)|\d{1,3}\t|[①-⑳]|([-–•·○●□■◦▪▶※*])(?!\1))\s*"
)
# Not within brackets: 나래연대(서울, 부산) is one name.
COMMA = re.compile(r"[,，、](?![^()]*\))|\n")
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
PLAIN = {"ㄲ": "ㄱ", "ㄸ": "ㄷ", "ㅃ": "ㅂ", "ㅆ": "ㅅ", "ㅉ": "ㅈ"}


def names_in(text: str) -> list[str]:
    """The organisations of a pasted list, each once and in order, without numbers and bullets."""
    parts = (MARKER.sub("", part) for part in COMMA.split("\n".join(text.splitlines())))
    names = {part.strip() for part in parts if part.strip()}
    return sorted(names, key=lambda name: (sorting_name(name), name))


def sorting_name(name: str) -> str:
    """The name without a legal form before it; never empty."""
    plain = unicodedata.normalize("NFC", name).strip()
    return LEGAL_FORMS.sub("", plain) or plain


def initial(name: str) -> str:
    """The letter under which a directory lists the name: ㄱ to ㅎ, A, or #."""
    first = sorting_name(name)[:1]
    if "가" <= first <= "힣":
        letter = INITIALS[(ord(first) - ord("가")) // 588]
        return PLAIN.get(letter, letter)
    return first.upper() if first.isascii() and first.isalpha() else "#"
