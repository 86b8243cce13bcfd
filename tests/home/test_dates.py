from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format

from home import dates

EVENING = datetime(2026, 7, 21, 9, 0, tzinfo=UTC)  # 18:00 in Seoul
NIGHT = datetime(2026, 7, 21, 15, 30, tzinfo=UTC)  # the next day in Seoul, 00:30


def test_day_holds_together_and_to_its_postposition():
    assert dates.korean_day(date(2026, 7, 21)) == "7월\u00a021일\u2060(화)\u2060"


def test_date_holds_together():
    assert dates.korean_date(date(2026, 7, 21)) == "2026년\u00a07월\u00a021일\u2060(화)\u2060"


def test_moment_is_told_in_seoul():
    assert dates.korean_datetime(EVENING) == "7월\u00a021일\u2060(화)\u2060 오후\u00a06시"
    assert dates.korean_date(NIGHT) == "2026년\u00a07월\u00a022일\u2060(수)\u2060"


def test_a_moment_of_any_year():
    assert dates.korean_moment(EVENING) == "2026년\u00a07월\u00a021일\u2060(화)\u2060 오후\u00a06시"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 12, 2), 6, date(2027, 6, 2)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_months_later_ends_with_the_month(day, months, later):
    assert dates.months_after(day, months) == later


@pytest.mark.parametrize(
    ("target", "months", "first"),
    [
        (date(2026, 12, 2), 6, date(2026, 6, 2)),
        (date(2027, 2, 28), 6, date(2026, 8, 28)),
        (date(2027, 3, 31), 1, date(2027, 3, 1)),  # February has no 31st, and March's 1st is later
    ],
)
def test_the_first_day_that_reaches_another(target, months, first):
    assert dates.first_day_reaching(target, months) == first


@pytest.mark.parametrize(
    ("precision", "last"),
    [
        (dates.Precision.DAY, date(2028, 2, 1)),
        (dates.Precision.MONTH, date(2028, 2, 29)),
        (dates.Precision.YEAR, date(2028, 12, 31)),
    ],
)
def test_the_last_day_a_date_can_mean(precision, last):
    assert dates.last_day_of(date(2028, 2, 1), precision) == last


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (0, 30, "오전\u00a012시\u00a030분"),
        (12, 0, "오후\u00a012시"),
        (23, 5, "오후\u00a011시\u00a05분"),
    ],
)
def test_noon_and_midnight_have_twelve_hours(hour, minute, words):
    moment = datetime(2026, 7, 21, hour, minute, tzinfo=UTC) - timedelta(hours=9)

    assert dates.korean_time(moment) == words


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=-5), "방금"),
        (timedelta(seconds=59), "방금"),
        (timedelta(minutes=2), "2분 전"),
        (timedelta(minutes=59), "59분 전"),
        (timedelta(hours=3), "3시간 전"),
        (timedelta(hours=19), "어제"),
        (timedelta(hours=47), "7월\u00a019일\u2060(일)\u2060"),
    ],
)
def test_time_ago_grows_coarser(passed, words):
    with translation.override("ko"):
        said = dates.time_ago(EVENING - passed, now=EVENING)

    assert said.replace("\u00a0전", " 전") == words


def test_a_whole_moment_says_the_half_of_the_day_before_the_hour():
    with translation.override("ko"):
        moment = date_format(timezone.localtime(EVENING), "DATETIME_FORMAT")

    assert moment == "2026년 7월 21일 오후 6:00"
