from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from campaigns.models import CampaignPage
from home.models import HomePage
from petitions.models import PetitionConsent, PetitionPage, Signature, Tally
from tests.conftest import publish
from tests.factories.petitions import PetitionPageFactory, SignatureFactory, TallyFactory

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "is_open"),
    [
        (None, None, True),
        (NOW, None, True),
        (NOW + MINUTE, None, False),
        (None, NOW, False),
        (None, NOW + MINUTE, True),
        (NOW - MINUTE, NOW + MINUTE, True),
    ],
)
def test_a_petition_is_open_from_its_first_to_before_its_last_moment(
    db, opens_at, closes_at, is_open
):
    page = PetitionPage(opens_at=opens_at, closes_at=closes_at)

    assert page.is_open(NOW) is is_open


def test_a_petition_without_times_is_open_now(db, clock):
    assert PetitionPage().is_open() is True
    assert PetitionPage(opens_at=timezone.now() + MINUTE).is_open() is False


@pytest.mark.parametrize(
    ("steps", "count", "goal"),
    [
        ("100, 500", 0, 100),
        ("100, 500", 99, 100),
        ("100, 500", 100, 500),
        ("100, 500", 500, 500),
        ("100, 500", 900, 500),
        ("", 0, 500),
    ],
)
def test_the_goal_is_the_next_step(db, steps, count, goal):
    assert PetitionPage(goal_steps=steps).goal_for(count) == goal


@pytest.mark.parametrize("distance", [timedelta(), -MINUTE])
def test_a_petition_closes_after_it_opens(petition_page, distance):
    petition_page.opens_at, petition_page.closes_at = NOW, NOW + distance

    with pytest.raises(ValidationError) as refused:
        petition_page.full_clean()
    assert set(refused.value.message_dict) == {"closes_at"}
    with pytest.raises(IntegrityError), transaction.atomic():
        PetitionPage.objects.filter(pk=petition_page.pk).update(
            opens_at=NOW, closes_at=NOW + distance
        )


@pytest.mark.parametrize(
    ("field", "value"),
    [("goal_steps", "500, 100"), ("retention_months", 0), ("retention_months", 25)],
)
def test_a_petition_with_a_mistake_is_not_published(petition_page, field, value):
    setattr(petition_page, field, value)

    with pytest.raises(ValidationError) as refused:
        petition_page.full_clean()
    assert set(refused.value.message_dict) == {field}


def test_a_consent_is_asked_for_once(petition_page):
    definition = petition_page.petition_consents.first().definition

    with pytest.raises(IntegrityError), transaction.atomic():
        PetitionConsent.objects.create(page=petition_page, definition=definition)


def test_a_consent_in_use_is_not_deleted(petition_page):
    with pytest.raises(models.ProtectedError):
        petition_page.petition_consents.first().definition.delete()


def test_a_petition_lives_in_a_campaign(db):
    assert PetitionPage.can_exist_under(CampaignPage()) is True
    assert PetitionPage.can_exist_under(HomePage()) is False
    assert PetitionPage.allowed_subpage_models() == []


def test_a_copy_starts_without_signatures(petition_page):
    SignatureFactory(petition=petition_page, confirmed=True)
    TallyFactory(petition=petition_page, online=1)

    copy = petition_page.copy(update_attrs={"slug": "copy"})

    assert Signature.objects.filter(petition=copy).count() == 0
    assert not Tally.objects.filter(pk=copy.pk).exists()
    assert copy.petition_consents.count() == petition_page.petition_consents.count()


def test_what_was_published_is_what_a_person_signs(petition_page):
    first = petition_page.live_revision_id
    petition_page.title = "초안"
    petition_page.save_revision()
    petition_page.refresh_from_db()
    assert petition_page.live_revision_id == first

    publish(petition_page)
    assert petition_page.live_revision_id != first


def test_petitions_are_an_action_of_their_campaign(petition_page, campaign_page):
    PetitionPageFactory(parent=campaign_page, live=False)

    assert campaign_page.action_pages == [petition_page]
    assert petition_page.crumb_title
