"""The order of organisations: 가나다, whatever legal form stands before the name."""

import re
import unicodedata

LEGAL_FORMS = re.compile(
    r"^\s*(\((사|재|주|유|복|학)\)|㈔|㈜|사단법인|재단법인|주식회사|사회적협동조합|사회복지법인)\s*"
)
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
PLAIN = {"ㄲ": "ㄱ", "ㄸ": "ㄷ", "ㅃ": "ㅂ", "ㅆ": "ㅅ", "ㅉ": "ㅈ"}


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
