from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Site

from home.context_processors import (
    Alert,
    Link,
    SiteDetails,
    mail_sender,
    site_details,
    site_settings,
)
from home.models import MenuItem, SiteAlert, SiteSettings
from home.publishing import forget_everything
from petitions.models import PetitionPage
from tests.conftest import publish
from tests.factories.home import StandardPageFactory

from .test_publishing import unreachable

pytestmark = pytest.mark.unit


@pytest.fixture
def entered(home_page):
    settings = SiteSettings.for_site(Site.objects.get())
    settings.organisation_name = "사회적경제연대회의"
    settings.short_name = "연대회의"
    settings.email = "office@yeondae.example"
    settings.phone = "02-000-0000"
    settings.address = "서울 은평구"
    settings.save()
    forget_everything()
    return settings


def links(*pages, label=""):
    return [("link", {"page": page, "label": label}) for page in pages]


def test_details_are_what_staff_entered(entered):
    details = site_details()

    assert details.organisation_name == "사회적경제연대회의"
    assert (details.menu_items, details.primary_action) == ((), None)
    assert (details.privacy_policy_url, details.official_petition_help_url) == ("", "")


def test_details_lead_to_live_pages_only(entered, home_page):
    live = publish(StandardPageFactory(parent=home_page, title="소개", slug="about"))
    draft = StandardPageFactory(parent=home_page, slug="draft", live=False)
    entered.privacy_policy_page, entered.official_petition_help_page = live, draft
    entered.action_page = draft
    entered.save()
    MenuItem.objects.create(settings=entered, label="소개", page=live, sort_order=1)
    MenuItem.objects.create(settings=entered, label="초안", page=draft, sort_order=2)

    forget_everything()
    details = site_details()

    assert details.menu_items == (Link("소개", "/about/"),)
    assert (details.privacy_policy_url, details.official_petition_help_url) == ("/about/", "")
    assert details.primary_action is None


def test_links_below_a_menu_item_and_at_the_foot_lead_to_live_pages_only(entered, home_page):
    live = publish(StandardPageFactory(parent=home_page, title="걸어온 길", slug="history"))
    draft = StandardPageFactory(parent=home_page, slug="draft", live=False)
    MenuItem.objects.create(settings=entered, label="소개", page=live, links=links(draft, live))
    entered.footer_links = links(live, draft, label="이용약관")
    entered.save()
    forget_everything()

    details = site_details()

    assert details.menu_items == (Link("소개", "/history/", (Link("걸어온 길", "/history/"),)),)
    assert details.footer_links == (Link("이용약관", "/history/"),)


def test_an_alert_is_shown_until_its_time(entered, home_page, clock):
    page = publish(StandardPageFactory(parent=home_page, title="방청 안내", slug="hearing"))
    until = timezone.now() + timedelta(minutes=1)
    SiteAlert.objects.create(
        site=entered.site, text="공청회가 열립니다.", page=page, shows_until=until
    )
    forget_everything()
    details = site_details()
    assert details.alert == Alert("info", "공청회가 열립니다.", "/hearing/", "방청 안내", until)

    clock.tick(timedelta(seconds=59))
    assert details.alert
    clock.tick(timedelta(seconds=1))
    assert details.alert is None


def test_an_alert_needs_neither_a_link_nor_an_end(entered):
    alert = SiteAlert.objects.create(site=entered.site, text="공청회가 열립니다.", kind="urgent")
    forget_everything()

    assert site_details().alert == Alert("urgent", alert.text, "", "", None)


def test_an_alert_without_words_is_none(entered):
    SiteAlert.objects.create(site=entered.site)
    forget_everything()

    assert site_details().alert is None


def test_the_action_has_the_word_of_its_page(entered, petition_page):
    entered.action_page = petition_page
    entered.save()

    forget_everything()

    assert site_details().primary_action == Link(
        str(PetitionPage.action_label), "/campaigns/basic-act/petition/"
    )


def test_the_action_of_a_plain_page_has_its_title(entered, home_page):
    entered.action_page = publish(StandardPageFactory(parent=home_page, title="소개", slug="about"))
    entered.save()

    forget_everything()

    assert site_details().primary_action == Link("소개", "/about/")


@pytest.mark.parametrize("number", [1, 3])
def test_details_are_read_with_as_many_queries_for_three_items(
    entered, home_page, number, django_assert_num_queries
):
    for n in range(number):
        page = publish(StandardPageFactory(parent=home_page))
        MenuItem.objects.create(
            settings=entered, label=f"{n}", page=page, links=links(page, page), sort_order=n
        )
    entered.footer_links = links(*[page] * number)
    entered.save()
    SiteAlert.objects.create(site=entered.site, text="공청회가 열립니다.", page=page)
    forget_everything()

    with django_assert_num_queries(3):  # The number of what is public, all pages, these words.
        site_details()
    with django_assert_num_queries(0):
        site_details()


def test_without_settings_nothing_is_said(home_page):
    assert site_details() == SiteDetails()


def test_without_a_site_nothing_is_said(db):
    Site.objects.all().delete()

    assert site_details() == SiteDetails()


def test_a_page_needs_no_database_for_them(entered, rf):
    with unreachable():
        assert site_settings(rf.get("/"))["site_settings"].organisation_name == ""

    assert site_settings(rf.get("/"))["site_settings"].organisation_name == "사회적경제연대회의"


def test_mails_are_sent_by_the_organisation(entered):
    sender = mail_sender()

    assert (sender.name, sender.email) == ("사회적경제연대회의", "office@yeondae.example")
    assert (sender.phone, sender.address) == ("02-000-0000", "서울 은평구")


def test_mails_are_sent_under_the_short_name_if_that_is_all(entered):
    entered.organisation_name = ""
    entered.save()
    forget_everything()

    assert mail_sender().name == "연대회의"


def test_header_offers_a_petition_only_while_it_is_open(entered, petition_page):
    entered.action_page = petition_page
    entered.save()
    forget_everything()
    assert site_details().primary_action == Link("서명하기", petition_page.url)

    petition_page.closes_at = timezone.now() - timedelta(hours=1)
    publish(petition_page)
    forget_everything()

    assert site_details().primary_action is None
