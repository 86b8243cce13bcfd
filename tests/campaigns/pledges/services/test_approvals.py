"""Cards, prints and mails that name candidates wait for an approval before an election."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.pledges.exceptions import ApprovalDecidedError
from campaigns.pledges.models import Approval
from campaigns.pledges.services.approvals import (
    ask_approval,
    decide_approval,
    guarded_elections,
    needs_approval,
    period_of,
)
from evidence.models import Event
from tests.factories.pledge_guards import approval_of, coming_election

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

Kind, Period = Approval.Kind, Approval.Period


@pytest.mark.parametrize(
    ("days", "period"),
    [
        (121, ""),
        (120, Period.GUARDED),
        (14, Period.GUARDED),
        (13, Period.CAMPAIGN),
        (0, Period.CAMPAIGN),
        (-1, ""),
    ],
)
def test_the_periods_end_and_begin_with_a_day(days, period):
    assert period_of(coming_election(days)) == period


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize("kind", Kind.values)
def test_nothing_goes_out_unapproved_and_everything_once_it_is(kind, user):
    election = coming_election()
    assert needs_approval(kind, election)
    waiting = approval_of(kind, election)
    assert needs_approval(kind, election)

    decide_approval(waiting, is_approved=True, reason="중립적입니다.", user=user)

    assert not needs_approval(kind, election)
    assert Event.objects.get(kind="approval_given").actor == str(user.pk)


def test_an_approval_is_for_one_kind_only():
    election = coming_election()
    approval_of(Kind.PRINT, election, is_approved=True)

    assert needs_approval(Kind.MASS_MAIL, election)


def test_long_before_an_election_nothing_is_needed():
    assert not needs_approval(Kind.PRINT, coming_election(200))


def test_the_campaign_period_asks_anew(user):
    election = coming_election(14)
    approval_of(Kind.PRINT, election, is_approved=True)
    assert not needs_approval(Kind.PRINT, election)

    election.vote_on = timezone.localdate() + timedelta(days=13)
    election.save()

    assert needs_approval(Kind.PRINT, election)
    assert ask_approval(Kind.PRINT, election, text="전단", user=user).period == Period.CAMPAIGN


def test_asking_twice_is_told(user):
    election = coming_election()
    approval_of(Kind.PRINT, election)

    with pytest.raises(ApprovalDecidedError):
        approval_of(Kind.PRINT, election)


def test_after_a_refusal_one_can_ask_again(user):
    election = coming_election()
    refused = approval_of(Kind.PRINT, election, is_approved=False)
    assert needs_approval(Kind.PRINT, election)

    again = approval_of(Kind.PRINT, election, is_approved=True)

    assert again.pk != refused.pk
    assert [*Event.objects.filter(kind__startswith="approval").values_list("kind", flat=True)] == [
        "approval_refused",
        "approval_given",
    ]


def test_an_approval_is_decided_once(user):
    row = approval_of(Kind.PRINT, coming_election(), is_approved=True)

    with pytest.raises(ApprovalDecidedError):
        decide_approval(row, is_approved=False, reason="다시", user=user)


def test_the_elections_whose_days_count_come_nearest_first():
    far, near = coming_election(120), coming_election(0)
    coming_election(121), coming_election(-1)

    assert list(guarded_elections()) == [near, far]
