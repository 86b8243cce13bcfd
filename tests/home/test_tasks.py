import pytest

from home.models import PublicVersion, ShareCard, SiteImage
from home.services.renditions import missing_specs
from home.tasks import make_all_renditions, make_renditions, make_renditions_of_page
from tests.factories.home import StandardPageFactory
from tests.factories.tree import publish
from tests.home.images import store_image

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def number():
    return PublicVersion.objects.values_list("number", flat=True).filter(pk=1).first() or 0


def test_a_saved_picture_has_its_sizes_made(django_capture_on_commit_callbacks):
    before = number()
    with django_capture_on_commit_callbacks(execute=True):
        image = store_image(60, 40)

    with django_capture_on_commit_callbacks(execute=True):
        pass
    assert missing_specs(image) == []
    assert number() > before


def test_a_picture_that_is_gone_needs_nothing(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        make_renditions.call(12345)

    assert callbacks == []


def test_a_published_page_has_the_sizes_of_its_pictures(
    home_page, django_capture_on_commit_callbacks
):
    image = store_image(60, 40)
    picture = {"image": image, "decorative": False, "alt_text": "광장"}
    with django_capture_on_commit_callbacks(execute=True):
        publish(StandardPageFactory(parent=home_page, body=[("picture", picture)]))

    assert missing_specs(SiteImage.objects.get(pk=image.pk)) == []


def test_a_page_that_is_gone_needs_nothing(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        make_renditions_of_page.call(12345)

    assert callbacks == []


def test_what_no_task_made_the_sweep_makes(django_capture_on_commit_callbacks):
    image = store_image(60, 40)
    with django_capture_on_commit_callbacks(execute=True) as first:
        make_all_renditions()
    with django_capture_on_commit_callbacks(execute=True) as second:
        make_all_renditions()

    assert missing_specs(SiteImage.objects.get(pk=image.pk)) == []
    assert (len(first), len(second)) == (1, 0)


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
