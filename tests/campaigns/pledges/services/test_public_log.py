"""The board's log and the chain of evidence tell the same, or the nightly check says where not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.pledges.exceptions import NotReadyToAskError
from campaigns.pledges.models import Candidacy, Invitation, Respondent
from campaigns.pledges.services.candidacies import Proof, move_candidacy
from campaigns.pledges.services.outreach import ask_all, close_round, remind_respondents
from campaigns.pledges.services.public_log import find_log_faults, log_from_events, log_from_rows
from evidence.services import verify_everything
from tests.factories.pledge_agreements import contact_of, respondent_of, signed_agreement
from tests.factories.pledge_countersigning import conclude
from tests.factories.pledge_demands import demand_set, pledge_round
from tests.factories.pledges import DAY

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

Standing = Respondent.Standing


@pytest.fixture
def asked(election, user):
    """Three were asked and reminded; one of them withdrew the candidacy since."""
    election.vote_on = timezone.localdate() + timedelta(days=60)
    election.save()
    demand_set(election)
    pledge_round(election)
    rows = [respondent_of(election, name) for name in ("하나", "둘", "셋")]
    for number, row in enumerate(rows):
        contact_of(row, f"camp-{number}@candidate.example")
    ask_all(election, rows, user=user)
    morning = timezone.localtime().replace(hour=10) + timedelta(days=6)
    assert remind_respondents(morning) == 3
    move_candidacy(rows[2].candidacy, Candidacy.Status.WITHDRAWN, Proof(DAY, "목록"), user=user)
    return rows


def faults():
    return [str(fault.where).rsplit(" ", 1)[-1] for fault in find_log_faults()]


@pytest.mark.sqlite_smoke
def test_events_and_rows_tell_the_same(election, asked):
    respondent_of(election, "아직")

    told, shown = log_from_events(election), log_from_rows(election)

    assert faults() == []
    assert told.items() <= shown.items()
    assert {one.reminded for one in told.values()} == {1}
    assert verify_everything().found == 0


def test_a_concluded_agreement_is_told_by_both(election, administrator):
    row = respondent_of(election, "넷")
    agreement = signed_agreement(row)
    Invitation.objects.update(invited_at=None, state="prepared")  # made by the factory, not asked
    conclude(agreement, administrator)

    assert log_from_rows(election)[str(row.public_id)].standing == Standing.AGREED
    assert faults() == []


@pytest.mark.parametrize(
    "change",
    [
        lambda row: Respondent.objects.filter(pk=row.pk).update(standing=Standing.NO_ANSWER),
        lambda row: Respondent.objects.filter(pk=row.pk).update(standing_on=DAY),
        lambda row: row.invitations.update(reminders=3),
        lambda row: row.invitations.update(invited_at=timezone.now() - timedelta(days=3)),
    ],
)
def test_a_row_that_was_changed_behind_the_chain_is_found(asked, change):
    change(asked[0])

    assert faults() == [str(asked[0].public_id)]
    assert verify_everything().found == 1


def test_somebody_who_was_never_asked_cannot_be_made_to_look_silent(election, asked):
    silent = respondent_of(election, "조용")
    Respondent.objects.filter(pk=silent.pk).update(standing=Standing.NO_ANSWER)

    assert faults() == [str(silent.public_id)]


def test_a_respondent_who_is_gone_is_missed(election, asked):
    gone = str(asked[1].public_id)
    Respondent.objects.filter(pk=asked[1].pk).update(
        public_id="00000000-0000-4000-8000-000000000000"
    )

    assert gone in faults()


def test_whoever_has_a_later_end_is_waited_for(election, asked, user):
    late = respondent_of(election, "늦은이")
    contact_of(late, "late@candidate.example")
    end = election.round.answers_until
    until = end + timedelta(days=3)
    election.round.answers_until = timezone.now() - timedelta(hours=1)
    election.round.save()

    with pytest.raises(NotReadyToAskError):
        ask_all(election, [late], user=user, late_reason="늦게 찾음")
    ask_all(election, [late], user=user, late_reason="늦게 찾음", until=until)
    close_round()

    assert Respondent.objects.get(pk=late.pk).standing == Standing.ASKED
    assert Respondent.objects.get(pk=asked[0].pk).standing == Standing.NO_ANSWER
    close_round(until)
    assert Respondent.objects.get(pk=late.pk).standing == Standing.NO_ANSWER


@pytest.mark.parametrize("days", [-1, 400])
def test_a_later_end_lies_after_the_last_moment_and_before_election_day(
    election, asked, user, days
):
    late = respondent_of(election, "늦은이")
    contact_of(late, "late@candidate.example")

    with pytest.raises(NotReadyToAskError):
        ask_all(
            election,
            [late],
            user=user,
            late_reason="늦게",
            until=election.round.answers_until + timedelta(days=days),
        )
