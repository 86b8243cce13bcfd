"""Terms of the law end on working days: known years, known days off."""

from datetime import date

import pytest

from rights.dates import end_of_term, is_day_off, told

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "day",
    [
        date(2024, 2, 12),  # 설날 was a Saturday: 대체공휴일
        date(2025, 1, 28),  # 설날 연휴
        date(2025, 10, 8),  # 추석 연휴 with a Sunday in it: 대체공휴일
        date(2026, 2, 18),  # 설날 다음 날
        date(2026, 3, 2),  # 삼일절 was a Sunday: 대체공휴일
        date(2026, 5, 25),  # 부처님오신날 was a Sunday: 대체공휴일
        date(2026, 6, 3),  # 지방선거
        date(2026, 9, 25),  # 추석
        date(2027, 2, 9),  # 설날 was a Sunday: 대체공휴일
        date(2026, 11, 28),  # a Saturday
        date(2026, 11, 29),  # a Sunday
    ],
)
def test_days_off(day):
    assert is_day_off(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2025, 5, 1),  # 노동절 was no public holiday before 2026
        date(2026, 2, 19),  # after 설날
        date(2026, 9, 28),  # the Monday after 추석: it fell on Thursday to Saturday
        date(2026, 6, 8),  # 현충일 on a Saturday has no substitute
        date(2026, 11, 27),
    ],
)
def test_working_days(day):
    assert not is_day_off(day)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 11, 27), date(2026, 12, 7)),  # a Monday as it is
        (date(2026, 11, 25), date(2026, 12, 7)),  # a Saturday and its Sunday are passed over
        (date(2026, 2, 6), date(2026, 2, 19)),  # into 설날: Monday to Wednesday are off
        (date(2026, 9, 14), date(2026, 9, 28)),  # into 추석: Thursday to Sunday are off
        (date(2027, 1, 27), date(2027, 2, 10)),  # 설날 with its 대체공휴일
        (date(2026, 12, 22), date(2027, 1, 4)),  # New Year's Day and a week-end
    ],
)
def test_a_term_of_ten_days_ends_on_a_working_day(first, last):
    """Civil Act 157 and 161: the first day does not count, a day off is not the last."""
    assert end_of_term(first, 10) == last


def test_days_are_told_with_their_weekday():
    assert told(date(2026, 12, 7)) == "2026년 12월 7일(월)"
