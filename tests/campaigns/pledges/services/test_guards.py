"""A board waits for the election commission's word, or for somebody who answers for it."""

import pytest

from campaigns.pledges.exceptions import (
    CommissionObjectsError,
    InquiryAnsweredError,
    InquiryWaitsError,
    ReleaseBlockedError,
)
from campaigns.pledges.models import BoardRelease, DemandSet
from campaigns.pledges.services.demands import begin_version, save_demand
from campaigns.pledges.services.guards import (
    end_release,
    is_released,
    may_release,
    release_board,
)
from campaigns.pledges.services.inquiries import enter_answer, override_inquiry
from evidence.models import Event
from tests.factories.pledge_demands import demand_set, pledge_round, publish
from tests.factories.pledge_guards import (
    OBJECTION,
    answered_inquiry,
    coming_election,
    inquiry_of,
    prepared_election,
    released_board,
)

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def codes(election):
    return [reason.code for reason in may_release(election)]


def override(election, user):
    return override_inquiry(
        election, officer="정다솜", office="상임대표", reason="답이 오지 않았습니다.", user=user
    )


def steps(election):
    rows = Event.objects.filter(subject_type="pledges.election", subject_id=str(election.pk))
    return [row.kind for row in rows.order_by("sequence")]


def test_without_a_round_demands_or_an_inquiry_each_is_told():
    assert codes(coming_election()) == ["no_method", "no_demands", "not_asked"]


def test_unpublished_demands_do_not_count():
    election = coming_election()
    demand_set(election, published=False)
    pledge_round(election)

    assert codes(election) == ["no_demands", "not_asked"]


@pytest.mark.sqlite_smoke
def test_the_answer_opens_the_way(user):
    election = prepared_election()
    inquiry = inquiry_of(election, user)
    assert codes(election) == ["not_answered"]

    enter_answer(inquiry, is_clear=True, answer="가능", answered_on=inquiry.sent_on, user=user)
    release_board(election, user=user)

    assert is_released(election)
    assert steps(election)[-3:] == ["board_inquired", "board_answered", "release"]


@pytest.mark.sqlite_smoke
def test_a_blocked_board_stays_closed_and_says_why(user):
    election = prepared_election()

    with pytest.raises(ReleaseBlockedError) as refusal:
        release_board(election, user=user)

    assert [reason.code for reason in refusal.value.reasons] == ["not_asked"]
    assert not is_released(election)


def test_releasing_twice_is_as_good_as_once(user):
    election = prepared_election()
    first = released_board(election, user)

    assert release_board(election, user=user) == first
    assert BoardRelease.objects.count() == 1


def test_a_second_inquiry_waits_for_the_first_answer(user):
    election = prepared_election()
    inquiry_of(election, user)

    with pytest.raises(InquiryWaitsError):
        inquiry_of(election, user)


def test_an_answer_is_entered_once(user):
    inquiry = answered_inquiry(prepared_election(), user=user)

    with pytest.raises(InquiryAnsweredError):
        enter_answer(inquiry, is_clear=False, answer="불가", answered_on=inquiry.sent_on, user=user)


def test_a_named_officer_answers_for_a_missing_answer(user):
    election = prepared_election()
    inquiry_of(election, user)

    override(election, user)

    assert codes(election) == []
    assert steps(election)[-1] == "board_overridden"


def test_against_an_objection_nobody_can_answer_for_it(user):
    election = prepared_election()
    answered_inquiry(election, is_clear=False, user=user)

    with pytest.raises(CommissionObjectsError):
        override(election, user)

    assert codes(election) == ["objected"]


def test_an_objection_takes_a_public_board_down_at_once(user):
    election = prepared_election()
    override(election, user)
    release = release_board(election, user=user)

    answered_inquiry(election, is_clear=False, user=user)

    release.refresh_from_db()
    assert not is_released(election)
    assert release.ended_reason == OBJECTION


def test_after_an_objection_what_was_answered_for_before_counts_no_more(user):
    election = prepared_election()
    override(election, user)
    answered_inquiry(election, is_clear=False, user=user)

    inquiry_of(election, user)
    assert codes(election) == ["not_answered"]
    override(election, user)

    assert codes(election) == []


def test_forbidden_words_in_the_round_hold_it_back(user):
    election = prepared_election()
    answered_inquiry(election, user=user)
    election.round.method_criteria = "수용한 요구의 점수"
    election.round.save()

    assert [(reason.code, "점수" in str(reason)) for reason in may_release(election)] == [
        ("words", True)
    ]


def test_ending_a_board_that_is_not_public_changes_nothing(user):
    election = prepared_election()

    assert not end_release(election, reason="요청", user=user)


def test_the_questions_cost_the_same_for_many_demands(django_assert_num_queries, user):
    election = prepared_election()
    answered_inquiry(election, user=user)
    with django_assert_num_queries(6):
        may_release(election)
    version = begin_version(DemandSet.objects.get(election=election), user=user)
    for number in range(3):
        save_demand(version, {"title": f"더 {number}", "text": "내용입니다."})
    publish(version)

    with django_assert_num_queries(6):
        may_release(election)
