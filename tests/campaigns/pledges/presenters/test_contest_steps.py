"""How far the respondents of each contest are."""

import pytest

from campaigns.pledges.models import Invitation, Office, Respondent
from campaigns.pledges.presenters.contest_steps import ContestSteps
from campaigns.pledges.services.delegations import Named, name_delegate
from tests.factories.pledge_agreements import invited, respondent_of
from tests.factories.pledges import contest_of, jongno

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def counts(election):
    steps = ContestSteps(Respondent.objects.filter(election=election))
    return {str(line.label): line.counts for line in steps.lines(list(steps.keys))}


def test_each_contest_has_its_numbers(election, django_assert_num_queries):
    first = respondent_of(election)
    invited(first)
    invited(respondent_of(election, "라온"), email="b@x.example", state="bounced")
    respondent_of(election, "도담")
    respondent_of(election, "바다", contest=contest_of(election, Office.MAYOR, jongno()))
    Respondent.objects.create(
        election=election, kind="party", party_name="가온당", standing_on=election.vote_on
    )
    with django_assert_num_queries(2):
        found = counts(election)
    assert list(found.values()) == [{"sent": 1, "bounced": 1, "": 1}, {"": 1}, {"": 1}]


def test_a_delegates_answer_counts_for_the_candidate(election):
    own = invited(respondent_of(election))
    name_delegate(own, Named(name="라온제나", title="정책실장", email="b@x.example"))
    Invitation.objects.filter(role="delegate").update(state="signed")
    assert list(counts(election).values()) == [{"signed": 1}]


def test_what_has_no_column_is_lapsed(election):
    invited(respondent_of(election), state="expired")
    steps = ContestSteps(Respondent.objects.filter(election=election))
    (line,) = steps.lines(list(steps.keys))
    assert (line.total, line.cells[-1], len(line.cells)) == (1, 1, len(steps.columns))
