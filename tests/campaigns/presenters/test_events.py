from datetime import date, datetime

import pytest
from django.utils import timezone

from campaigns.models import Ending, Stage
from campaigns.presenters import read_events
from home.dates import Precision
from tests.factories.campaigns import HandOverFactory
from tests.factories.forums import ForumPageFactory
from tests.factories.home import (
    NewsIndexPageFactory,
    NewsPageFactory,
    ReportIndexPageFactory,
    ReportPageFactory,
)
from tests.factories.petitions import PetitionPageFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _today(clock):
    """2026년 11월 24일"""


@pytest.fixture
def news(home_page):
    return NewsIndexPageFactory(parent=home_page)


def milestone(day, title, page=None, precision=Precision.DAY):
    return (
        "milestone",
        {
            "day": date.fromisoformat(day),
            "precision": precision,
            "title": title,
            "text": "",
            "page": page,
        },
    )


def titles(events):
    return [event.title for event in events]


def test_a_new_campaign_has_no_way_yet(campaign_page):
    assert read_events(campaign_page) == []


def test_all_that_belongs_to_the_campaign_stands_in_one_line(campaign_page, home_page, news):
    NewsPageFactory(
        parent=news, title="소식", slug="a", campaign=campaign_page, published_on=date(2026, 11, 5)
    )
    NewsPageFactory(parent=news, title="다른 소식", published_on=date(2026, 11, 5))
    ReportPageFactory(
        parent=ReportIndexPageFactory(parent=home_page),
        campaign=campaign_page,
        title="보고",
        published_on=date(2026, 11, 4),
    )
    PetitionPageFactory(
        parent=campaign_page,
        title="서명",
        opens_at=timezone.make_aware(datetime(2026, 11, 3, 0, 30)),
    )
    HandOverFactory(page=campaign_page, what="서명부", handed_over_on=date(2026, 11, 2))
    campaign_page.milestones = [milestone("2026-11-06", "1만 명을 넘었습니다")]
    campaign_page.bill_stages.create(stage=Stage.PROPOSED, reached_on=date(2026, 11, 1))
    campaign_page.bill_stages.create(stage=Stage.REFERRED)
    campaign_page.bill_ending, campaign_page.bill_ended_on = Ending.EXPIRED, date(2026, 11, 7)

    events = read_events(campaign_page)

    assert titles(events) == [
        *(str(Ending.EXPIRED.label), "1만 명을 넘었습니다", "소식", "보고", "서명", "서명부"),
        str(Stage.PROPOSED.label),
    ]
    assert (events[2].url, events[2].label) == ("/news/a/", "소식")
    assert events[4].when == "2026년\u00a011월\u00a03일\u2060(화)\u2060"


def test_what_is_known_of_a_day_is_said_and_no_more(campaign_page):
    campaign_page.milestones = [milestone("2026-03-01", "총회", precision=Precision.MONTH)]
    HandOverFactory(page=campaign_page, handed_over_on=date(2025, 1, 1), precision=Precision.YEAR)

    assert [event.when for event in read_events(campaign_page)] == ["2026년\u00a03월", "2025년"]


def test_what_is_still_to_come_is_no_part_of_the_way(campaign_page):
    campaign_page.milestones = [milestone("2026-11-24", "오늘"), milestone("2026-11-25", "내일")]

    assert titles(read_events(campaign_page)) == ["오늘"]


def test_an_editors_words_stand_for_the_page_they_lead_to(campaign_page, news):
    text = NewsPageFactory(parent=news, title="소식", slug="a", campaign=campaign_page)
    campaign_page.milestones = [milestone("2026-11-16", "첫걸음을 뗐습니다", page=text)]

    [event] = read_events(campaign_page)

    assert (event.title, event.url) == ("첫걸음을 뗐습니다", "/news/a/")


def test_a_milestone_whose_page_is_not_public_stands_alone(campaign_page, news):
    draft = NewsPageFactory(parent=news, campaign=campaign_page, live=False)
    campaign_page.milestones = [milestone("2026-11-16", "첫걸음을 뗐습니다", page=draft)]

    [event] = read_events(campaign_page)

    assert event.url == ""


def test_a_meeting_stands_on_its_own_day(campaign_page):
    day = date(2026, 11, 10)
    told = {"parent": campaign_page, "single": True}
    ForumPageFactory(**told, title="지난 토론회", day=day)
    ForumPageFactory(**told, title="취소된 토론회", day=date(2026, 11, 5), change="cancelled")
    ForumPageFactory(**told, title="다가올 토론회")

    events = read_events(campaign_page)

    assert titles(events) == ["지난 토론회", "취소된 토론회"]
    assert [event.day for event in events] == [day, date(2026, 11, 5)]
    assert events[0].label != events[1].label
