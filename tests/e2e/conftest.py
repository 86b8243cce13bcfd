"""A browser, the site behind a real socket, and a real mail server."""

import os
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import expect
from wagtail.models import Site

from home.page_cache import PageCache
from messaging.services import deliver_due
from petitions.services import fold_counts
from tests.machine import find_browser

from .mailbox import Mailbox, start_server

CHROMIUM_ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
HERE = Path(__file__).parent
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}

expect.set_options(timeout=30_000)  # As long as any other wait: only what fails takes it.


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    # Playwright's loop runs in this thread, where Django would refuse to touch the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return {
        **browser_type_launch_args,
        "executable_path": find_browser(),
        "args": list(CHROMIUM_ARGUMENTS),
    }


@pytest.fixture
def server_url(transactional_db, home_page, settings):
    """The site as in production: the page cache before Django, on a port of its own."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.set_app(PageCache(get_wsgi_application()))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    port = server.server_address[1]
    settings.SITE_URL = settings.WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{port}"
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port = "127.0.0.1", port
    site.save()
    yield settings.SITE_URL

    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def mailbox(settings):
    """What a real SMTP server took from the site."""
    mailbox = Mailbox()
    controller = start_server(mailbox)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    yield mailbox

    controller.stop()


@pytest.fixture
def work(mailbox):
    """Call it to do what the worker does about each second: send mail, fold the counts."""

    def step():
        deliver_due()
        fold_counts()

    return step


@pytest.fixture
def open_page(browser, server_url):
    """``open_page(viewport, java_script_enabled=…)``: a new visitor's page.

    At the end no page may have asked another host than those named in ``also``, broken a script or
    the content policy.
    """
    contexts, complaints = [], []

    def make(viewport, also=(), **options):
        context = browser.new_context(
            base_url=server_url,
            locale="ko-KR",
            timezone_id="Asia/Seoul",
            viewport=viewport,
            **options,
        )
        contexts.append(context)
        listen(context, urlsplit(server_url).netloc, complaints, also=also)
        return context.new_page()

    yield make

    for context in contexts:
        context.close()
    assert complaints == []


def listen(context, host, complaints, *, also=()):
    hosts = {host, *(urlsplit(url).netloc for url in also)}

    def hear_request(request):
        address = urlsplit(request.url)
        if address.scheme.startswith("http") and address.netloc not in hosts:
            complaints.append(f"asked another host: {request.url}")

    def hear_words(message):
        # Chromium calls every answer from 400 on a failure, and so does Wagtail's script once a
        # log-in has ended; tests ask for both.
        is_answer = message.text.startswith(("Failed to load resource", "Error fetching"))
        if message.type == "error" and not is_answer:
            complaints.append(message.text)

    context.on("request", hear_request)
    context.on("console", hear_words)
    context.on("weberror", lambda error: complaints.append(str(error.error)))


@pytest.fixture
def phone(open_page):
    return open_page(PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def phone_without_javascript(open_page):
    return open_page(PHONE, has_touch=True, is_mobile=True, java_script_enabled=False)


@pytest.fixture
def desktop(open_page):
    return open_page(DESKTOP)


@pytest.fixture(params=[PHONE, DESKTOP], ids=["360px", "1280px"])
def screen(request, open_page):
    """The same test on a phone and on a desktop."""
    return open_page(request.param)
