"""A resident registration number goes public by no way; drafts are kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Page

from home.models import StandardPage
from tests.factories.home import StandardPageFactory

pytestmark = pytest.mark.django_db

NUMBER = "900101-1234567"


@pytest.fixture
def draft(home_page):
    page = StandardPageFactory(parent=home_page, slug="about", live=False, summary="한 줄")
    page.title = NUMBER
    page.save_revision()
    return page


def test_draft_is_saved(draft):
    assert draft.get_latest_revision_as_object().title == NUMBER


def test_publishing_is_refused(draft):
    with pytest.raises(ValidationError) as caught:
        draft.get_latest_revision().publish()

    assert caught.value.code == "held_back"
    assert not StandardPage.objects.get(pk=draft.pk).live


def test_scheduling_is_refused(draft):
    draft.go_live_at = timezone.now() + timedelta(days=1)

    with pytest.raises(ValidationError):
        draft.save_revision().publish()

    assert not draft.revisions.exclude(approved_go_live_at=None).exists()


def test_changing_a_live_page_in_code_is_refused(home_page):
    page = StandardPageFactory(parent=home_page, slug="about")
    page.summary = NUMBER

    with pytest.raises(ValidationError):
        page.save()


def test_what_is_clean_is_published_and_scheduled(draft):
    draft.title = "소개"
    draft.save_revision().publish()
    assert Page.objects.get(pk=draft.pk).live

    draft.go_live_at = timezone.now() + timedelta(days=1)
    draft.save_revision().publish()
    assert draft.revisions.exclude(approved_go_live_at=None).count() == 1
