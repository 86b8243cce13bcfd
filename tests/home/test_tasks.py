import pytest

from home.models import ShareCard
from tests.factories.home import StandardPageFactory
from tests.factories.tree import publish

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_published_page_gets_its_card_from_the_worker(
    home_page, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        about = publish(StandardPageFactory(parent=home_page))

    assert ShareCard.objects.get().page_id == about.pk


def test_draft_gets_none(home_page, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        StandardPageFactory(parent=home_page, live=False).save_revision()

    assert not ShareCard.objects.exists()
