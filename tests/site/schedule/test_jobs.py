from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page, Revision

from schedule.jobs import publish_scheduled, tend_task_queue
from schedule.models import Job
from schedule.registry import jobs
from schedule.services import run_due_jobs
from tests.factories.home import HomePageFactory

MINUTE = timedelta(minutes=1)


@pytest.fixture
def scheduled(db, clock):
    """A page that an editor scheduled: public in an hour, gone again in two."""
    page = HomePageFactory(live=False)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.expire_at = timezone.now() + timedelta(hours=2)
    page.save_revision(approved_go_live_at=page.go_live_at)
    Page.objects.filter(pk=page.pk).update(expire_at=page.expire_at)
    return page


def is_live(page):
    return Page.objects.values_list("live", flat=True).get(pk=page.pk)


def test_the_worker_publishes_and_hides_what_editors_scheduled(scheduled, clock):
    shown = []
    for minutes in (0, 59, 2, 57, 3):
        clock.tick(minutes * MINUTE)
        run_due_jobs()
        shown.append(is_live(scheduled))

    assert shown == [False, False, True, True, False]
    assert Job.objects.get(pk="schedule.publish_scheduled").last_error == ""


def test_a_page_that_cannot_be_published_stops_no_other(scheduled, clock, caplog):
    other = HomePageFactory(live=False, go_live_at=timezone.now() + MINUTE)
    other.save_revision(approved_go_live_at=timezone.now() + MINUTE)
    broken = Revision.objects.get(object_id=other.pk)
    Revision.objects.filter(pk=broken.pk).update(content={"pk": "no page"})
    clock.tick(61 * MINUTE)

    with pytest.raises(RuntimeError, match="1 scheduled changes failed"):
        publish_scheduled()

    assert is_live(scheduled) is True
    assert "A scheduled change failed" in caplog.text
    broken.refresh_from_db()
    assert broken.approved_go_live_at is not None


def test_it_looks_each_minute():
    job = jobs["schedule.publish_scheduled"]

    assert (job.run, job.every) == (publish_scheduled, MINUTE)
    assert jobs["schedule.tend_task_queue"].run is tend_task_queue


def test_another_queue_is_tended_by_another_server(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        tend_task_queue()
