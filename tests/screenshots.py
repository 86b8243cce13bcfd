"""``make screenshots``: every page type on a phone and on a desk, and the editors' screens.

Starts the site as ``make run`` does, with what is in ``var/``. All pictures go to
``var/screenshots/``; with ``--guide`` those that the editors' guide shows go to
``docs/images/guide/`` as well.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.machine import find_browser, install_missing
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "screenshots"
GUIDE = ROOT / "docs" / "images" / "guide"
START_SECONDS = 180
WIDTHS = {"360": {"width": 360, "height": 740}, "1280": {"width": 1280, "height": 900}}
CHROMIUM_ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
# A visitor who scrolls sees them; a picture of the whole page does not scroll.
LOAD_LAZY = "document.querySelectorAll('img[loading=lazy]').forEach(i => { i.loading = 'eager' })"


@contextmanager
def running_site() -> Iterator[str]:
    """The site with its worker on a free port, as a newcomer starts it."""
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "PYTHONPATH": os.pathsep.join([".", "site"])}
    command = [sys.executable, "-m", "config.run"]
    child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(url, child)
        yield url
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait()


def wait_for(url: str, child: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and child.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=1).close()  # noqa: S310 (our own)
            return
        except OSError:
            time.sleep(0.2)
    sys.exit("The site did not start.")


def public_addresses() -> dict[str, str]:
    """One live page of each type, by the name of its template; and the pages of our own views."""
    from wagtail.models import Page as SitePage
    from wagtail.models import get_page_models

    found = {}
    for model in get_page_models():
        page = model.objects.live().filter(depth__gt=1).order_by("path").first()
        if page is not None and model is not SitePage:
            found[model._meta.model_name] = page.url
    return {**found, "search": "/search/?q=기본법", "missing": "/no-such-page/"}


def take_public(browser: Browser, url: str, names: list[str]) -> None:
    for width, viewport in WIDTHS.items():
        context = browser.new_context(base_url=url, locale="ko-KR", viewport=viewport)
        page = context.new_page()
        for name, address in public_addresses().items():
            if not names or name in names:
                page.goto(address, wait_until="networkidle")
                keep(page, f"{name}-{width}", full_page=True)
        context.close()


def take_admin(browser: Browser, url: str, names: list[str]) -> None:
    from demo.logins import ADMINISTRATOR, demo_code, demo_password

    viewport = {"width": 1280, "height": 800}
    page = browser.new_context(base_url=url, locale="ko-KR", viewport=viewport).new_page()
    page.goto("/admin/login/")
    page.fill("[name=login]", ADMINISTRATOR[1])
    page.fill("[name=password]", demo_password())
    page.click("main [type=submit]")
    page.fill("[name=code]", demo_code())
    page.click("main [type=submit]")
    page.wait_for_url("**/admin/")
    for name, address in admin_addresses().items():
        if not names or name in names:
            page.goto(address, wait_until="networkidle")
            keep(page, name)
    page.context.close()


def admin_addresses() -> dict[str, str]:
    from django.urls import reverse

    from campaigns.pledges.models import Election
    from home.models import NewsIndexPage, NewsPage, SiteSettings, StatementPage
    from petitions.models import PetitionPage

    def editor_of(model) -> str:
        page = model.objects.order_by("path").first()
        return reverse("wagtailadmin_pages:edit", args=[page.pk])

    index = NewsIndexPage.objects.first()
    settings = reverse("wagtailsettings:edit", args=["home", SiteSettings._meta.model_name])
    return {
        "admin-start": "/admin/",
        "admin-pages": reverse("wagtailadmin_explore", args=[index.pk]),
        "admin-new-news": reverse("wagtailadmin_pages:add", args=["home", "newspage", index.pk]),
        "admin-news": editor_of(NewsPage),
        "admin-statement": editor_of(StatementPage),
        "admin-petition": editor_of(PetitionPage),
        "admin-images": reverse("wagtailimages:index"),
        "admin-image-upload": reverse("wagtailimages:add_multiple"),
        "admin-settings": settings,
        "admin-signatures": reverse("signatures:index"),
        "admin-reconcile": reverse("payments_reconcile"),
        "admin-election": reverse("pledges_election", args=[Election.objects.last().pk]),
    }


def keep(page: Page, name: str, *, full_page: bool = False) -> None:
    page.evaluate(LOAD_LAZY)
    page.wait_for_function("[...document.images].every(image => image.complete)")
    picture = page.screenshot(full_page=full_page, animations="disabled")
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.png").write_bytes(picture)
    print(f"  {name}", flush=True)


def keep_for_guide(names: list[str]) -> None:
    """The pictures that the guide names, small enough for a repository."""
    GUIDE.mkdir(parents=True, exist_ok=True)
    for name in names:
        picture = Image.open(BytesIO((FOLDER / f"{name}.png").read_bytes())).convert("RGB")
        picture.crop((0, 0, picture.width, min(picture.height, 1600))).save(
            GUIDE / f"{name}.webp", quality=80
        )


def names_in_guide() -> list[str]:
    text = (ROOT / "docs" / "editors-guide.ko.md").read_text()
    parts = text.split("images/guide/")[1:]
    return sorted({part.partition(".webp")[0] for part in parts})


def is_taken(name: str, names: list[str]) -> bool:
    """Whether this run made the picture: all of them, or only those that were asked for."""
    kind = name.removesuffix("-360").removesuffix("-1280")
    return not names or kind in names


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only these, for example newspage admin-start")
    parser.add_argument("--guide", action="store_true", help="also into docs/images/guide/")
    options = parser.parse_args()
    install_missing()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread.
    import django

    django.setup()
    with running_site() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=list(CHROMIUM_ARGUMENTS)
        )
        take_public(browser, url, options.names)
        take_admin(browser, url, options.names)
        browser.close()
    if options.guide:
        keep_for_guide([name for name in names_in_guide() if is_taken(name, options.names)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
