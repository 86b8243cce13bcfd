from datetime import date

import pytest

from home.models import Sector
from home.network.presenters import network_in_brief
from tests.conftest import publish
from tests.factories.home import NewsIndexPageFactory, NewsPageFactory, RegionFactory
from tests.factories.network import (
    BodyFactory,
    BodyIndexPageFactory,
    MeetingFactory,
    OrganisationFactory,
    OrganisationIndexPageFactory,
    RegionIndexPageFactory,
)
from tests.queries import read

pytestmark = pytest.mark.integration


@pytest.fixture
def directory_page(home_page):
    return publish(OrganisationIndexPageFactory(parent=home_page))


@pytest.fixture
def bodies_page(home_page):
    return publish(BodyIndexPageFactory(parent=home_page))


@pytest.fixture
def regions_page(home_page):
    return publish(RegionIndexPageFactory(parent=home_page))


def test_a_visitor_looks_up_a_member_and_narrows_the_list(client, directory_page):
    care = Sector.objects.create(name="돌봄", slug="care")
    OrganisationFactory(
        name="가온연합",
        sector=care,
        region=RegionFactory(),
        affiliates=1200,
        representative="김가온",
    )
    OrganisationFactory(name="한빛연합", website="https://hanbit.example/")

    html, _queries = read(client, "/organisations/")
    for words in ("가온연합", "1,200", "김가온", 'href="#letter-2"', 'id="letter-2"'):
        assert words in html
    assert '<a class="leaving" href="https://hanbit.example/"' in html

    narrowed, _queries = read(client, "/organisations/?sector=care")
    assert "가온연합" in narrowed
    assert "한빛연합" not in narrowed
    refused, _queries = read(client, "/organisations/?sector=none")
    assert "한빛연합" in refused
    assert "alert--info" in refused


def test_a_visitor_reads_the_bodies_with_members_and_meetings(client, bodies_page, clock):
    body = BodyFactory(name="정책위원회", summary="요구안을 만듭니다.")
    body.seats.create(name="김연대", affiliation="가온연합", role="위원장")
    body.save()
    BodyFactory(name="청년위원회", preparing=True)
    MeetingFactory(body=body, held_on=date(2026, 2, 3))

    html, _queries = read(client, "/bodies/")

    for words in ("정책위원회", "요구안을 만듭니다.", "위원장", "김연대", "가온연합", "청년위원회"):
        assert words in html
    assert f'id="body-{body.pk}"' in html
    assert "tag--outline" in html


def test_a_visitor_finds_members_and_texts_of_a_region(client, regions_page, newsroom):
    seoul = RegionFactory()
    OrganisationFactory(name="가온연합", region=seoul)
    publish(NewsPageFactory(parent=newsroom, title="서울 간담회", region=seoul))

    html, _queries = read(client, "/regions/")

    for words in ("서울특별시", "가온연합", "서울 간담회", 'href="#region-11"', 'id="region-11"'):
        assert words in html


@pytest.fixture
def newsroom(home_page):
    return publish(NewsIndexPageFactory(parent=home_page))


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("fixture", "address"),
    [
        ("directory_page", "/organisations/"),
        ("bodies_page", "/bodies/"),
        ("regions_page", "/regions/"),
    ],
)
def test_each_page_costs_as_much_with_three_rows_as_with_one(
    request, client, fixture, address, rows
):
    request.getfixturevalue(fixture)
    region, sector = RegionFactory(), Sector.objects.create(name="돌봄", slug="care")
    OrganisationFactory.create_batch(rows, region=region, sector=sector)
    for body in BodyFactory.create_batch(rows):
        MeetingFactory(body=body)

    _html, first = read(client, address)
    html, again = read(client, address)

    assert again <= 7
    assert first <= 10  # What is kept until something is published is read now.
    assert html.count("가온협동조합연합회") + html.count("정책위원회") >= rows


@pytest.mark.parametrize("address", ["/organisations/", "/bodies/", "/regions/"])
def test_empty_pages_say_so(client, directory_page, bodies_page, regions_page, address):
    html, _queries = read(client, address)

    assert "art--plait" in html or address == "/regions/"


def test_in_brief_the_network_names_what_there_is(
    home_page, directory_page, bodies_page, regions_page
):
    seoul = RegionFactory()
    OrganisationFactory.create_batch(14, region=seoul)
    BodyFactory(name="정책위원회")
    BodyFactory(name="지난 기구", ended=True)
    BodyFactory(name="민관협의체", kind="outside")

    brief = network_in_brief()

    assert [body.name for body in brief.bodies] == ["정책위원회"]
    assert [entry.region for entry in brief.regions] == [seoul]
    assert (len(brief.members), brief.members_count, brief.more_members) == (12, 14, 2)
    assert (brief.bodies_url, brief.regions_url, brief.members_url) == (
        *("/bodies/", "/regions/"),
        "/organisations/",
    )


def test_in_brief_a_page_that_is_not_there_has_no_address(home_page):
    brief = network_in_brief()

    assert (brief.bodies_url, brief.regions_url, brief.members_url) == ("", "", "")
    assert (brief.bodies, brief.regions, brief.members) == ((), (), ())
