"""A journalist quotes a statement; a reader goes through a year's report."""

import pytest
from playwright.sync_api import expect

from tests.conftest import publish
from tests.factories.home import (
    ContactFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    ReportIndexPageFactory,
    ReportPageFactory,
    StatementIndexPageFactory,
    StatementPageFactory,
    ThemeFactory,
)

from .axe import violations

CURRENT = "[data-contents] [aria-current]"


@pytest.fixture
def statement(home_page):
    return publish(
        StatementPageFactory(
            parent=StatementIndexPageFactory(parent=home_page),
            slug="bill",
            title="국회는 더 미루지 말아야 합니다",
            gist="하나입니다.\n둘입니다.",
            signatories="\n".join(f"단체 {n:02}" for n in range(10)),
            press_contact=ContactFactory(),
            body=[("text", "<p>오늘 우리는 요구합니다.</p>")],
        )
    )


@pytest.fixture
def report(home_page):
    long_text = "<p>올해 한 일을 적습니다.</p>" * 40
    parts = [
        ("section", {"part": part, "body": [("text", long_text)]})
        for part in ("assessment", "projects", "tasks")
    ]
    index = ReportIndexPageFactory(parent=home_page)
    return publish(ReportPageFactory(parent=index, slug="2026", sections=parts))


def clipboard(page):
    return page.evaluate("navigator.clipboard.readText()")


def test_she_copies_the_signatories_and_the_text(desktop, statement):
    desktop.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desktop.goto("/statements/bill/")

    desktop.click("[data-copy]")
    desktop.wait_for_selector(".signatories .copy__said:not(:empty)")
    assert clipboard(desktop) == ", ".join(f"단체 {n:02}" for n in range(10))

    desktop.click("[data-copy-from]")
    desktop.wait_for_selector(".quote-tools .copy__said:not(:empty)")
    text = clipboard(desktop)
    assert "국회는 더 미루지 말아야 합니다" in text
    assert "오늘 우리는 요구합니다." in text


def test_without_javascript_she_unfolds_the_names_and_opens_the_plain_text(
    phone_without_javascript, statement
):
    page = phone_without_javascript
    page.goto("/statements/bill/")
    assert not page.locator("[data-copy]").is_visible()

    page.click(".signatories summary")
    assert page.get_by_text("단체 09").is_visible()

    page.goto("/statements/bill/plain.txt")
    assert "오늘 우리는 요구합니다." in page.inner_text("body")


def test_the_contents_follow_where_a_reader_is(desktop, report):
    desktop.goto("/reports/2026/")
    assert desktop.get_attribute(CURRENT, "href") == "#assessment"

    desktop.click('[data-contents] a[href="#tasks"]')
    desktop.wait_for_selector('[data-contents] a[href="#tasks"][aria-current]')

    assert desktop.locator(CURRENT).count() == 1
    assert desktop.locator("[data-print]").is_visible()


def test_a_reader_narrows_a_list_on_a_phone_without_javascript(phone_without_javascript, home_page):
    index = publish(NewsIndexPageFactory(parent=home_page))
    care = ThemeFactory(slug="care", name="돌봄")
    publish(NewsPageFactory(parent=index, title="돌봄 이야기", themes=[care]))
    publish(NewsPageFactory(parent=index, title="다른 이야기"))
    page = phone_without_javascript
    page.goto("/news/")

    page.click(".filters summary")
    page.select_option("[name=theme]", "care")
    page.click(".filters button")
    expect(page.locator(".news-card")).to_have_count(1)

    page.click(".current-filters a")
    expect(page.locator(".news-card")).to_have_count(2)


@pytest.mark.parametrize("address", ["/statements/", "/statements/bill/", "/reports/2026/"])
def test_everybody_can_use_these_pages(screen, statement, report, address):
    screen.goto(address)

    assert violations(screen) == []
