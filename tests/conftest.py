"""Fixtures that three or more test modules use."""

import os
from urllib.parse import quote

import freezegun
import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from freezegun import freeze_time
from wagtail.models import Page, Site

from home.publishing import forget_everything
from tests.database.pristine import forget_copy, keep_copy
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import CampaignIndexPageFactory, CampaignPageFactory
from tests.factories.home import HomePageFactory, RegionFactory
from tests.factories.petitions import PetitionPageFactory

# pytest measures its own times while a test's clock stands still.
freezegun.configure(extend_ignore_list=["_pytest.timing"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, django_db_keepdb):
    with django_db_blocker.unblock():
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


@pytest.fixture
def clock():
    """Time stands still until ``clock.tick(timedelta(…))`` or ``clock.move_to(…)``."""
    with freeze_time("2026-11-24 03:00:00") as frozen:
        yield frozen


@pytest.fixture
def home_page(db):
    """The front page of the default site; the welcome page of the migrations is gone."""
    home = HomePageFactory(slug="yeondae")
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "testserver", "root_page": home, "site_name": "연대"},
    )
    Page.objects.get(slug="home", depth=2).delete()
    cache.clear()
    return home


@pytest.fixture
def campaign_page(home_page):
    """/campaigns/basic-act/, published."""
    index = CampaignIndexPageFactory(parent=home_page)
    return publish(CampaignPageFactory(parent=index, slug="basic-act"))


@pytest.fixture
def region(db):
    """A region that exists today, so that the sign form has one to choose."""
    return RegionFactory()


@pytest.fixture
def petition_page(campaign_page, region):
    """/campaigns/basic-act/petition/, open and published."""
    return publish(PetitionPageFactory(parent=campaign_page, slug="petition"))


def publish(page):
    page.save_revision().publish()
    page.refresh_from_db()
    return page


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
