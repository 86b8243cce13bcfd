"""What a page costs that no cache holds: as much with twenty of everything as with one."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.publishing import forget_everything, public_version
from tests.conftest import publish
from tests.factories.home import (
    NewsIndexPageFactory,
    NewsPageFactory,
    ReportIndexPageFactory,
    ReportPageFactory,
    StandardPageFactory,
    StatementIndexPageFactory,
    StatementPageFactory,
)
from tests.factories.petitions import PetitionPageFactory
from tests.home.bodies import write_body
from tests.home.images import note_renditions, store_image
from tests.home.whole_site import build_site

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

MOST = 10


@pytest.fixture
def news_index(home_page):
    return publish(NewsIndexPageFactory(parent=home_page))


def report_sections(body):
    return [("section", {"part": part, "body": body}) for part in ("theme", "activities")]


def fill_standard(home_page, campaign_page, body):
    return publish(StandardPageFactory(parent=home_page, body=body))


def fill_home(home_page, campaign_page, body):
    home_page.body, home_page.lead_page = body, campaign_page
    return publish(home_page)


def fill_campaign(home_page, campaign_page, body):
    campaign_page.body = body
    return publish(campaign_page)


def fill_petition(home_page, campaign_page, body):
    return publish(PetitionPageFactory(parent=campaign_page, body=body))


def fill_news(home_page, campaign_page, body):
    index = _below(home_page, "news", NewsIndexPageFactory)
    return publish(_article(NewsPageFactory, index, campaign_page, body=body))


def fill_statement(home_page, campaign_page, body):
    index = _below(home_page, "statements", StatementIndexPageFactory)
    return publish(_article(StatementPageFactory, index, campaign_page, body=body))


def fill_report(home_page, campaign_page, body):
    index = _below(home_page, "reports", ReportIndexPageFactory)
    sections = report_sections(body)
    return publish(_article(ReportPageFactory, index, campaign_page, sections=sections))


def _below(home_page, slug, factory):
    there = home_page.get_children().filter(slug=slug).specific().first()
    return there or publish(factory(parent=home_page))


def _article(factory, index, campaign_page, **content):
    petition = publish(PetitionPageFactory(parent=campaign_page))
    picture = note_renditions(store_image(60, 40))
    return factory(
        parent=index, picture=picture, campaign=campaign_page, action_page=petition, **content
    )


def read(client, address):
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200
    # Once a second each process asks whether something was published, whoever reads meanwhile.
    own = [query["sql"] for query in asked if "home_publicversion" not in query["sql"]]
    return response.content.decode(), own


FILLED = [
    *(fill_standard, fill_home, fill_campaign, fill_petition),
    *(fill_news, fill_statement, fill_report),
]


def test_a_page_costs_as_much_with_twenty_of_everything_as_with_one(
    client, home_page, news_index, campaign_page, region
):
    body = write_body(1, home_page=home_page, news_index=news_index)
    pages = [fill(home_page, campaign_page, body) for fill in FILLED]
    costs_one = [read_again(client, page) for page in pages]

    body = write_body(20, home_page=home_page, news_index=news_index)
    for page, fill in zip(pages, FILLED, strict=True):
        _fill_up(page, fill(home_page, campaign_page, body))
    forget_everything()
    costs_many = [read_again(client, page) for page in pages]

    for (html, one), (more_html, many) in zip(costs_one, costs_many, strict=True):
        assert html.count("<picture>") + 19 * 3 <= more_html.count("<picture>")
        assert len(one) == len(many) <= MOST, "\n".join(many)


def read_again(client, page):
    read(client, page.url)
    return read(client, page.url)


def _fill_up(page, other):
    """The same page with all that is in another one."""
    stream = "sections" if hasattr(page, "sections") else "body"
    setattr(page, stream, getattr(other, stream))
    publish(page)


@pytest.mark.parametrize("rows", [1, 3])
def test_after_publishing_a_first_read_costs_ten_however_much_there_is(
    client, home_page, campaign_page, region, rows
):
    addresses = build_site(home_page, campaign_page, region, rows)

    costs = {address: read_cold(client, address) for address in addresses}

    told = "\n".join(f"{len(costs[address])} {address}" for address in addresses)
    too_many = [query for asked in costs.values() if len(asked) > MOST for query in asked]
    assert not too_many, "\n".join([told, *too_many])


def read_cold(client, address):
    """What is asked by a process that remembers nothing, caches included."""
    forget_everything()
    cache.clear()
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return [query["sql"] for query in asked]


def test_a_count_takes_no_notice_of_a_second_that_ended(clock, django_assert_num_queries):
    public_version()
    clock.tick(2)

    with django_assert_num_queries(0):
        public_version()
