from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, Revision, Site, get_page_models

from accounts.models import User
from campaigns.models import CampaignPage
from home.content_checks import check_page
from home.models import (
    Article,
    BasePage,
    HomePage,
    MenuItem,
    NewsPage,
    SearchSynonym,
    ShortLink,
    SiteAlert,
    SiteDocument,
    SiteImage,
    SiteSettings,
)
from home.network.models import Body, Meeting, Organisation, Region
from home.uploads import take_document
from petitions.models import Signature, Tally

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

COUNTED = (
    *(User, Page, Revision, SiteImage, SiteDocument, Organisation, Body, Meeting, MenuItem),
    *(SearchSynonym, ShortLink, SiteAlert, Signature, HomePage),
)


def load():
    call_command("load_demo", signatures=40)


def counts():
    return {model.__name__: model.objects.count() for model in COUNTED}


def live_pages():
    return [page.specific for page in Page.objects.live().type(BasePage)]


def test_demo_is_whole_and_loading_it_again_changes_nothing():
    load()
    before = counts()
    assert before["User"] == 12
    assert before["Signature"] == 40
    assert Tally.objects.get().online == Signature.objects.confirmed().count()
    pages = live_pages()
    for expected in (
        *(pages_are_as_we_ask_editors_to_write, every_page_type_is_shown),
        *(texts_are_of_today, numbers_can_be_counted),
    ):
        expected(pages)
    files_would_be_accepted_from_an_editor()
    pictures_say_what_they_show()

    load()

    assert counts() == before
    call_command("generate_signatures", 50)
    assert Signature.objects.count() == 90


def pages_are_as_we_ask_editors_to_write(pages):
    findings = {page.slug: check_page(page) for page in pages}

    assert {slug: found for slug, found in findings.items() if found} == {}
    assert all(page.slug.isascii() for page in pages)
    assert all(page.summary for page in pages)


def every_page_type_is_shown(pages):
    types = {model for model in get_page_models() if issubclass(model, BasePage)}

    assert types - {type(page) for page in pages} == set()
    assert len(pages) > 45
    assert Site.objects.get().root_page.specific.numbers


def texts_are_of_today(pages):
    today = timezone.localdate()
    days = [page.published_on for page in pages if isinstance(page, Article)]

    assert max(days) <= today
    assert today - timedelta(days=7) <= max(days)


def numbers_can_be_counted(_pages):
    assert len({meeting.held_on.year for meeting in Meeting.objects.all()}) == 2
    assert Meeting.objects.count() >= 40
    assert Organisation.objects.members().count() == 34
    assert Body.objects.exclude(predecessor=None).get().name == "지역위원회"


def files_would_be_accepted_from_an_editor():
    for document in SiteDocument.objects.all():
        name = document.file.name.rpartition("/")[2]
        take_document(ContentFile(document.file.read(), name=name))
        document.file.close()


def pictures_say_what_they_show():
    for image in SiteImage.objects.all():
        assert (image.width, image.height) == (1800, 1200)
        assert image.description
        assert (image.credit, image.portrait_consent) == ("연대 그림", "no_faces")


def test_what_editors_changed_or_took_out_stays():
    load()
    news = NewsPage.objects.get(slug="relay-of-one")
    news.title = "편집자가 고친 제목"
    news.save_revision().publish()
    settings = SiteSettings.objects.get()
    settings.organisation_name = "다른 이름"
    settings.save()
    MenuItem.objects.filter(label="자료").delete()
    SearchSynonym.objects.first().delete()
    Organisation.objects.filter(is_member=False).delete()
    campaign = CampaignPage.objects.get(slug="basic-act")
    campaign.outcomes = []
    campaign.save_revision().publish()
    before = counts()

    load()

    assert counts() == before
    assert NewsPage.objects.get(slug="relay-of-one").title == "편집자가 고친 제목"
    assert SiteSettings.objects.get().organisation_name == "다른 이름"
    assert not CampaignPage.objects.get(slug="basic-act").outcomes.exists()


def test_a_checkout_from_before_the_newsroom_gets_what_it_lacks():
    load()
    home = HomePage.objects.get()
    for slug in ("news", "statements", "reports", "op-eds", "resources", "terms"):
        Page.objects.child_of(home).get(slug=slug).delete()
    campaign = CampaignPage.objects.get(slug="basic-act")
    campaign.milestones, campaign.questions, campaign.hand_overs = [], [], []
    campaign.save_revision().publish()
    settings = SiteSettings.objects.get()
    MenuItem.objects.filter(settings=settings).delete()
    about = Page.objects.child_of(home).get(slug="about")
    for position, label in enumerate(("소개", "캠페인", "서명")):
        MenuItem.objects.create(settings=settings, label=label, page=about, sort_order=position)

    load()

    assert NewsPage.objects.live().count() >= 8
    assert CampaignPage.objects.get(slug="basic-act").hand_overs.count() == 2
    assert list(settings.menu_items.values_list("label", flat=True)) == [
        *("소개", "캠페인", "행사", "소식", "자료")
    ]


def test_start_that_failed_leaves_nothing_half():
    for kind in (Region.Kind.WARD, Region.Kind.DISTRICT, Region.Kind.PROVINCE):
        Region.objects.filter(kind=kind).delete()

    with pytest.raises(ValueError, match="not enough"):  # Nobody can live anywhere.
        load()

    assert HomePage.objects.count() == 0


@pytest.mark.parametrize("month", [1, 6])
def test_demo_can_be_loaded_on_any_day_of_the_year(clock, month):
    clock.move_to(f"2027-{month:02d}-01 00:30:00")

    load()

    assert Meeting.objects.filter(held_on__gt=timezone.localdate()).count() == 0
