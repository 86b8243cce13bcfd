"""In which encoding a text file is, judged by its bytes: senders declare nothing, or wrongly."""

import codecs
from collections.abc import Iterator

KOREAN = "cp949"  # not EUC-KR, which lacks 똠
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE, STEP = 2_000, 65_536
UNREADABLE = "\ufffd"


def encoding_of(content: bytes) -> str:
    """The encoding in which the fewest letters are lost."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return encoding
    if encoding := _wide_encoding(content[:SAMPLE]):
        return encoding
    return min(("utf-8", KOREAN), key=lambda encoding: _count_lost(content, encoding))


def _wide_encoding(sample: bytes) -> str:
    """UTF-16 without its mark: each digit and comma has a zero beside it."""
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = sample[start::2]
        if half.count(0) * 4 > len(half) > 0:
            return encoding
    return ""


def _count_lost(content: bytes, encoding: str) -> int:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    return sum(decoder.decode(chunk).count(UNREADABLE) for chunk in _chunks(content))


def _chunks(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), STEP):
        yield content[start : start + STEP]
