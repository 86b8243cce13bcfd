"""The .ics file, read back by a reader that shares no code with its writer."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest

from campaigns.forums.presenters.calendar import Entry, write_calendar

pytestmark = pytest.mark.unit

TEN = datetime(2027, 7, 21, 1, tzinfo=UTC)


def unfolded(text):
    return text.replace("\r\n ", "").split("\r\n")


def zones_of(lines):
    """By TZID, the one offset that the file itself gives it."""
    text = "\n".join(lines)
    found = re.findall(r"BEGIN:VTIMEZONE\nTZID:(.+?)\n(.+?)END:VTIMEZONE", text, re.S)
    offsets = {}
    for name, rules in found:
        [(sign, hours, minutes)] = re.findall(r"TZOFFSETTO:([+-])(\d\d)(\d\d)", rules)
        delta = timedelta(hours=int(hours), minutes=int(minutes))
        offsets[name] = timezone(delta if sign == "+" else -delta)
    return offsets


def moment(lines, name):
    [(zone, value)] = [
        found.groups()
        for line in lines
        if (found := re.fullmatch(rf"{name};TZID=(.+?):(.+)", line))
    ]
    return datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=zones_of(lines)[zone])


@pytest.mark.parametrize("starts_at", [TEN, datetime(2027, 12, 31, 15, 30, tzinfo=UTC)])
def test_hours_are_koreas_and_mean_the_same_moment_anywhere(starts_at):
    ends_at = starts_at + timedelta(hours=2)

    lines = unfolded(write_calendar([Entry("a@b", "토론회", starts_at, ends_at)]))

    assert (moment(lines, "DTSTART"), moment(lines, "DTEND")) == (starts_at, ends_at)
    assert list(zones_of(lines)) == ["Asia/Seoul"]
    assert moment(lines, "DTSTART").utcoffset() == timedelta(hours=9)


def test_the_zone_stands_once_and_before_what_uses_it():
    entries = [Entry(f"{n}@b", "토론회", TEN, TEN + timedelta(hours=1)) for n in range(3)]

    text = write_calendar(entries, name="행사")

    assert text.count("BEGIN:VTIMEZONE") == 1
    assert text.index("END:VTIMEZONE") < text.index("BEGIN:VEVENT")
    assert text.count("BEGIN:VEVENT") == 3


def test_when_it_was_written_is_told_in_utc():
    """RFC 5545 wants DTSTAMP so, whatever the zone of the meeting."""
    lines = unfolded(write_calendar([Entry("a@b", "토론회", TEN, TEN, changed_at=TEN)]))

    assert "DTSTAMP:20270721T010000Z" in lines


def test_long_and_odd_words_come_back_whole():
    told = "가;나,다\\라\n" + "긴 이름" * 30
    text = write_calendar([Entry("a@b", "토론회", TEN, TEN, text=told)])

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    [line] = [line for line in unfolded(text) if line.startswith("DESCRIPTION:")]
    plain = re.sub(r"\\([;,\\])", r"\1", line.removeprefix("DESCRIPTION:").replace("\\n", "\n"))
    assert plain == told
