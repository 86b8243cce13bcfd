"""Nobody outside reads a text under embargo, whichever way it is published."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Workflow

from accounts.services import decide
from home.models import StatementPage
from schedule.jobs import publish_scheduled
from tests.browser import StaffClient
from tests.conftest import publish
from tests.factories.home import StatementPageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HOUR = timedelta(hours=1)


@pytest.fixture
def statement(home_page, clock):
    """A draft under embargo for two hours."""
    page = StatementPageFactory(
        parent__parent=home_page, live=False, slug="secret", embargo_at=timezone.now() + 2 * HOUR
    )
    page.save_revision()
    return page


def publish_revision(page, user):
    page.get_latest_revision().publish(user=user)


def approve(page, user):
    task = Workflow.objects.get().start(page, None).current_task_state
    decide(task.pk, user=user, decision="approve", comment="", revision=task.revision_id)


def publish_in_bulk(page, user):
    client = StaffClient()
    client.force_login(user)
    client.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}&next=/admin/", {})


def publish_index_in_bulk(page, user):
    client = StaffClient()
    client.force_login(user)
    client.post(
        f"/admin/bulk/wagtailcore/page/publish/?id={page.get_parent().pk}&next=/admin/",
        {"include_descendants": "on"},
    )


def save_as_live(page, _user):
    page.live = True
    page.save()


def publish_and_forget_the_schedule(page, user):
    page.go_live_at = None
    page.save_revision().publish(user=user)


def restore_and_publish(page, user):
    first = page.get_latest_revision()
    page.title = "다른 제목"
    page.save_revision()
    first.as_object().save_revision(previous_revision=first).publish(user=user)


WAYS = [
    *(publish_revision, approve, publish_in_bulk, publish_index_in_bulk),
    *(save_as_live, publish_and_forget_the_schedule, restore_and_publish),
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_it_is_public_at_its_time_and_never_before(statement, administrator, clock, way):
    way(statement, administrator)

    publish_scheduled()
    assert Client().get(statement.get_url()).status_code == 404
    clock.tick(2 * HOUR - timedelta(seconds=1))
    publish_scheduled()
    assert not StatementPage.objects.live().exists()

    if way is not save_as_live:
        clock.tick(timedelta(seconds=2))
        publish_scheduled()
        assert Client().get(statement.get_url()).status_code == 200


def test_neither_is_its_copy(statement, administrator, clock):
    copy = CopyPageAction(
        statement, update_attrs={"slug": "copy", "live": True}, keep_live=True, user=administrator
    ).execute(skip_permission_checks=True)

    copy.refresh_from_db()
    assert not copy.live
    copy.get_latest_revision().publish()
    assert not StatementPage.objects.live().exists()


def test_a_public_text_stays_while_its_new_version_waits(home_page, administrator, clock):
    page = publish(StatementPageFactory(parent__parent=home_page, title="처음 글"))
    page.title = "고친 글"
    page.embargo_at = timezone.now() + HOUR
    page.save_revision().publish()

    assert StatementPage.objects.live().get().title == "처음 글"
    clock.tick(HOUR + timedelta(seconds=1))
    publish_scheduled()
    assert StatementPage.objects.live().get().title == "고친 글"


@pytest.mark.parametrize("shift", [-HOUR, HOUR])
def test_an_embargo_can_be_moved(statement, clock, shift):
    statement.get_latest_revision().publish()
    draft = statement.get_latest_revision_as_object()
    draft.embargo_at += shift
    draft.save_revision().publish()

    clock.tick(2 * HOUR + shift - timedelta(seconds=1))
    publish_scheduled()
    assert not StatementPage.objects.live().exists()
    clock.tick(timedelta(seconds=2))
    publish_scheduled()
    assert StatementPage.objects.live().exists()


def test_an_embargo_that_is_over_holds_nothing_back(statement, clock):
    clock.tick(3 * HOUR)

    publish(statement)

    assert statement.live


def test_the_status_says_embargo(statement, admin_client):
    assert "embargo" in str(statement.status_string) or "엠바고" in str(statement.status_string)
    listing = admin_client.get(f"/admin/pages/{statement.get_parent().pk}/").content.decode()
    assert str(statement.status_string) in listing

    statement.get_latest_revision().publish()
    approved = StatementPage.objects.get()
    assert approved.status_string != statement.status_string
    listing = admin_client.get(f"/admin/pages/{statement.get_parent().pk}/").content.decode()
    assert str(approved.status_string) in listing


def test_afterwards_the_status_is_the_usual_one(statement, clock):
    clock.tick(3 * HOUR)

    assert statement.status_string == super(type(statement), statement).status_string


def test_the_preview_says_so_and_the_public_page_does_not(statement, admin_client, clock):
    preview = admin_client.get(f"/admin/pages/{statement.pk}/view_draft/").content.decode()
    assert "alert--warning" in preview

    clock.tick(3 * HOUR)
    publish(statement)
    assert "alert--warning" not in Client().get(statement.get_url()).content.decode()


def test_other_obstacles_still_hold(statement):
    statement.title = ""

    with pytest.raises(ValidationError):
        statement.save_revision()
