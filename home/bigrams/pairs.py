"""The one function that cuts texts and queries."""

import re
import unicodedata

# Hangul, Hanja and Kana: written without spaces that could be relied on.
SYLLABLE = "\uac00-\ud7a3\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff"
RUN = re.compile(rf"[{SYLLABLE}]+(?: [{SYLLABLE}]+)*|[^\W_{SYLLABLE}]+")
WORD = re.compile(r"[^\W_]+")
IS_SYLLABLE = re.compile(f"[{SYLLABLE}]")
ALL_SYLLABLES = re.compile(f"[{SYLLABLE}]+")


def normal(text: str) -> str:
    """NFC: macOS takes Hangul apart into its letters, which are other signs."""
    return unicodedata.normalize("NFC", text)


def find_words(text: str) -> list[str]:
    """The words of a query, without anything that is neither letter nor digit."""
    return WORD.findall(normal(text))


def pairs_of_text(text: str) -> list[str]:
    """What the index keeps: pairs also across single spaces, so that spacing does not matter.

    The last syllable of a run stands alone too; then every syllable begins a token, and a query of
    one syllable finds it as a beginning. Latin words and numbers stay whole, in lower case.
    """
    return [token for run in RUN.findall(normal(text).lower()) for token in _cut(run, ends=True)]


def pairs_of_query(word: str) -> list[str]:
    """The tokens, or beginnings of tokens, that a text with this word has."""
    return [token for run in RUN.findall(normal(word).lower()) for token in _cut(run, ends=False)]


def _cut(run: str, *, ends: bool) -> list[str]:
    if not IS_SYLLABLE.match(run):
        return [run]
    syllables = run.replace(" ", "")
    pairs = [first + second for first, second in zip(syllables, syllables[1:], strict=False)]
    return [*pairs, syllables[-1]] if ends or not pairs else pairs
