import pytest

from demo.wishes import load_wishes
from rights.models import Request
from rights.panels import history_of

pytestmark = pytest.mark.integration


def test_the_demo_shows_requests_that_wait_and_one_that_is_answered(db):
    load_wishes()
    load_wishes()

    waiting = Request.objects.open()
    assert [row.is_overdue for row in waiting] == [False, False, False]
    assert Request.objects.count() == 4
    answered = Request.objects.exclude(closed_at=None).get()
    assert len(history_of(answered)) == 2
