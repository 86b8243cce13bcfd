import warnings
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from home import services
from home.models import NewsIndexPage, NewsPage, PublicVersion, ShareCard, SiteImage, SiteSettings
from home.services.card_design import LOOKS
from tests.factories.home import NewsIndexPageFactory, StandardPageFactory
from tests.factories.tree import publish

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _no_files():
    """The memory that stands for the disk begins empty."""
    for name in stored():
        default_storage.delete(f"share/{name}")


def stored():
    try:
        return default_storage.listdir("share")[1]
    except FileNotFoundError:
        return []


@pytest.fixture
def about(home_page):
    return publish(StandardPageFactory(parent=home_page, title="연대회의 소개"))


def card_of(page):
    return ShareCard.objects.get(page=page)


def test_card_is_named_after_what_it_says(about):
    assert services.draw_share_card(about.pk) is True

    card = card_of(about)
    assert card.file.name == f"share/{card.digest}.png"
    assert default_storage.open(card.file.name).read().startswith(b"\x89PNG")


def test_drawing_twice_changes_nothing(about):
    services.draw_share_card(about.pk)
    name = card_of(about).file.name

    assert services.draw_share_card(about.pk) is False
    assert card_of(about).file.name == name
    assert len(stored()) == 1


def test_another_title_gets_another_file_and_the_old_one_stays_a_day(about):
    services.draw_share_card(about.pk)
    before = card_of(about).file.name
    about.title = "우리가 하는 일"
    publish(about)

    services.draw_share_card(about.pk)

    after = card_of(about).file.name
    assert after != before
    assert services.remove_unused_cards() == 0
    assert default_storage.exists(before)


def test_unused_file_goes_after_a_day(about, clock):
    default_storage.save("share/old.png", ContentFile(b"old"))
    clock.tick(timedelta(days=1, minutes=1))
    services.draw_share_card(about.pk)
    clock.tick(timedelta(days=1, minutes=1))

    assert services.remove_unused_cards() == 1
    assert stored() == [card_of(about).file.name.removeprefix("share/")]


def test_without_a_single_card_there_is_nothing_to_remove(db, monkeypatch, settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }
    settings.MEDIA_ROOT = tmp_path

    assert services.remove_unused_cards() == 0


def test_missing_cards_are_drawn_and_no_other(about, home_page):
    services.draw_share_card(about.pk)

    assert services.draw_missing_cards() == 1
    assert services.draw_missing_cards() == 0
    assert set(ShareCard.objects.values_list("page", flat=True)) == {about.pk, home_page.pk}


def test_cards_follow_the_name_of_the_organisation(about, home_page):
    services.draw_missing_cards()
    before = card_of(about).digest
    settings, _made = SiteSettings.objects.get_or_create(site=home_page.get_site())
    settings.organisation_name = "이음연대"
    settings.save()

    assert services.redraw_old_cards() == 2
    assert card_of(about).digest != before
    assert services.redraw_old_cards() == 0


def test_page_that_cannot_be_drawn_does_not_stop_the_others(about, home_page, monkeypatch):
    monkeypatch.setitem(LOOKS, home_page.share_look, {**LOOKS["paper"], "ground": "no colour"})
    news = publish(NewsIndexPageFactory(parent=home_page))
    assert news.share_look != home_page.share_look

    assert services.draw_missing_cards() == ShareCard.objects.count() > 0
    assert not ShareCard.objects.filter(page=home_page).exists()


def test_draft_has_no_card(home_page):
    draft = StandardPageFactory(parent=home_page, live=False)

    assert services.draw_share_card(draft.pk) is False
    assert services.draw_share_card(10**9) is False


def test_private_page_has_no_card_and_loses_the_one_it_had(about):
    services.draw_share_card(about.pk)
    PageViewRestriction.objects.create(page=about, restriction_type="login")

    assert services.draw_share_card(about.pk) is False
    services.remove_unused_cards()
    assert not ShareCard.objects.filter(page=about).exists()


def test_unpublished_page_loses_its_card(about):
    services.draw_share_card(about.pk)
    about.unpublish()

    services.remove_unused_cards()

    assert not ShareCard.objects.exists()


def test_page_without_a_site_of_ours_still_gets_a_card(about):
    about.get_site().delete()

    assert services.draw_share_card(about.pk) is True


@pytest.fixture
def news_with_picture(home_page):
    index = home_page.add_child(instance=NewsIndexPage(title="소식", slug="news"))
    image = SiteImage.objects.create(title="광장", file=get_test_image_file(size=(900, 900)))
    news = index.add_child(instance=NewsPage(title="광장에서", slug="square", picture=image))
    return publish(news)


def draw(page):
    with (
        warnings.catch_warnings()
    ):  # Wagtail 8 leaves pictures open of which it makes another size.
        warnings.simplefilter("ignore", ResourceWarning)
        return services.draw_share_card(page.pk)


def test_picture_of_the_page_is_on_its_card(news_with_picture):
    assert draw(news_with_picture) is True
    with_picture = card_of(news_with_picture).digest

    news_with_picture.picture = None
    publish(news_with_picture)
    assert draw(news_with_picture) is True
    assert card_of(news_with_picture).digest != with_picture


def test_picture_whose_file_is_gone_leaves_the_drawing(news_with_picture):
    default_storage.delete(news_with_picture.picture.file.name)

    assert draw(news_with_picture) is True
    assert card_of(news_with_picture).file


def test_when_a_card_was_drawn_pages_are_told(about, django_capture_on_commit_callbacks):
    before = PublicVersion.objects.values_list("number", flat=True).first() or 0
    with django_capture_on_commit_callbacks(execute=True):
        services.draw_share_card(about.pk)

    assert PublicVersion.objects.get().number > before
