"""Answers: kept as typed, to the wording that was read, until the last second."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.pledges.exceptions import (
    AnswerElsewhereError,
    AnswersClosedError,
    AnswersIncompleteError,
    CommentMissingError,
    DemandGoneError,
)
from campaigns.pledges.models import DemandAnswer, Respondent, Response
from campaigns.pledges.services.answers import (
    accept_all,
    adopt_new_versions,
    answers_by_demand,
    begin_response,
    decline_all,
    has_new_versions,
    save_answer,
    submit_answers,
    unanswered,
    versions_of,
)
from campaigns.pledges.services.demands import begin_version, demands_asked, save_demand
from evidence.models import Event
from tests.factories.pledge_agreements import answered, invited, respondent_of
from tests.factories.pledge_demands import publish

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
Choice = DemandAnswer.Choice


@pytest.fixture
def invitation(election):
    return invited(respondent_of(election))


@pytest.fixture
def response(invitation):
    return begin_response(invitation)


def asked(response):
    return demands_asked(versions_of(response))


def test_beginning_twice_is_beginning_once(invitation, response):
    assert begin_response(invitation) == response
    assert Event.objects.filter(kind="answering_begun").count() == 1


def test_an_answer_is_kept_and_can_be_changed(invitation, response):
    first = asked(response)[0]
    save_answer(invitation, first, Choice.ACCEPT_PARTLY, "예산 범위에서")
    save_answer(invitation, first, Choice.DECLINE, "이미 하고 있습니다")
    answer = answers_by_demand(response)[first.pk]
    assert (answer.choice, answer.comment) == (Choice.DECLINE, "이미 하고 있습니다")
    assert [demand.number for demand in unanswered(response)] == [2, 3]


def test_part_of_what_must_be_said(invitation, response):
    with pytest.raises(CommentMissingError):
        save_answer(invitation, asked(response)[0], Choice.ACCEPT_PARTLY, "  ")


def test_the_same_answer_again_changes_nothing(invitation, response):
    first = asked(response)[0]
    revision = save_answer(invitation, first, Choice.ACCEPT).revision
    assert save_answer(invitation, first, Choice.ACCEPT).revision == revision


def test_a_second_device_does_not_write_over_what_it_never_saw(invitation, response):
    first, second = asked(response)[:2]
    save_answer(invitation, first, Choice.ACCEPT, seen=0)
    with pytest.raises(AnswerElsewhereError):
        save_answer(invitation, first, Choice.DECLINE, seen=0)
    assert save_answer(invitation, second, Choice.DECLINE, seen=0).revision == 2
    assert save_answer(invitation, first, Choice.DECLINE, seen=1).revision == 3


def test_nothing_is_taken_at_the_last_moment_and_after(invitation, response):
    invitation.expires_at = timezone.now()
    invitation.save()
    with pytest.raises(AnswersClosedError):
        save_answer(invitation, asked(response)[0], Choice.ACCEPT)
    invitation.expires_at = timezone.now() + timedelta(seconds=5)
    invitation.save()
    assert save_answer(invitation, asked(response)[0], Choice.ACCEPT)


def test_nobody_begins_after_the_deadline(election):
    late = invited(respondent_of(election), days=0)
    with pytest.raises(AnswersClosedError):
        begin_response(late)


def test_nobody_begins_or_goes_on_who_stands_no_more(invitation, response):
    Respondent.objects.update(standing=Respondent.Standing.LEFT)
    with pytest.raises(AnswersClosedError):
        begin_response(invitation)
    with pytest.raises(AnswersClosedError):
        decline_all(invitation, "사퇴합니다.")
    assert Response.objects.get().state == Response.State.IN_PROGRESS


def test_all_are_accepted_only_as_shown(invitation, response):
    keys = [demand.pk for demand in asked(response)]
    with pytest.raises(DemandGoneError):
        accept_all(invitation, keys[:-1])
    accept_all(invitation, keys)
    assert unanswered(response) == []


def test_answers_are_handed_in_once_and_closed(election):
    invitation = answered(respondent_of(election))
    response = submit_answers(invitation)
    assert response.state == Response.State.SUBMITTED
    respondent = Respondent.objects.get(pk=invitation.respondent_id)
    assert respondent.standing == Respondent.Standing.ANSWERED
    with pytest.raises(AnswersClosedError):
        submit_answers(invitation)


def test_a_demand_without_an_answer_is_not_handed_in(invitation, response):
    with pytest.raises(AnswersIncompleteError):
        submit_answers(invitation)


def test_who_signs_nothing_is_no_silence(invitation, response):
    decline_all(invitation, "어떤 협약에도 서명하지 않기로 했습니다.")
    respondent = Respondent.objects.get(pk=invitation.respondent_id)
    assert respondent.standing == Respondent.Standing.SIGNS_NONE
    assert Response.objects.get().statement == "어떤 협약에도 서명하지 않기로 했습니다."


def new_version(invitation, user, *, is_minor=False):
    demand_set = invitation.respondent.election.demand_sets.get()
    version = begin_version(demand_set, user=user)
    changed = version.demands.get(number=2)
    save_demand(version, {"title": "고친 요구 2", "text": "더 분명한 내용"}, demand=changed)
    return publish(version, user=user, is_minor=is_minor)


def test_a_version_published_meanwhile_asks_only_what_changed(election, user):
    invitation = answered(respondent_of(election))
    response = invitation.respondent.response
    old = asked(response)
    new_version(invitation, user)
    assert has_new_versions(response)
    (again,) = adopt_new_versions(invitation)
    assert again.title == "고친 요구 2"
    assert [demand.number for demand in unanswered(response)] == [2]
    assert response.answers.filter(demand__in=old).count() == 3
    assert adopt_new_versions(invitation) == []
    with pytest.raises(DemandGoneError):
        save_answer(invitation, old[0], Choice.DECLINE)


def test_a_small_correction_asks_nothing_anew(election, user):
    invitation = answered(respondent_of(election))
    new_version(invitation, user, is_minor=True)
    assert adopt_new_versions(invitation) == []
    assert unanswered(invitation.respondent.response) == []


def test_what_was_handed_in_stays_with_its_wording(election, user):
    invitation = answered(respondent_of(election))
    response = submit_answers(invitation)
    before = [demand.pk for demand in asked(response)]
    new_version(invitation, user)
    assert [demand.pk for demand in asked(response)] == before
