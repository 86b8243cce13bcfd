"""Opened again, one respondent answers and signs anew while the agreement in force holds."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.pledges.exceptions import AgreementStandsError
from campaigns.pledges.models import Invitation, PledgeAgreement, PublicNote
from campaigns.pledges.presenters import InvitationPresenter
from campaigns.pledges.services.answers import decline_all, save_answer, submit_answers, versions_of
from campaigns.pledges.services.demands import demands_asked
from campaigns.pledges.services.moderation import reopen_answers
from campaigns.pledges.services.signing import sign_agreement
from campaigns.pledges.tokens import mint_token
from messaging.models import OutboxMessage
from tests.factories.accounts import UserFactory
from tests.factories.pledge_agreements import act_of, passed, respondent_of, signed_agreement
from tests.factories.pledge_countersigning import Standing, conclude

pytestmark = pytest.mark.django_db


@pytest.fixture
def representative(db):
    return UserFactory(role="연대회의 대표")


@pytest.fixture
def before(election, representative):
    """In force, and its round is over."""
    agreement = signed_agreement(respondent_of(election))
    conclude(agreement, representative)
    agreement.refresh_from_db()
    past = timezone.now() - timedelta(days=1)
    election.round.answers_until = past
    election.round.save()
    return agreement


def the_invitation():
    return Invitation.objects.select_related("respondent__election__round").get()


@pytest.fixture
def invitation(before, user):
    """Opened again for two days."""
    until = timezone.now() + timedelta(days=2)
    reopen_answers(before.response, "변경 협약을 요청하셨습니다.", until=until, user=user)
    return the_invitation()


def change_one(invitation):
    response = invitation.respondent.response
    demand = demands_asked(versions_of(response))[0]
    save_answer(invitation, demand, "accept_partly", "조례 개정은 2027년부터")


def test_the_respondent_gets_a_link_that_works_until_then(invitation):
    assert OutboxMessage.objects.filter(purpose="pledges.invited").count() == 1
    end = invitation.expires_at
    mint_token(invitation)
    shown = InvitationPresenter(invitation)

    assert invitation.expires_at == end
    assert shown.is_open
    assert shown.agreement is None  # the pages lead to the demands again
    assert not shown.is_over


@pytest.mark.sqlite_smoke
def test_the_new_agreement_supersedes_once_it_is_countersigned(invitation, before, representative):
    change_one(invitation)
    after = sign_agreement(invitation, passed(invitation), act_of(invitation))

    before.refresh_from_db()
    assert (before.state, after.state, after.supersedes) == ("countersigned", "signed", before)
    assert before.respondent.standing == Standing.AGREED

    conclude(after, representative)
    before.refresh_from_db()
    after.refresh_from_db()
    assert (before.state, after.state) == ("superseded", "countersigned")
    assert PublicNote.objects.filter(kind="amendment").count() == 1
    assert before.text["demands"][0]["answer"] == "accept"


def test_answers_alone_leave_the_agreement_in_force(invitation, before):
    change_one(invitation)
    submit_answers(invitation)

    before.refresh_from_db()
    assert (before.state, before.respondent.standing) == ("countersigned", Standing.AGREED)
    with pytest.raises(AgreementStandsError):
        sign_agreement(invitation, passed(invitation), act_of(invitation))


@pytest.mark.parametrize("statement", ["협약은 하지 않겠습니다.", ""])
def test_declining_all_withdraws_it_openly(invitation, before, statement):
    decline_all(invitation, statement)

    before.refresh_from_db()
    note = PublicNote.objects.get(kind="withdrawal")
    assert (before.state, before.respondent.standing) == ("withdrawn", Standing.SIGNS_NONE)
    assert note.made_by is None
    assert statement in note.reason


def test_without_reopening_a_second_agreement_is_refused(before):
    invitation = the_invitation()
    with pytest.raises(AgreementStandsError):
        sign_agreement(invitation, None, act_of(invitation))
    assert PledgeAgreement.objects.count() == 1
