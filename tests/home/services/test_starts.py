import pytest
from django.utils import timezone
from wagtail.models import Page

from home.services.starts import prepare_copy, prepare_new_page
from tests.conftest import publish
from tests.factories.home import NewsPageFactory, StandardPageFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def test_pages_of_other_apps_are_left_alone(home_page):
    page = Page(title="다른 글")

    prepare_new_page(page, parent=home_page)

    assert page.slug == ""


def test_a_standing_page_has_no_date_to_renew(home_page):
    page = StandardPageFactory(parent=home_page)
    revision = page.save_revision()

    prepare_copy(page)

    page.refresh_from_db()
    assert page.latest_revision_id == revision.pk


def test_a_public_copy_gets_its_new_date_as_a_draft(home_page):
    page = publish(NewsPageFactory(parent__parent=home_page, published_on="2020-01-01"))

    prepare_copy(page)

    page.refresh_from_db()
    assert page.published_on.year == 2020
    assert page.get_latest_revision_as_object().published_on == timezone.localdate()
