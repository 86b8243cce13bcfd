from datetime import date

from rights.registry import Outlook
from rights.services.calendar import _by_month


def test_what_goes_after_the_last_month_is_no_part_of_the_calendar():
    rows = [Outlook(date(2026, 12, 3), 2), Outlook(date(2027, 2, 1), 5)]

    found = _by_month(rows, [date(2026, 12, 1), date(2027, 1, 1)])

    assert list(found) == [(date(2026, 12, 1), "")]
