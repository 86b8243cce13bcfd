"""What the checks find about days, and before an election."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Site

from home.content_checks import Level, check_page
from home.content_checks.rules_election import next_election
from home.models import SiteSettings
from tests.factories.campaigns import CampaignPageFactory
from tests.factories.home import (
    ReportPageFactory,
    StatementPageFactory,
)
from tests.factories.petitions import PetitionPageFactory
from tests.factories.pledges import ElectionFactory

from .conftest import found, only, write

pytestmark = pytest.mark.django_db


def test_report_of_another_year_is_pointed_out(home_page, clock):
    report = ReportPageFactory(
        slug="r", summary="한 줄", year=2020, published_on=date(2026, 11, 24)
    )

    assert only(report).where == "연도"


def test_date_shown_must_not_lie_ahead(news):
    news.published_on = date(2026, 11, 25)
    assert only(news).level == Level.WARNING

    news.go_live_at = datetime(2026, 11, 24, 22, tzinfo=UTC)  # The 25th in Seoul.
    assert check_page(news) == []


def test_embargo_before_the_date_shown(home_page, clock):
    statement = StatementPageFactory(
        slug="s",
        summary="한 줄",
        published_on=date(2026, 11, 30),
        embargo_at=datetime(2026, 11, 28, 0, tzinfo=UTC),
    )
    assert only(statement).level == Level.WARNING

    statement.embargo_at = datetime(2026, 11, 30, 0, tzinfo=UTC)
    assert check_page(statement) == []


@pytest.mark.parametrize(
    ("days", "count"),
    [
        (("2026-01-01", "2026-02-01"), 0),
        (("2026-02-01", "2026-01-01"), 0),
        (("2026-01-01", "2026-03-01", "2026-02-01"), 1),
    ],
)
def test_timeline_runs_in_one_direction(news, days, count):
    entries = [{"day": day, "title": "일"} for day in days]

    assert len(found(write(news, ("timeline", {"entries": entries})))) == count


def test_petition_closes_after_it_opens(campaign_page, region, clock):
    now = datetime(2026, 11, 24, 3, tzinfo=UTC)
    petition = PetitionPageFactory.build(slug="p", summary="한 줄", title="청원")
    petition.opens_at, petition.closes_at = now, now - timedelta(days=1)
    petition.hand_over_on = date(2026, 11, 20)

    assert len(found(petition, Level.WARNING)) == 2


def test_campaign_and_its_milestones(home_page):
    campaign = CampaignPageFactory.build(slug="c", summary="한 줄", title="캠페인")
    campaign.starts_on, campaign.ends_on = date(2026, 2, 1), date(2026, 1, 1)
    days = ("2026-01-01", "2026-03-01", "2026-02-01")
    entries = [{"type": "milestone", "value": {"day": day, "title": "일"}} for day in days]
    campaign.milestones = campaign._meta.get_field("milestones").to_python(entries)

    assert len(found(campaign, Level.WARNING)) == 2


@pytest.fixture
def elect(home_page):
    def on(day):
        settings = SiteSettings.for_site(Site.objects.get())
        settings.election_days = [("day", day)]
        settings.save()

    return on


def test_elections_that_another_room_knows_count_by_themselves(clock):
    ElectionFactory(vote_on=date(2027, 1, 20))
    ElectionFactory(vote_on=date(2026, 11, 23), kind="by_election")

    assert next_election() == date(2027, 1, 20)


@pytest.mark.parametrize(
    ("day", "warned"),
    [
        (date(2026, 11, 23), False),
        (date(2026, 11, 24), True),
        (date(2027, 3, 24), True),
        (date(2027, 3, 25), False),
    ],
)
def test_words_before_an_election(news, elect, day, warned):
    elect(day)
    news.summary = "지지 후보의 당선"

    findings = check_page(news)

    assert bool(findings) is warned
    if warned:
        assert "지지, 후보, 당선" in findings[0].message


def test_harmless_words_before_an_election(news, elect):
    elect(date(2026, 12, 1))
    news.summary = "후보지 선정이 지지부진하고 빠지지 않습니다."

    assert check_page(news) == []


def test_pictures_by_a_machine_before_an_election(news, image, elect):
    elect(date(2026, 12, 1))
    image.made_by_ai = True
    news.picture = image

    assert [f.level for f in check_page(news)] == [Level.WARNING, Level.HINT]

    image.made_by_ai = False
    assert check_page(news) == []


def test_a_page_about_candidates_is_held_back(news, image, elect, monkeypatch):
    monkeypatch.setattr(type(news), "names_candidates", True, raising=False)
    elect(date(2026, 12, 1))
    news.summary = "이 후보를 지지합니다"
    image.made_by_ai = True
    news.picture = image

    stops = [finding for finding in check_page(news) if finding.level == Level.STOP]
    assert ["지지" in stops[0].message, len(stops)] == [True, 2]
    with pytest.raises(ValidationError, match="지지"):
        news.save_revision().publish()

    news.summary, news.picture = "후보마다 같은 것을 묻습니다", None
    news.save_revision().publish()
