"""An agreement that was amended: what was signed before stays readable for everybody."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.pledges.models import DemandAnswer, PledgeAgreement, Response
from campaigns.pledges.services.answers import save_answer, versions_of
from campaigns.pledges.services.demands import demands_asked
from campaigns.pledges.services.moderation import reopen_answers
from campaigns.pledges.services.signing import sign_agreement
from campaigns.pledges.services.takedowns import take_comment_down
from tests.factories.accounts import UserFactory
from tests.factories.pledge_agreements import act_of, answered, passed, respondent_of
from tests.factories.pledge_countersigning import conclude
from tests.factories.pledge_guards import request_of

from .board_reading import read, words

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
BEFORE, AFTER = "2027년에 조례를 고치겠습니다.", "2028년으로 미룹니다."


@pytest.fixture
def representative(db):
    return UserFactory(role="연대회의 대표", factor=True)


def answer_first(invitation, comment):
    demand = demands_asked(versions_of(Response.objects.get()))[0]
    save_answer(invitation, demand, "accept_partly", comment)


def sign(invitation, representative):
    agreement = sign_agreement(invitation, passed(invitation), act_of(invitation))
    conclude(agreement, representative)
    return agreement


@pytest.fixture
def place(board, representative, user):
    """The page of a candidate who signed, and amended it."""
    respondent = respondent_of(board.election)
    invitation = answered(respondent)
    answer_first(invitation, BEFORE)
    sign(invitation, representative)
    until = timezone.now() + timedelta(days=2)
    reopen_answers(Response.objects.get(), "변경을 요청하셨습니다.", until=until, user=user)
    invitation.refresh_from_db()
    answer_first(invitation, AFTER)
    sign(invitation, representative)
    Response.objects.update(published_at=timezone.now())
    return f"respondents/{respondent.public_id}/"


def test_the_text_before_stays_readable_beside_the_one_in_force(client, board, place):
    told = words(read(client, board, place))
    first = PledgeAgreement.objects.get(state="superseded")
    assert told.index(AFTER) < told.index(_("What was signed before")) < told.index(BEFORE)
    assert first.number in told


def test_a_comment_that_was_taken_down_stands_in_no_text(client, board, place, user):
    take_comment_down(DemandAnswer.objects.get(choice="accept_partly"), request_of(), user=user)
    told = words(read(client, board, place))
    assert AFTER not in told
    assert BEFORE not in told


def test_what_is_void_is_shown_to_nobody_as_signed(client, board, place):
    PledgeAgreement.objects.filter(state="superseded").update(state="void")
    assert BEFORE not in words(read(client, board, place))
