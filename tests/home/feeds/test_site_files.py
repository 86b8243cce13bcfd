import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home.models import SiteSettings, StatementPage
from home.page_cache.entries import is_storable
from home.publishing import forget_everything
from tests.factories.home import StandardPageFactory
from tests.factories.tree import publish

from .articles import list_of, write

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SECURITY = "/.well-known/security.txt"


def in_sitemap(client):
    tree = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 (our own answer)
    return {
        url.findtext(f"{NS}loc").removeprefix("http://testserver"): url.findtext(f"{NS}lastmod")
        for url in tree
    }


def test_sitemap_lists_live_public_pages_with_their_day(client, petition_page):
    assert set(in_sitemap(client)) == {
        *("/", "/campaigns/", "/campaigns/basic-act/", "/campaigns/basic-act/petition/")
    }
    assert (
        in_sitemap(client)["/campaigns/basic-act/petition/"]
        == timezone.localtime(petition_page.last_published_at).date().isoformat()
    )


def test_sitemap_names_no_draft_no_private_and_no_embargoed_page(client, home_page):
    list_of(StatementPage, home_page)
    StandardPageFactory(parent=home_page, slug="draft", live=False)
    publish(StandardPageFactory(parent=home_page, slug="gone")).unpublish()
    private = publish(StandardPageFactory(parent=home_page, slug="members"))
    publish(StandardPageFactory(parent=private, slug="minutes"))
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    waiting = write(home_page, StatementPage, slug="waiting")
    StatementPage.objects.filter(pk=waiting.pk).update(
        live=True, embargo_at=timezone.now() + timedelta(hours=1)
    )

    assert set(in_sitemap(client)) == {"/", "/statement/"}


def test_sitemap_takes_the_same_queries_for_many_pages(
    client, home_page, django_assert_num_queries
):
    client.get("/sitemap.xml")
    for _number in range(3):
        publish(StandardPageFactory(parent=home_page))
    forget_everything()

    with django_assert_num_queries(2):
        response = client.get("/sitemap.xml")
    assert response.text.count("<url>") == 4
    assert is_storable("200 OK", list(response.items()))


def name_contact(home_page, address="security@yeondae.example"):
    settings, _made = SiteSettings.objects.get_or_create(site=home_page.get_site())
    settings.security_contact = address
    settings.organisation_name = "사회적경제연대회의"
    settings.short_name = "연대"
    settings.save()
    forget_everything()


def test_nobody_is_told_where_to_report_while_nobody_is_named(client, home_page):
    assert client.get(SECURITY).status_code == 404


def test_security_txt_holds_what_rfc_9116_asks(client, home_page):
    name_contact(home_page)

    response = client.get(SECURITY)

    fields = dict(line.split(": ", 1) for line in response.text.splitlines())
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:security@yeondae.example"
    assert fields["Preferred-Languages"] == "ko"
    assert fields["Canonical"] == f"http://testserver{SECURITY}"
    remaining = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
    assert timedelta(days=170) < remaining < timedelta(days=365)


def test_manifest_names_icons_that_exist(client, home_page):
    name_contact(home_page)

    response = client.get("/manifest.webmanifest")

    told = json.loads(response.content)
    assert response["Content-Type"] == "application/manifest+json"
    assert (told["name"], told["short_name"]) == ("사회적경제연대회의", "연대")
    for icon in told["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))


def test_manifest_of_a_site_without_settings_still_has_a_name(client, home_page):
    assert client.get("/manifest.webmanifest").json()["name"] == "연대"


def test_favicon_is_found_where_old_browsers_look(client):
    response = client.get("/favicon.ico")

    assert response.status_code == 301
    assert finders.find(response["Location"].removeprefix("/static/"))
