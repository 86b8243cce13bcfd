"""공직선거법: what must have happened before answers of candidates are shown (pledges.md 8.1)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.pledges.exceptions import (
    CommissionObjectsError,
    OrganisationBarredError,
    ReleaseBlockedError,
)
from campaigns.pledges.models import PledgeRound, ReleaseOverride, Response
from campaigns.pledges.services.co_hosts import add_co_host, co_hosts_of
from campaigns.pledges.services.guards import is_released, may_release, release_board
from campaigns.pledges.services.inquiries import override_inquiry
from campaigns.pledges.services.releases import publish_answers
from evidence.models import Event
from tests.factories.network import OrganisationFactory
from tests.factories.pledge_guards import (
    agreement_of,
    answered_inquiry,
    answered_response,
    coming_election,
    declined_response,
    inquiry_of,
    prepared_election,
    released_board,
)

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def codes(election):
    return [reason.code for reason in may_release(election)]


def test_article_93_a_board_waits_for_the_inquiry(user):
    election = prepared_election()

    with pytest.raises(ReleaseBlockedError):
        release_board(election, user=user)

    assert (codes(election), is_released(election)) == (["not_asked"], False)


def test_article_93_a_board_waits_for_the_answer(user):
    election = prepared_election()
    inquiry_of(election)

    with pytest.raises(ReleaseBlockedError):
        release_board(election, user=user)

    assert codes(election) == ["not_answered"]


def test_article_93_against_the_commissions_word_nobody_publishes(user):
    election = prepared_election()
    answered_inquiry(election, is_clear=False)

    with pytest.raises(CommissionObjectsError):
        override_inquiry(election, officer="가", office="나", reason="다", user=user)
    with pytest.raises(ReleaseBlockedError):
        release_board(election, user=user)

    assert codes(election) == ["objected"]


def test_article_93_an_objection_closes_a_board_that_is_public(user):
    election = prepared_election()
    override_inquiry(election, officer="가", office="나", reason="다", user=user)
    release_board(election, user=user)

    answered_inquiry(election, is_clear=False)

    assert not is_released(election)


def test_article_93_whoever_publishes_without_an_answer_is_named_and_says_why(user):
    election = prepared_election()

    override_inquiry(election, officer="정다솜", office="상임대표", reason="기한 도과", user=user)

    row = ReleaseOverride.objects.get()
    assert (row.officer, row.office, row.reason, row.made_by) == (
        *("정다솜", "상임대표", "기한 도과", user),
    )
    event = Event.objects.get(kind="board_overridden")
    assert (event.actor, event.payload.values) == (str(user.pk), {"override": row.pk})


def test_article_108_3_a_board_has_its_method_box(user):
    election = coming_election()
    answered_inquiry(election)

    assert "no_method" in codes(election)


def test_article_108_3_every_part_of_the_method_is_required():
    empty = PledgeRound(election=coming_election(), answers_until=timezone.now(), phone="02-1")

    with pytest.raises(Exception) as refusal:  # noqa: PT011 (what is missing is asserted)
        empty.full_clean()

    missing = set(refusal.value.message_dict)
    assert {
        *("method_by", "method_panel", "method_criteria", "method_how", "method_period")
    } <= missing


def test_article_108_3_the_order_is_one_of_two_neutral_ones():
    assert PledgeRound.Order.values == ["ballot", "name"]


def test_article_108_3_answers_of_all_become_public_at_the_same_moment(user):
    election = prepared_election()
    released_board(election)
    election.round.answers_until = timezone.now() - timedelta(hours=2)
    election.round.release_at = timezone.now() + timedelta(hours=1)
    election.round.save()
    agreement_of(answered_response(election))
    declined_response(election)
    assert publish_answers() == 0

    election.round.release_at = timezone.now() - timedelta(minutes=1)
    election.round.save()

    assert publish_answers() == 2
    assert Response.objects.values("published_at").distinct().count() == 1


def test_article_108_3_no_answer_is_public_before_the_last_day_to_answer(user):
    election = prepared_election()
    election.round.release_at = election.round.answers_until - timedelta(seconds=1)

    with pytest.raises(Exception, match="last day to answer|마감|답변"):
        election.round.full_clean()


def test_article_87_a_barred_organisation_is_no_co_host(user):
    election = coming_election()
    barred = OrganisationFactory(barred_from_elections=True)

    with pytest.raises(OrganisationBarredError):
        add_co_host(election, barred, user=user)


def test_article_87_who_is_barred_later_is_named_no_more(user):
    election, host = coming_election(), OrganisationFactory()
    add_co_host(election, host, user=user)

    host.barred_from_elections = True
    host.save()

    assert not co_hosts_of(election).exists()


def test_cooperatives_act_article_9_a_new_co_operative_is_flagged_by_itself():
    assert OrganisationFactory(kind="cooperative").barred_from_elections
    assert not OrganisationFactory(kind="network").barred_from_elections


def test_privacy_act_article_23_answers_without_consent_to_be_named_stay_closed(user):
    election = prepared_election()
    released_board(election)
    answered_response(election)

    assert publish_answers() == 0
