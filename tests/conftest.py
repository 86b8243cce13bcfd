"""Fixtures that three or more test modules use."""

import logging
import os
from datetime import UTC, datetime
from urllib.parse import quote

import freezegun
import hypothesis
import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from freezegun import freeze_time
from freezegun.api import FakeDatetime

from campaigns.models import CampaignPage
from home import publishing
from home.models import HomePage
from home.publishing import forget_everything
from petitions.models import PetitionPage
from privacy import requests
from tests.browser import StaffClient
from tests.database.pristine import (
    begin_with,
    forget_copy,
    forget_what_migrations_recorded,
    keep_copy,
)
from tests.database.recording import play, record
from tests.factories.accounts import UserFactory
from tests.factories.home import RegionFactory
from tests.factories.tree import (
    STEPS,
    build_campaign_page,
    build_home_page,
    build_petition_page,
    publish,
)
from tests.run_logs import keep_log

__all__ = ["publish"]  # for tests that publish pages of their own

# pytest measures its own times while a test's clock stands still.
freezegun.configure(extend_ignore_list=["_pytest.timing"])
# How long an example takes says how busy the machine is. The same examples in each run; others:
# `--hypothesis-profile=default`.
hypothesis.settings.register_profile("suite", deadline=None, derandomize=True)
hypothesis.settings.load_profile("suite")


# Minutes each: begun last, one of two workers would end long after the other. What stands first in
# a worker's share is also taken over by nobody.
LONGEST = (
    *("tests/benchmarks/test_run.py", "tests/site/config/test_run.py"),
    "tests/e2e/test_staff_can_use_it.py",
)


@pytest.hookimpl(trylast=True)  # after pytest-django has put tests without a database last
def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


@pytest.fixture(scope="session", autouse=True)
def _log_of_the_run():
    handler = keep_log()
    yield
    logging.getLogger().removeHandler(handler)
    handler.close()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Before the test database is made: SQLite's gets the tables that were migrated once."""
    template = os.environ.get("TEST_DATABASE_TEMPLATE")
    if template and connection.vendor == "sqlite":
        begin_with(template)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, django_db_keepdb):
    with django_db_blocker.unblock():
        forget_what_migrations_recorded()
        record(STEPS)
        keep_copy()
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            forget_copy()


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """A process keeps what it read until something is published; a test starts with nothing."""
    forget_everything()
    cache.clear()
    ContentType.objects.clear_cache()


@pytest.fixture(autouse=True)
def _counts_do_not_depend_on_speed(monkeypatch):
    """While queries are counted, no second passes after which the public version is read anew."""
    begin, end = CaptureQueriesContext.__enter__, CaptureQueriesContext.__exit__
    seconds = publishing.POLL_SECONDS

    def begin_without_clock(context):
        publishing.POLL_SECONDS = float("inf")
        return begin(context)

    def end_without_clock(context, *exception):
        publishing.POLL_SECONDS = seconds
        return end(context, *exception)

    monkeypatch.setattr(CaptureQueriesContext, "__enter__", begin_without_clock)
    monkeypatch.setattr(CaptureQueriesContext, "__exit__", end_without_clock)


@pytest.fixture(autouse=True)
def _no_window_ends_while_a_test_knocks(monkeypatch):
    """Of throttling, however slow the machine, unless the test holds the clock itself."""
    by_clock = requests.window_of

    def until_the_test_ends(seconds):
        return by_clock(seconds) if isinstance(datetime.now(UTC), FakeDatetime) else 0

    monkeypatch.setattr(requests, "window_of", until_the_test_ends)


@pytest.fixture
def clock():
    """Time stands still until ``clock.tick(timedelta(…))`` or ``clock.move_to(…)``."""
    with freeze_time("2026-11-24 03:00:00") as frozen:
        yield frozen


@pytest.fixture
def home_page(db):
    """The front page of the default site; the welcome page of the migrations is gone."""
    play("home", build_home_page)
    return HomePage.objects.get(slug="yeondae")


@pytest.fixture
def campaign_page(home_page):
    """/campaigns/basic-act/, published."""
    play("campaign", build_campaign_page)
    home_page.refresh_from_db(fields=["numchild"])
    return CampaignPage.objects.get(slug="basic-act")


@pytest.fixture
def region(db):
    """A region that exists today, so that the sign form has one to choose."""
    return RegionFactory()


@pytest.fixture
def petition_page(campaign_page, region):
    """/campaigns/basic-act/petition/, open and published."""
    play("petition", build_petition_page)
    campaign_page.refresh_from_db(fields=["numchild"])
    return PetitionPage.objects.get(slug="petition")


@pytest.fixture
def client():
    """A browser; ``force_login`` logs in as staff do, with both factors."""
    return StaffClient()


@pytest.fixture
def administrator(db):
    return UserFactory(administrator=True)


@pytest.fixture
def admin_client(client, administrator):
    """A browser in which an administrator is logged in."""
    client.force_login(administrator)
    return client


@pytest.fixture
def process_environment(transactional_db):
    """For real processes (worker, server, command): the test settings on this test's database."""
    settings = connection.settings_dict
    if connection.vendor == "postgresql":
        host = quote(settings["HOST"], safe="") + (
            f":{settings['PORT']}" if settings["PORT"] else ""
        )
        address = f"postgres://{settings['USER']}:{settings['PASSWORD']}@{host}/{settings['NAME']}"
    else:
        address = f"sqlite:///{settings['NAME']}"
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([".", "site"]),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": address,
    }
