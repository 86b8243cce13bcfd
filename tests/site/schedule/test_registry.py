from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from schedule.registry import PeriodicJob

SEOUL = ZoneInfo("Asia/Seoul")


def at(day, hour, minute, second=0):
    return datetime(2026, 11, day, hour, minute, second, tzinfo=SEOUL)


def test_a_periodic_job_is_due_again_after_its_period():
    job = PeriodicJob("tests.job", timedelta(seconds=90), print)

    assert job.next_after(at(24, 12, 0)) == at(24, 12, 1, 30)


@pytest.mark.parametrize(
    ("ran", "due"),
    [
        (at(24, 3, 0), at(24, 4, 10)),
        (at(24, 4, 9, 59), at(24, 4, 10)),
        (at(24, 4, 10), at(25, 4, 10)),
        (at(24, 4, 10, 1), at(25, 4, 10)),
        (at(30, 23, 0), datetime(2026, 12, 1, 4, 10, tzinfo=SEOUL)),
    ],
)
def test_a_daily_job_is_due_at_its_local_time(ran, due):
    job = PeriodicJob("tests.job", timedelta(days=1), print, at=time(4, 10))

    assert job.next_after(ran) == due
    assert job.next_after(ran.astimezone(ZoneInfo("UTC"))) == due
