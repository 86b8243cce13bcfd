"""A visitor finds the way: menus by keyboard and on a phone, the directory, a campaign's whole way."""

import pytest
from playwright.sync_api import expect
from wagtail.models import Site

from home.models import MenuItem, Sector, SiteAlert, SiteSettings
from tests.conftest import publish
from tests.factories.home import NewsIndexPageFactory, NewsPageFactory, StandardPageFactory
from tests.factories.network import OrganisationFactory, OrganisationIndexPageFactory

from .axe import violations

DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture
def menu(server_url, home_page):
    """소개 with 회원단체 below it."""
    about = publish(StandardPageFactory(parent=home_page, title="소개", slug="about"))
    members = publish(OrganisationIndexPageFactory(parent=about))
    settings = SiteSettings.objects.create(site=Site.objects.get(), organisation_name="연대회의")
    links = [("link", {"page": members, "label": ""})]
    return MenuItem.objects.create(settings=settings, label="소개", page=about, links=links)


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def any_desktop(open_page, request):
    return open_page(DESKTOP, java_script_enabled=request.param)


def test_keyboard_opens_what_is_below_a_menu_item(menu, any_desktop):
    any_desktop.goto("/about/")
    below = any_desktop.locator(".site-menu--wide").get_by_role("link", name="회원단체")
    expect(below).to_be_hidden()

    any_desktop.locator(".site-menu--wide").get_by_role("link", name="소개").focus()
    expect(below).to_be_visible()
    any_desktop.keyboard.press("Tab")
    expect(below).to_be_focused()
    any_desktop.keyboard.press("Enter")

    any_desktop.wait_for_url("**/about/organisations/")
    section = any_desktop.locator(".site-menu--wide").get_by_role("link", name="소개")
    expect(section).to_have_attribute("aria-current", "true")


def test_escape_closes_it_and_goes_back_to_the_item(menu, desktop):
    desktop.goto("/about/")
    wide = desktop.locator(".site-menu--wide")
    wide.get_by_role("link", name="소개").focus()
    desktop.keyboard.press("Tab")

    desktop.keyboard.press("Escape")

    expect(wide.get_by_role("link", name="소개")).to_be_focused()
    expect(wide.locator(".site-menu__below")).to_be_hidden()


def test_phone_opens_the_menu_without_script(menu, phone_without_javascript):
    phone = phone_without_javascript
    phone.goto("/about/")

    phone.locator(".phone-menu > summary").click()
    phone.locator(".phone-menu").get_by_role("link", name="회원단체").click()

    phone.wait_for_url("**/about/organisations/")


def test_visitor_narrows_the_directory_without_script(menu, phone_without_javascript):
    phone = phone_without_javascript
    care, work = (Sector.objects.create(name=n, slug=s) for n, s in (("돌봄", "care"), ("일", "w")))
    OrganisationFactory(name="가온연합", sector=care)
    OrganisationFactory(name="한빛연합", sector=work)
    phone.goto("/about/organisations/")
    expect(phone.locator("main")).to_contain_text("한빛연합")

    phone.get_by_label("부문").select_option("돌봄")
    phone.locator(".narrow-by button").click()

    phone.wait_for_url("**sector=care**")
    expect(phone.locator("main")).to_contain_text("가온연합")
    expect(phone.locator("main")).not_to_contain_text("한빛연합")


def test_the_earlier_way_of_a_campaign_unfolds_without_script(
    phone_without_javascript, home_page, campaign_page
):
    news = NewsIndexPageFactory(parent=home_page)
    for number in range(8):
        publish(NewsPageFactory(parent=news, title=f"소식 {number}", campaign=campaign_page))
    phone = phone_without_javascript
    phone.goto("/campaigns/basic-act/")
    first = phone.get_by_role("link", name="소식 0", exact=True)
    expect(first).to_be_hidden()

    phone.locator(".more > summary").click()

    expect(first).to_be_visible()


def test_an_alert_reaches_every_page_within_two_seconds(menu, screen):
    screen.goto("/about/")
    expect(screen.locator(".site-alert")).to_have_count(0)

    SiteAlert.objects.create(site=Site.objects.get(), text="공청회가 열립니다.", kind="urgent")
    screen.wait_for_timeout(1500)
    screen.reload()

    expect(screen.locator(".site-alert")).to_contain_text("공청회가 열립니다.")
    assert violations(screen) == []


def test_a_missing_page_leads_on(menu, screen):
    screen.goto("/nothing/")

    assert violations(screen) == []
    screen.get_by_role("searchbox").fill("연대회의")
    screen.keyboard.press("Enter")

    screen.wait_for_url("**/search/?q=**")
