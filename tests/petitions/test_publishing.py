"""No petition goes live without the consents that signing needs, whichever way it is published."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Workflow

from petitions.models import PetitionConsent, PetitionPage
from privacy.models import ConsentDefinition
from schedule.jobs import publish_scheduled
from tests.factories.petitions import PetitionPageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

COMPLETE = ("collection", "age")


@pytest.fixture(params=[(), ("age",), ("collection", "news")], ids=["none", "age", "no age"])
def unready(campaign_page, request):
    """A draft whose form asks for too little."""
    page = PetitionPageFactory(parent=campaign_page, live=False, consents=request.param)
    page.save_revision()
    return page


@pytest.fixture
def ready(campaign_page):
    """A draft that may be published."""
    page = PetitionPageFactory(parent=campaign_page, live=False, consents=COMPLETE)
    page.save_revision()
    return page


def is_live(page):
    return PetitionPage.objects.values_list("live", flat=True).get(pk=page.pk)


def in_review(page, user):
    """The page's task, once an editor has sent it to review."""
    return Workflow.objects.get().start(page, user).current_task_state


def approve(browser, page, task, **headers):
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    return browser.post(f"{address}?next=/admin/pages/", headers=headers, follow=not headers)


@pytest.mark.sqlite_smoke
def test_it_can_not_be_saved_as_live(unready):
    unready.live = True

    with pytest.raises(ValidationError, match=unready.title):
        unready.save()

    assert not is_live(unready)


def test_a_live_one_can_not_give_them_up(petition_page):
    petition_page.petition_consents = []

    with pytest.raises(ValidationError):
        petition_page.save_revision().publish()

    assert PetitionConsent.objects.filter(page=petition_page).count() == 5


@pytest.mark.parametrize("hours", [None, 1], ids=["now", "later"])
def test_its_revision_is_not_published(unready, hours):
    unready.go_live_at = hours and timezone.now() + timedelta(hours=hours)
    revision = unready.save_revision()

    with pytest.raises(ValidationError, match=unready.title):
        revision.publish()

    revision.refresh_from_db()
    assert revision.approved_go_live_at is None
    assert not is_live(unready)


def test_the_recipients_of_a_roll_are_needed_too(campaign_page):
    page = PetitionPageFactory(parent=campaign_page, live=False, roll_recipients="")

    with pytest.raises(ValidationError):
        page.save_revision().publish()


def test_a_reviewer_can_not_approve_it(admin_client, administrator, unready):
    task = in_review(unready, administrator)

    response = approve(admin_client, unready, task)

    [message] = response.context["messages"]
    assert (message.level_tag, unready.title in str(message)) == ("error", True)
    assert not is_live(unready)
    task.refresh_from_db()
    assert task.status == "in_progress"


def test_the_dialog_of_a_review_goes_on_to_say_so(admin_client, administrator, unready):
    task = in_review(unready, administrator)

    response = approve(admin_client, unready, task, **{"x-requested-with": "XMLHttpRequest"})

    assert response.json() == {"step": "success", "redirect": "/admin/pages/"}
    assert not is_live(unready)


def test_a_reviewer_can_approve_what_is_ready(admin_client, administrator, ready):
    approve(admin_client, ready, in_review(ready, administrator))

    assert is_live(ready)


def test_its_hour_comes_in_vain(unready, caplog):
    revision = unready.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))

    with pytest.raises(RuntimeError, match="1 scheduled changes failed"):
        publish_scheduled()
    with pytest.raises(ValidationError):
        call_command("publish_scheduled")

    assert unready.title in caplog.text
    assert not is_live(unready)
    revision.refresh_from_db()
    assert revision.approved_go_live_at is not None


def test_what_is_ready_goes_live_at_its_hour(ready):
    ready.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))

    publish_scheduled()

    assert is_live(ready)


@pytest.mark.parametrize("name", ["name_reason", "email_reason", "region_reason"])
def test_a_needed_field_says_why_or_nothing_is_published(ready, name):
    """korea.md 3.1, art. 16: a reason for each field that nobody can leave out."""
    setattr(ready, name, "  ")

    with pytest.raises(ValidationError, match=ready.title):
        ready.save_revision().publish()

    assert not is_live(ready)


@pytest.mark.parametrize("element", ["purpose", "items", "retention", "refusal"])
def test_a_consent_without_its_four_elements_is_refused(ready, element):
    """korea.md 3.10, test 1: also where the text was emptied past the editor's form."""
    definition = ready.petition_consents.get(definition__slug="collection").definition
    ConsentDefinition.objects.filter(pk=definition.pk).update(**{element: " "})

    with pytest.raises(ValidationError) as refusal:
        ready.save_revision().publish()

    assert definition.title in refusal.value.messages[0]
    assert not is_live(ready)


def test_the_form_says_why_it_asks(client, petition_page):
    response = client.get(petition_page.url)

    assert petition_page.region_reason in response.content.decode()
