"""Hours from minutes, and who sits on the podium."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import ngettext

from home.dates import NO_BREAK, korean_day, korean_hour, korean_time

from ..admin_forms.checks import programme_of
from ..models import ForumSession, ProgrammeItem, Speaker


@dataclass(frozen=True)
class Row:
    time: str
    minutes: str
    title: str
    who: str


@dataclass(frozen=True)
class Part:
    """The programme of one session."""

    session: ForumSession
    length: str
    rows: list[Row]


@dataclass(frozen=True)
class Podium:
    """People who sit together: of one group, else of one role."""

    name: str
    speakers: list[Speaker]


def length_in_words(minutes: int) -> str:
    """2시간 30분"""
    hours, rest = divmod(minutes, 60)
    told = [
        ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours} if hours else "",
        ngettext("%(count)d minute", "%(count)d minutes", rest) % {"count": rest} if rest else "",
    ]
    return " ".join(word.replace(" ", NO_BREAK) for word in told if word)


def time_span(starts: datetime, ends: datetime, *, spoken: bool) -> str:
    """오전 10시 ~ 낮 12시 30분; with its day where it ends on another."""
    end = korean_time(ends, spoken=spoken)
    if timezone.localdate(starts) != timezone.localdate(ends):
        end = f"{korean_day(ends)} {end}"
    return f"{korean_time(starts, spoken=spoken)} ~ {end}"


def programme_parts(
    sessions: list[ForumSession], programme: Iterable[ProgrammeItem], *, spoken: bool
) -> list[Part]:
    found = []
    for session in sessions:
        if items := programme_of(session, sessions, programme):
            rows = list(_rows(session, items, spoken=spoken))
            found.append(Part(session, length_in_words(session.minutes), rows))
    return found


def _rows(session: ForumSession, items: list[ProgrammeItem], *, spoken: bool) -> Iterator[Row]:
    """The half of the day is named where it begins."""
    moment, before = session.starts_at, None
    for item in items:
        half = timezone.localtime(moment).hour < 12
        time = korean_time(moment, spoken=spoken) if half != before else korean_hour(moment)
        minutes = ngettext("%(count)d min", "%(count)d min", item.minutes) % {"count": item.minutes}
        yield Row(time, minutes, item.title, item.who)
        moment, before = moment + timedelta(minutes=item.minutes), half


def podiums(speakers: Iterable[Speaker]) -> list[Podium]:
    """In the order in which editors put the first of each."""
    groups: dict[str, list[Speaker]] = {}
    for speaker in speakers:
        name = speaker.group or str(speaker.get_role_display())
        groups.setdefault(name, []).append(speaker)
    return [Podium(name, members) for name, members in groups.items()]


def audiences(sessions: list[ForumSession]) -> list[str]:
    """1부 누구나, 2부 회원단체 대표자"""
    told = [f"{s.part} {s.get_audience_display()}".strip() for s in sessions]
    return list(dict.fromkeys(told))
