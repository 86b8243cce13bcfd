from datetime import date

import pytest

from campaigns.models import CampaignPage
from home.registry import read_figure
from tests.factories.campaigns import CampaignPageFactory, HandOverFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def asks(*titles):
    return [("asks", {"heading": "요구", "asks": [{"title": title} for title in titles]})]


def test_asks_of_running_campaigns_are_counted(campaign_page):
    index = campaign_page.get_parent()
    CampaignPageFactory(parent=index, asks=asks("가", "나"))
    CampaignPageFactory(parent=index, asks=asks("다"))
    CampaignPageFactory(parent=index, asks=asks("라"), status=CampaignPage.Status.ENDED)
    CampaignPageFactory(parent=index, asks=asks("마"), live=False)

    assert read_figure("asks", None) == 3


def test_hand_overs_of_live_campaigns_are_counted(campaign_page):
    HandOverFactory(page=campaign_page)
    HandOverFactory(page=campaign_page, handed_over_on=date(2025, 3, 1))
    HandOverFactory(page=CampaignPageFactory(parent=campaign_page.get_parent(), live=False))

    assert (read_figure("hand_overs", None), read_figure("hand_overs", 2025)) == (2, 1)
