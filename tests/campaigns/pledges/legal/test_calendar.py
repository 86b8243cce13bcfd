"""공직선거법: what the days before and after an election forbid (articles 82-4, 82-8, 90, 93, 103)."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from campaigns.pledges.exceptions import ObjectionLateError
from campaigns.pledges.models import Approval, Election, Takedown
from campaigns.pledges.presenters.guards import LawPresenter, warnings
from campaigns.pledges.services.approvals import needs_approval
from campaigns.pledges.services.takedowns import enter_objection, take_comment_down
from campaigns.pledges.services.timetable import timetable_of
from home.content_checks.rules_election import next_election
from tests.factories.pledge_guards import (
    agreement_of,
    answer_of,
    answered_response,
    approval_of,
    approved_mail,
    coming_election,
    prepared_election,
    request_of,
)

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

Kind = Approval.Kind


def line_of(election, article):
    return next(line for line in LawPresenter(election).lines if line.article == article)


@pytest.mark.parametrize("kind", [Kind.SHARE_CARD, Kind.PRINT, Kind.MASS_MAIL])
def test_articles_90_and_93_from_120_days_before_what_names_candidates_needs_approval(kind):
    assert not needs_approval(kind, coming_election(121))
    assert needs_approval(kind, coming_election(120, kind="assembly"))


def test_article_93_the_campaign_period_asks_anew_for_what_was_approved_before(user):
    election = coming_election(14)
    approval_of(Kind.PRINT, election, is_approved=True)
    assert not needs_approval(Kind.PRINT, election)

    Election.objects.update(vote_on=timezone.localdate() + timedelta(days=13))
    election.refresh_from_db()

    assert needs_approval(Kind.PRINT, election)


def test_article_59_on_election_day_itself_the_guards_hold():
    assert needs_approval(Kind.MASS_MAIL, coming_election(0))
    assert not needs_approval(Kind.MASS_MAIL, coming_election(-1, kind="assembly"))


def test_article_93_staff_read_a_warning_from_120_days_before():
    coming_election(121)
    assert warnings() == []

    near = coming_election(120, kind="assembly")

    assert [one.election for one in warnings()] == [near]


def test_article_33_the_warning_changes_with_the_campaign_period():
    before, within = coming_election(14), coming_election(13, kind="assembly")

    assert {one.election: one.is_campaign for one in warnings()} == {before: False, within: True}


def test_article_82_8_within_90_days_no_made_up_pictures():
    assert not line_of(coming_election(91), "82-8").is_closed
    assert line_of(coming_election(90, kind="assembly"), "82-8").is_closed


def test_article_103_in_the_campaign_period_no_gathering_of_more_than_25():
    assert not line_of(coming_election(14), "103(3)").is_closed
    assert line_of(coming_election(13, kind="assembly"), "103(3)").is_closed


def test_articles_90_and_93_editors_are_warned_for_elections_that_nobody_typed_twice():
    election = coming_election(50)

    assert next_election() == election.vote_on


def test_article_82_4_what_the_commission_asks_for_goes_at_once_and_its_author_is_told(user):
    answer = answer_of(prepared_election())
    approved_mail(answer.response.respondent, "camp@one.example")

    row = take_comment_down(answer, request_of(), user=user)

    answer.refresh_from_db()
    assert (bool(answer.held_reason), row.told_how) == (True, "mail")
    assert row.taken_at >= row.asked_at


def test_article_82_4_for_three_days_the_author_can_object(user):
    row = take_comment_down(answer_of(prepared_election()), request_of(), user=user)
    assert row.objection_until == timezone.localdate() + timedelta(days=3)

    Takedown.objects.update(objection_until=timezone.localdate() - timedelta(days=1))
    row.refresh_from_db()

    with pytest.raises(ObjectionLateError):
        enter_objection(row, "늦었습니다.", user=user)


def test_article_268_records_stay_six_months_after_election_day():
    days = timetable_of(Election(kind="local", vote_on=date(2026, 6, 3)))

    assert next(day for day in days if day.name == "records").last == date(2026, 12, 3)


@pytest.mark.parametrize(("since", "is_kept"), [(170, True), (190, False)])
def test_article_108_3_the_database_refuses_to_delete_an_agreement_until_then(since, is_kept):
    agreement = agreement_of(answered_response(coming_election()))
    Election.objects.update(vote_on=timezone.localdate() - timedelta(days=since))

    def delete():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM pledges_pledgeagreement WHERE id = %s", [agreement.pk])
            return cursor.rowcount

    if is_kept:
        with pytest.raises(DatabaseError, match="append-only"):
            delete()
    else:
        assert delete() == 1
