"""Days and times as Koreans write them, never broken across lines in the wrong place."""

from calendar import monthrange
from datetime import date, datetime, timedelta

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

WEEKDAYS = "월화수목금토일"
NO_BREAK = "\u00a0"
JOINER = "\u2060"


class Precision(TextChoices):
    """How much of a date is known; old papers often give only the month."""

    DAY = "day", gettext_lazy("Day")
    MONTH = "month", gettext_lazy("Month")
    YEAR = "year", gettext_lazy("Year")


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) else value


def korean_day(value: date | datetime) -> str:
    """7월 21일(화), joined to the postposition that may follow."""
    day = _local(value)
    return f"{day.month}월{NO_BREAK}{day.day}일{JOINER}({WEEKDAYS[day.weekday()]}){JOINER}"


def korean_date(value: date | datetime) -> str:
    """2026년 7월 21일(화)"""
    return f"{_local(value).year}년{NO_BREAK}{korean_day(value)}"


def korean_partial(value: date | datetime, precision: str = Precision.DAY) -> str:
    """2026년 7월 21일(화), 2026년 7월 or 2026년: as much as is known."""
    day = _local(value)
    if precision == Precision.YEAR:
        return f"{day.year}년"
    if precision == Precision.MONTH:
        return f"{day.year}년{NO_BREAK}{day.month}월"
    return korean_date(value)


def last_day_of(value: date, precision: str = Precision.DAY) -> date:
    """The last day that a date can mean of which only so much is known."""
    if precision == Precision.YEAR:
        return value.replace(month=12, day=31)
    if precision == Precision.MONTH:
        return value.replace(day=monthrange(value.year, value.month)[1])
    return value


def first_day_reaching(target: date, months: int) -> date:
    """The first day that is not before ``target`` when so many months are added."""
    day = months_after(target, -months)
    while months_after(day, months) < target:
        day += timedelta(days=1)
    return day


# The first hour of each part of the day, as people say it.
SPOKEN = ((21, "밤"), (18, "저녁"), (15, "오후"), (12, "낮"), (6, "오전"), (0, "새벽"))


def korean_hour(value: datetime) -> str:
    """6시, 6시 30분: where the half of the day is clear."""
    moment = timezone.localtime(value)
    minutes = f"{NO_BREAK}{moment.minute}분" if moment.minute else ""
    return f"{moment.hour % 12 or 12}시{minutes}"


def korean_time(value: datetime, *, spoken: bool = False) -> str:
    """오후 6시 30분; as spoken, 저녁 6시 30분"""
    hour = timezone.localtime(value).hour
    half = "오전" if hour < 12 else "오후"
    if spoken:
        half = next(word for first, word in SPOKEN if hour >= first)
    return f"{half}{NO_BREAK}{korean_hour(value)}"


def korean_deadline(value: datetime) -> str:
    """7월 21일(화) 오후 6시; the last minute of a day is 밤 12시 of that day."""
    minute = timezone.localtime(value) - timedelta(minutes=1)
    if (minute.hour, minute.minute) in ((23, 58), (23, 59)):
        return f"{korean_day(minute)} 밤{NO_BREAK}12시"
    return korean_datetime(value)


def korean_datetime(value: datetime) -> str:
    """7월 21일(화) 오후 6시"""
    return f"{korean_day(value)} {korean_time(value)}"


def korean_moment(value: datetime) -> str:
    """2026년 7월 21일(화) 오후 6시"""
    return f"{korean_date(value)} {korean_time(value)}"


def months_after(day: date, months: int) -> date:
    """The same day some months later; the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def time_ago(value: datetime, now: datetime | None = None) -> str:
    """How long ago: just now, minutes, hours, yesterday, then the day."""
    now = now or timezone.now()
    passed = max(now - value, timedelta(0))
    minutes = int(passed.total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {
            "count": minutes
        }
    days = (timezone.localdate(now) - timezone.localdate(value)).days
    if days == 0:
        hours = minutes // 60
        return ngettext("%(count)d hour ago", "%(count)d hours ago", hours) % {"count": hours}
    return _("yesterday") if days == 1 else korean_day(value)
