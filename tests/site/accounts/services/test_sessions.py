from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.services import purge_sessions
from schedule.registry import jobs

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.mark.sqlite_smoke
def test_log_ins_that_are_over_are_deleted_each_day():
    now, hour = timezone.now(), timedelta(hours=1)
    for key, ends in (("over", now - hour), ("goes-on", now + hour)):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)

    assert [purge_sessions(), purge_sessions()] == [1, 0]

    assert Session.objects.get().session_key == "goes-on"
    assert (jobs["accounts.purge_sessions"].run, jobs["accounts.purge_sessions"].every) == (
        purge_sessions,
        timedelta(days=1),
    )
