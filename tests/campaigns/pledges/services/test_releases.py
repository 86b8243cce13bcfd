"""Everybody's answers become public at the same moment; without one, each with the signature."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.pledges.defaults import PUBLICATION
from campaigns.pledges.models import PledgeAgreement, Response
from campaigns.pledges.services.guards import end_release
from campaigns.pledges.services.publication import agree_to_publication
from campaigns.pledges.services.releases import publish_answers
from evidence.models import Event
from privacy.models import ConsentRecord
from schedule.registry import jobs
from tests.factories.pledge_guards import (
    agreement_of,
    answered_response,
    declined_response,
    prepared_election,
    released_board,
)

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def public():
    return list(Response.objects.exclude(published_at=None).order_by("pk"))


def set_moment(election, moment, until=timedelta(hours=-2)):
    election.round.answers_until = timezone.now() + until
    election.round.release_at = moment
    election.round.save()


@pytest.fixture
def election(user):
    """Its board is public; one signed, one declined, one only answered."""
    row = prepared_election()
    released_board(row, user)
    agreement_of(answered_response(row, "한가람"))
    declined_response(row, "도담비")
    answered_response(row, "라온")
    return row


@pytest.mark.sqlite_smoke
def test_at_the_common_moment_all_become_public_at_once(election):
    set_moment(election, timezone.now() + timedelta(minutes=1))
    assert (publish_answers(), public()) == (0, [])

    set_moment(election, timezone.now() - timedelta(seconds=1))
    assert publish_answers() == 2

    assert len({row.published_at for row in public()}) == 1
    assert [row.respondent.name for row in public()] == ["한가람", "도담비"]
    event = Event.objects.filter(kind="release").last()
    assert event.payload.values == {"what": "answers", "number": 2}


def test_without_a_moment_each_becomes_public_once_signed(election):
    assert publish_answers() == 2

    agreement_of(Response.objects.get(respondent__candidacy__name="라온"))
    assert publish_answers() == 1
    assert publish_answers() == 0


def test_answers_without_a_signature_stay_closed_for_want_of_consent(election):
    publish_answers()

    assert "라온" not in [row.respondent.name for row in public()]


@pytest.mark.parametrize(("state", "is_public"), [("submitted", True), ("reopened", False)])
def test_answers_without_a_signature_are_public_with_their_own_consent(election, state, is_public):
    response = Response.objects.get(respondent__candidacy__name="라온")
    agree_to_publication(response)
    Response.objects.filter(pk=response.pk).update(state=state)
    publish_answers()

    assert ("라온" in [row.respondent.name for row in public()]) is is_public


def test_consent_to_publication_is_written_down_once_with_its_text(election):
    response = Response.objects.get(respondent__candidacy__name="라온")
    agree_to_publication(response)
    first = response.publication_agreed_at
    agree_to_publication(response)

    record = ConsentRecord.objects.get(subject=response.respondent.public_id)
    assert record.version.definition.slug == PUBLICATION
    assert response.publication_agreed_at == first


def test_a_void_agreement_opens_nothing(election):
    PledgeAgreement.objects.update(state="void", ended_at=timezone.now())

    publish_answers()

    assert [row.respondent.name for row in public()] == ["도담비"]


def test_before_the_board_is_public_nothing_is(election, user):
    end_release(election, reason="요청", user=user)

    assert publish_answers() == 0


def test_the_worker_looks_each_minute():
    assert jobs["pledges.publish_answers"].every == timedelta(minutes=1)
