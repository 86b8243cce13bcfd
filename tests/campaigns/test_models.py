from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import PageViewRestriction

from campaigns.models import BillStage, CampaignIndexPage, CampaignPage, Ending, Stage
from home.models import HomePage
from petitions.models import PetitionPage
from tests.factories.campaigns import CampaignPageFactory
from tests.factories.petitions import PetitionPageFactory

pytestmark = pytest.mark.unit


@pytest.fixture
def bill(campaign_page):
    """The campaign's bill with the stages it has reached: ``bill(Stage.PROPOSED, …)``."""

    def reach(*stages, ending="", reached_on=None):
        for order, stage in enumerate(stages):
            campaign_page.bill_stages.create(stage=stage, reached_on=reached_on, sort_order=order)
        campaign_page.bill_ending = ending
        return campaign_page

    return reach


def states(campaign):
    return [step.state for step in campaign.bill_steps]


def test_a_campaign_without_a_bill_has_no_steps(campaign_page):
    assert campaign_page.bill_steps == []
    assert campaign_page.current_stage is None


def test_the_stage_reached_is_now_and_the_ones_before_are_done(bill):
    campaign = bill(Stage.PROPOSED, Stage.REFERRED, reached_on=date(2026, 3, 2))

    assert states(campaign) == ["done", "now", *["later"] * 5]
    assert campaign.current_stage.label == Stage.REFERRED.label
    assert [step.date for step in campaign.bill_steps] == [date(2026, 3, 2)] * 2 + [None] * 5


def test_a_stage_that_nobody_entered_counts_as_passed(bill):
    campaign = bill(Stage.PLENARY, Stage.PROPOSED)

    assert states(campaign) == ["done"] * 4 + ["now", "later", "later"]
    assert campaign.bill_steps[1].date is None


def test_a_law_that_is_promulgated_is_done(bill):
    campaign = bill(Stage.PROMULGATED)

    assert states(campaign) == ["done"] * 7
    assert campaign.current_stage is None


@pytest.mark.parametrize("ending", Ending)
def test_a_bill_that_ended_stops_where_it_was(bill, ending):
    campaign = bill(Stage.PROPOSED, Stage.COMMITTEE, ending=ending)

    assert states(campaign) == ["done", "done", "ended", *["later"] * 4]
    assert campaign.current_stage is None


def test_a_stage_is_reached_once(bill):
    campaign = bill(Stage.PROPOSED)
    campaign.save()

    with pytest.raises(IntegrityError), transaction.atomic():
        BillStage.objects.create(page=campaign, stage=Stage.PROPOSED)


def test_actions_are_live_pages_to_take_part_with(campaign_page):
    live = PetitionPageFactory(parent=campaign_page)
    PetitionPageFactory(parent=campaign_page, live=False)
    elsewhere = CampaignPageFactory(parent=campaign_page.get_parent())
    PetitionPageFactory(parent=elsewhere)
    hidden = PetitionPageFactory(parent=campaign_page)
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")

    assert campaign_page.action_pages == [live]


def test_the_list_names_no_campaign_that_not_everybody_may_see(campaign_page):
    index = campaign_page.get_parent().specific
    hidden = CampaignPageFactory(parent=index)
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")

    assert index.campaigns == [campaign_page]


@pytest.mark.parametrize("number", [1, 3])
def test_actions_are_found_with_two_queries(campaign_page, number, django_assert_num_queries):
    PetitionPageFactory.create_batch(number, parent=campaign_page)

    with django_assert_num_queries(2):
        assert len(campaign_page.action_pages) == number
        assert len(campaign_page.action_pages) == number


def test_the_list_shows_live_campaigns_newest_first(campaign_page):
    index = campaign_page.get_parent().specific
    now = timezone.now()
    CampaignPage.objects.filter(pk=campaign_page.pk).update(first_published_at=now)
    newer = CampaignPageFactory(parent=index, first_published_at=now + timedelta(days=1))
    CampaignPageFactory(parent=index, live=False)

    assert list(index.campaigns) == [newer, campaign_page]


def test_each_page_has_its_place(db):
    assert CampaignIndexPage.can_exist_under(HomePage()) is True
    assert CampaignPage.can_exist_under(CampaignIndexPage()) is True
    assert CampaignPage.can_exist_under(HomePage()) is False
    assert PetitionPage in CampaignPage.allowed_subpage_models()
    assert CampaignIndexPage.max_count_per_parent == 1
