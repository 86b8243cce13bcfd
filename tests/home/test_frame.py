"""What stands around every page: header, alert and footer."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Site

from home.models import MenuItem, SiteAlert, SiteSettings
from tests.conftest import publish
from tests.factories.accounts import UserFactory
from tests.factories.home import StandardPageFactory

pytestmark = pytest.mark.integration


@pytest.fixture
def settings_of_site(home_page):
    return SiteSettings.objects.create(
        site=Site.objects.get(),
        organisation_name="사회적경제연대회의",
        representatives="김연대, 박협동",
        registration_number="000-82-00000",
        address="서울 은평구",
        phone="02-0000-0000",
        email="hello@yeondae.example",
        privacy_officer="이가온",
        naver_site_verification="naver-token",
        google_site_verification="google-token",
    )


def test_menu_shows_the_section_of_the_page_and_what_is_below(client, home_page, settings_of_site):
    about = publish(StandardPageFactory(parent=home_page, title="소개", slug="about"))
    below = publish(StandardPageFactory(parent=about, title="걸어온 길", slug="history"))
    links = [("link", {"page": below, "label": ""})]
    MenuItem.objects.create(settings=settings_of_site, label="소개", page=about, links=links)

    html = client.get("/about/history/").content.decode()

    assert html.count('<a href="/about/" aria-current="true">소개</a>') == 2
    assert html.count('<a href="/about/history/" aria-current="page">걸어온 길</a>') == 2
    assert '<a class="site-footer__head" href="/about/">소개</a>' in html
    assert 'href="/search/"' in html


def test_foot_names_the_operator_and_leads_to_what_the_law_wants(
    client, home_page, settings_of_site
):
    page = publish(StandardPageFactory(parent=home_page, title="방침", slug="privacy"))
    settings_of_site.privacy_policy_page = page
    settings_of_site.footer_links = [("link", {"page": page, "label": "이용약관"})]
    settings_of_site.save()

    html = client.get("/").content.decode()

    for words in (
        *("사회적경제연대회의", "김연대, 박협동", "000-82-00000", "서울 은평구"),
        *("02-0000-0000", "hello@yeondae.example", "이가온"),
        '<a href="/privacy/"><strong>개인정보처리방침</strong></a>',
        '<a href="/privacy/">이용약관</a>',
        '<meta name="naver-site-verification" content="naver-token">',
        '<meta name="google-site-verification" content="google-token">',
    ):
        assert words in html


@pytest.mark.django_db(transaction=True)
def test_an_alert_is_public_as_soon_as_it_is_saved_and_gone_when_its_time_is_over(
    client, home_page
):
    assert "공청회가" not in client.get("/").content.decode()

    alert = SiteAlert.objects.create(site=Site.objects.get(), text="공청회가 열립니다.")
    assert "공청회가 열립니다." in client.get("/").content.decode()

    alert.shows_until = timezone.now() - timedelta(seconds=1)
    alert.save()
    assert "공청회가" not in client.get("/").content.decode()


@pytest.mark.parametrize("role", ["편집자", "사무국장(승인자)"])
def test_staff_find_what_stands_around_the_pages_in_one_menu(client, home_page, role):
    client.force_login(UserFactory(role=role))

    dashboard = client.get("/admin/").content.decode()

    for address in (
        "/admin/settings/home/sitesettings/",
        "/admin/settings/home/sitealert/",
        "/admin/snippets/home/contact/",
        "/admin/snippets/home/theme/",
        "/admin/snippets/home/sector/",
    ):
        assert address in dashboard
        assert client.get(address, follow=True).status_code == 200
    assert dashboard.count("/admin/settings/home/sitesettings/") == 1


def test_a_missing_page_offers_the_search_and_the_most_useful_links(
    client, home_page, settings_of_site
):
    about = publish(StandardPageFactory(parent=home_page, title="소개", slug="about"))
    settings_of_site.action_page = about
    settings_of_site.save()
    MenuItem.objects.create(settings=settings_of_site, label="우리", page=about)

    response = client.get("/nothing/")

    html = response.content.decode()
    assert response.status_code == 404
    assert '<form class="search__form" action="/search/"' in html
    for words in ("<strong>소개</strong>", "<strong>우리</strong>", '<a href="/"><strong>'):
        assert words in html
