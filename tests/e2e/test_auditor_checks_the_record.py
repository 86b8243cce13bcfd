"""Somebody who does not take our word; and the privacy officer, who goes through the month."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from freezegun import freeze_time
from playwright.sync_api import expect

from evidence.services import check_everything, close_day
from evidence.verifier import main
from privacy.models import AccessAction, AccessReview
from tests.factories.accounts import UserFactory
from tests.factories.evidence import EventFactory
from tests.factories.privacy import AccessEntryFactory

from .axe import violations
from .staff import log_in


@pytest.fixture
def head(home_page):
    EventFactory()
    return close_day()


def test_a_visitor_finds_the_seals_and_saves_them(screen, head, tmp_path):
    screen.goto("/")
    screen.locator("footer a[href='/verify/']").click()
    found = {"ways": violations(screen)}
    screen.locator("main a[href='/verify/log/']").click()
    found["log"] = violations(screen)

    expect(screen.locator(".seals code")).to_have_text(head.hash)
    assert screen.evaluate("document.documentElement.scrollWidth") <= screen.viewport_size["width"]
    with screen.expect_download() as saved:
        screen.locator("a[href$='heads.json']").click()
    saved.value.save_as(tmp_path / "heads.json")
    assert head.hash in (tmp_path / "heads.json").read_text()
    assert found == {"ways": [], "log": []}
    assert main([str(tmp_path / "heads.json")]) == 2  # Heads alone are no evidence file.


@pytest.fixture
def last_month(home_page):
    """A look and an export a month ago, and what the nightly check says."""
    user = UserFactory(last_name="오", first_name="겨울")
    then = timezone.now().replace(day=1) - dt.timedelta(days=3)
    with freeze_time(then):
        AccessEntryFactory(user=user)
        AccessEntryFactory(user=user, action=AccessAction.EXPORT, count=812, reason="전달용")
    check_everything()
    return timezone.localdate(then).replace(day=1)


def test_the_officer_goes_through_a_month_and_signs_it_off(desktop, last_month):
    officer = UserFactory(last_name="한", first_name="가을")
    rights = ["access_admin", "view_accessentry", "view_accessreview", "add_accessreview"]
    officer.user_permissions.set(Permission.objects.filter(codename__in=rights))
    page = desktop
    log_in(page, officer)
    found = {}
    page.goto("/admin/access-log/")
    found["log"] = violations(page)
    page.locator("td.title a").nth(1).click()
    expect(page.get_by_text("203.0.113.7")).to_be_visible()
    found["entry"] = violations(page)
    page.goto("/admin/")
    page.locator(".today a[href*='access-reviews']").click()
    expect(page.get_by_role("cell", name="812").first).to_be_visible()
    found["month"] = violations(page)
    page.locator("textarea[name=note]").fill("내보내기 1건, 전달용. 이상 없음")
    page.locator("#sign-off button, form.steps button").last.click()
    expect(page.get_by_text("전달용. 이상 없음")).to_be_visible()
    page.reload()  # Without the message, which fades in.
    found["signed"] = violations(page)
    page.goto("/admin/access-reviews/")
    found["months"] = violations(page)

    assert found == dict.fromkeys(found, [])
    assert AccessReview.objects.get().month == last_month
