from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home.models import HomePage
from home.presenters.front import present_front
from home.publishing import forget_everything
from tests import queries
from tests.conftest import publish
from tests.factories.campaigns import CampaignPageFactory
from tests.factories.home import (
    ImageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    RegionFactory,
    StatementIndexPageFactory,
    StatementPageFactory,
)
from tests.factories.network import (
    BodyFactory,
    BodyIndexPageFactory,
    OrganisationFactory,
    OrganisationIndexPageFactory,
    RegionIndexPageFactory,
)
from tests.factories.petitions import PetitionPageFactory, TallyFactory

pytestmark = pytest.mark.integration


def read(client):
    return queries.read(client, "/")


@pytest.fixture
def leading(home_page, campaign_page):
    """The front page with its lead campaign."""
    home_page.lead_page = campaign_page
    return publish(home_page)


def titles(front):
    return [card.page.title for card in front.cards]


def test_a_new_site_is_a_page(client, home_page):
    html, _queries = read(client)

    assert home_page.title in html
    assert "number-band" not in html


def test_the_lead_campaign_shows_its_count_and_the_way_to_sign(client, leading, petition_page):
    TallyFactory(petition=petition_page, online=12345)

    html, _queries = read(client)

    assert leading.lead_page.title in html
    assert "12,345" in html
    assert f'href="{petition_page.url}#sign"' in html
    assert "cards--act" not in html


def test_a_lead_campaign_that_is_private_is_not_named(client, leading, campaign_page):
    PageViewRestriction.objects.create(page=campaign_page, restriction_type="login")

    html, _queries = read(client)

    assert campaign_page.title not in html


def test_a_lead_campaign_without_an_action_leads_to_itself(client, leading, campaign_page):
    html, _queries = read(client)

    assert f'href="{campaign_page.url}"' in html


def test_an_unpublished_lead_campaign_is_not_shown(leading, campaign_page):
    campaign_page.unpublish()

    assert present_front(leading, is_draft=False).lead is None


def test_cards_show_what_is_open_in_live_campaigns_the_lead_first(
    client, leading, campaign_page, petition_page
):
    index = campaign_page.get_parent()
    other = CampaignPageFactory(parent=index)
    hidden = CampaignPageFactory(parent=index, live=False)
    PetitionPageFactory(parent=other, title="다른 서명")
    PetitionPageFactory(parent=other, title="닫힌 서명", closed=True)
    PetitionPageFactory(parent=other, title="초안", live=False)
    PetitionPageFactory(parent=hidden, title="숨은 캠페인의 서명")
    TallyFactory(petition=petition_page, online=7)

    front = present_front(leading, is_draft=False)

    assert titles(front) == [petition_page.title, "다른 서명"]
    assert "7" in front.cards[0].note
    assert front.cards[1].note == ""
    assert front.lead_action == petition_page
    html, _queries = read(client)
    assert "다른 서명" in html
    assert "cards--act" in html


def test_an_open_action_stands_before_a_closed_one_at_the_top(leading, campaign_page):
    PetitionPageFactory(parent=campaign_page, closed=True)
    still_open = PetitionPageFactory(parent=campaign_page)
    PetitionPageFactory(parent=campaign_page)

    assert present_front(leading, is_draft=False).lead_action == still_open


def test_what_closes_leaves_the_cards_without_being_published_again(leading, campaign_page, clock):
    for minutes in (1, 9):
        page = PetitionPageFactory(parent=campaign_page, title=f"{minutes}")
        page.closes_at = timezone.now() + timedelta(minutes=minutes)
        page.save()
    PetitionPageFactory(parent=campaign_page, title="열린 서명")
    assert len(titles(present_front(leading, is_draft=False))) == 3

    clock.tick(timedelta(minutes=2))

    assert "1" not in titles(present_front(leading, is_draft=False))


def test_the_band_counts_members_and_shows_what_editors_wrote(client, home_page):
    OrganisationFactory.create_batch(2)
    home_page.numbers = [
        (
            "numbers",
            {
                "heading": "함께 이룬 일",
                "as_of": "2026-11-18",
                "numbers": [
                    {"label": "회원단체", "source": "members", "unit": "곳"},
                    {"label": "서명", "number": 12345, "unit": "명", "note": "온라인과 현장"},
                    {"label": "협약"},
                ],
            },
        )
    ]
    publish(home_page)

    band = present_front(home_page, is_draft=False).band
    assert [number.count for number in band.numbers] == [2, 12345, None]
    html, _queries = read(client)
    for words in ("함께 이룬 일", "12,345", "온라인과 현장", "2026년\u00a011월\u00a018일"):
        assert words in html


def test_the_newest_text_is_shown_large_and_three_more_beside_it(client, home_page):
    news = NewsIndexPageFactory(parent=home_page)
    statements = publish(StatementIndexPageFactory(parent=home_page))
    NewsPageFactory.create_batch(4, parent=news)
    newest = StatementPageFactory(
        parent=statements, picture=ImageFactory(), published_on="2026-11-20"
    )

    front = present_front(home_page, is_draft=False)

    assert front.first_text.pk == newest.pk
    assert front.picture == newest.picture
    assert len(front.more_texts) == 3
    assert front.texts_url == "/statements/"
    assert "latest__first" in read(client)[0]


def test_a_draft_shows_what_the_editor_has(leading):
    draft = HomePage.objects.get(pk=leading.pk)
    draft.lead_page = None

    assert present_front(draft, is_draft=True).lead is None
    assert present_front(leading, is_draft=False).lead is not None


def test_members_and_bodies_are_named(client, home_page):
    publish(OrganisationIndexPageFactory(parent=home_page))
    OrganisationFactory.create_batch(14)
    BodyFactory(name="정책위원회")

    html, _queries = read(client)

    assert html.count("가온협동조합연합회") == 12
    assert 'href="/organisations/"' in html
    assert "정책위원회" in html


def test_regions_and_bodies_lead_to_their_place_on_their_page(client, home_page):
    body, region = BodyFactory(name="정책위원회"), RegionFactory()
    OrganisationFactory(region=region)
    without, _queries = read(client)
    for factory in (BodyIndexPageFactory, RegionIndexPageFactory):
        publish(factory(parent=home_page))
    forget_everything()

    html, _queries = read(client)

    assert "<span>서울</span>" in without
    assert '<a href="/regions/#region-11">서울</a>' in html
    assert f'<a href="/bodies/#body-{body.pk}">정책위원회' in html
    assert 'id="region-11"' in client.get("/regions/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_front_page_costs_as_much_with_three_of_everything_as_with_one(
    client, leading, campaign_page, petition_page, rows
):
    news = NewsIndexPageFactory(parent=leading)
    for page in PetitionPageFactory.create_batch(rows, parent=campaign_page):
        TallyFactory(petition=page, online=7)
    NewsPageFactory.create_batch(rows, parent=news, region=RegionFactory())
    OrganisationFactory.create_batch(rows)
    BodyFactory.create_batch(rows)
    read(client)

    html, number = read(client)

    assert html.count("/campaigns/basic-act/petition-") >= rows
    assert number == 2
