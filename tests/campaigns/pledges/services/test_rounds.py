"""How everybody is asked is decided before anybody is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.pledges.exceptions import RoundFixedError
from campaigns.pledges.models import PledgeRound, Response
from campaigns.pledges.services.rounds import demands_of_everybody, is_asked, save_round
from evidence.models import Event
from tests.factories.pledge_agreements import invited, respondent_of
from tests.factories.pledge_demands import demand_set, pledge_round

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def values():
    return {
        "purpose": "모든 후보께 같은 요구를 드립니다.",
        "answers_until": timezone.now() + timedelta(days=9),
        "release_at": None,
        "least_accepted": 2,
        "order": "name",
        "phone": "02-000-0000",
        "method_by": "연대회의",
        "method_panel": "정책위원",
        "method_criteria": "답",
        "method_how": "같은 글",
        "method_period": "5월",
    }


def said():
    return Event.objects.filter(kind="round_set")


def test_what_is_said_stands_on_the_chain_once(election, user, values):
    for _ in range(2):
        row = save_round(election, values, user=user)
    assert PledgeRound.objects.get() == row
    assert said().get().payload.values["least_accepted"] == 2
    save_round(election, {**values, "method_by": "다른 곳"}, user=user)
    assert said().count() == 2


def test_once_somebody_is_asked_what_holds_for_all_stands(election, user, values):
    release = values["answers_until"] + timedelta(days=1)
    save_round(election, {**values, "release_at": release}, user=user)
    assert not is_asked(election)
    respondent = respondent_of(election)
    Response.objects.create(respondent=respondent, began_at=timezone.now())
    assert is_asked(election)
    sooner = values["answers_until"] - timedelta(seconds=1)
    for change in ({"least_accepted": 3}, {"order": "ballot"}, {"answers_until": sooner}):
        with pytest.raises(RoundFixedError):
            save_round(election, {**values, **change}, user=user)
    later = values["answers_until"] + timedelta(hours=1)
    row = save_round(election, {**values, "answers_until": later, "phone": "02-1"}, user=user)
    assert (row.answers_until, row.phone) == (later, "02-1")


def test_whoever_is_invited_is_asked(election):
    pledge_round(election)
    invited(respondent_of(election))
    assert is_asked(election)


def test_how_many_demands_are_asked_of_everybody(election):
    assert demands_of_everybody(election) == 0
    demand_set(election, count=4)
    assert demands_of_everybody(election) == 4
