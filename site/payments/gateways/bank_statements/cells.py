"""What one cell says. Whatever is not plainly an amount or a moment is refused, never guessed."""

import re
import unicodedata
from datetime import datetime
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")
NOTHING = ("", "-")
# Not more than two zeros after a point: 20.000 may be twenty or twenty thousand.
NUMBER = r"[₩\\]?(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.0{1,2})?원?"
AMOUNT = re.compile(rf"([-+−△▲]?){NUMBER}", re.ASCII)
IN_BRACKETS = re.compile(rf"\({NUMBER}\)", re.ASCII)
MINUS = ("-", "−", "△", "▲")

DAY = r"""
    (?: (?P<y1>\d{4}) \s*[-./년]\s* (?P<m1>\d{1,2}) \s*[-./월]\s* (?P<d1>\d{1,2}) \s*[.일]?
      | (?P<y2>\d{4}) (?P<m2>\d{2}) (?P<d2>\d{2}) )
    (?: \s*\([월화수목금토일]\) )?
"""
HALF = r"오전|오후|AM|PM"
TIME = rf"""
    (?: (?P<before>{HALF})?\s* (?P<h1>\d{{1,2}}) \s*[:시]\s* (?P<i1>\d{{2}})
        (?: \s*[:분]\s* (?P<s1>\d{{2}}) \s*초? (?:\.0+)? | \s*분 )? \s*(?P<after>{HALF})?
      | (?P<h2>\d{{2}}) (?P<i2>\d{{2}}) (?P<s2>\d{{2}})? )
"""
MOMENT = re.compile(rf"{DAY} (?P<time> [\sT]+ {TIME} )?", re.VERBOSE | re.IGNORECASE | re.ASCII)
RUN_TOGETHER = re.compile(r"(\d{8})(\d{6})")
HALF_STARTS = {"오전": 0, "AM": 0, "오후": 12, "PM": 12}
LOOKS_LIKE_DATE = re.compile(r"\d{4}\s*[-./년]?\s*\d")


def read_amount(text: str) -> int | None:
    """Whole won; None for an empty cell or a dash. Raises ValueError for anything else."""
    compact = "".join(unicodedata.normalize("NFKC", text).split())
    if compact in NOTHING:
        return None
    if found := AMOUNT.fullmatch(compact):
        amount = int(found[2].replace(",", ""))
        return -amount if found[1] in MINUS else amount
    if found := IN_BRACKETS.fullmatch(compact):
        return -int(found[1].replace(",", ""))
    raise ValueError("not an amount")


def read_moment(text: str) -> tuple[datetime, bool]:
    """When, in Korea, and whether a time of day was said. Raises ValueError."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = MOMENT.fullmatch(RUN_TOGETHER.sub(r"\1 \2", plain))
    if not found:
        raise ValueError("not a date")
    parts = found.groupdict()
    year, month, day = (int(parts[f"{part}1"] or parts[f"{part}2"]) for part in "ymd")
    hour, minute, second = (int(parts[f"{part}1"] or parts[f"{part}2"] or 0) for part in "his")
    half = parts["before"] or parts["after"]
    if half:
        if parts["before"] and parts["after"]:
            raise ValueError("morning or afternoon said twice")
        hour = _in_the_day(half.upper(), hour)
    moment = datetime(year, month, day, hour, minute, second, tzinfo=SEOUL)
    return moment, parts["time"] is not None


def _in_the_day(half: str, hour: int) -> int:
    if not 1 <= hour <= 12:
        raise ValueError("no such hour")
    return hour % 12 + HALF_STARTS[half]
