import pytest

from campaigns.models import CampaignPage, Ending, Stage
from tests.conftest import publish
from tests.factories.campaigns import CampaignPageFactory
from tests.factories.petitions import PetitionPageFactory, TallyFactory
from tests.queries import read

pytestmark = pytest.mark.integration

CAMPAIGN = "/campaigns/basic-act/"


def test_a_visitor_reads_what_is_asked_for_and_takes_part(client, campaign_page, petition_page):
    campaign_page.asks = [
        ("asks", {"heading": "우리는 요구합니다", "asks": [{"title": "의결", "text": "올해 안에"}]})
    ]
    campaign_page.body = [("heading", "왜 필요합니까")]
    campaign_page.bill_name = "사회적경제기본법안"
    campaign_page.bill_stages.create(stage=Stage.COMMITTEE)
    publish(campaign_page)

    html, _queries = read(client, CAMPAIGN)

    for words in ("우리는 요구합니다", "올해 안에", "왜 필요합니까", "사회적경제기본법안"):
        assert words in html
    assert "법안은 지금 위원회\u00a0심사 단계입니다" in html
    assert f'href="{petition_page.url}"' in html


@pytest.mark.parametrize("ending", Ending)
def test_a_bill_that_ended_says_how(client, campaign_page, ending):
    campaign_page.bill_name = "사회적경제기본법안"
    campaign_page.bill_stages.create(stage=Stage.COMMITTEE)
    campaign_page.bill_ending = ending
    publish(campaign_page)

    assert str(ending.label) in read(client, CAMPAIGN)[0]


def test_a_campaign_without_anything_is_a_page(client, campaign_page):
    html, _queries = read(client, CAMPAIGN)

    assert campaign_page.title in html
    assert "stages" not in html


@pytest.mark.parametrize("status", CampaignPage.Status)
def test_a_campaign_is_shown_in_every_status(client, campaign_page, status):
    campaign_page.status = status
    publish(campaign_page)

    assert campaign_page.title in read(client, CAMPAIGN)[0]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_campaign_costs_as_much_with_three_actions_as_with_one(client, campaign_page, rows):
    for page in PetitionPageFactory.create_batch(rows, parent=campaign_page):
        TallyFactory(petition=page, online=7)
    read(client, CAMPAIGN)

    html, queries = read(client, CAMPAIGN)

    assert html.count("/campaigns/basic-act/petition-") >= rows
    assert queries == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_as_much_with_three_campaigns_as_with_one(client, campaign_page, rows):
    campaign_page.delete()
    index = campaign_page.get_parent()
    titles = [f"캠페인 {number}" for number in range(rows)]
    for title in titles:
        CampaignPageFactory(parent=index, title=title)
    read(client, "/campaigns/")

    html, queries = read(client, "/campaigns/")

    assert all(title in html for title in titles)
    assert queries == 2


def test_an_empty_list_is_a_page(client, campaign_page):
    campaign_page.delete()

    assert read(client, "/campaigns/")[0]
