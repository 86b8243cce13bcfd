"""Who can be asked, and the labels the public reads."""

import pytest
from django.utils import timezone

from campaigns.pledges.exceptions import MoveRefusedError
from campaigns.pledges.models import Candidacy, PledgeAgreement, Respondent, Response
from campaigns.pledges.services import (
    Proof,
    add_missing_respondents,
    enter_candidacy,
    move_candidacy,
    move_standing,
    standing_of,
    take_back_move,
)
from campaigns.pledges.services.chain import EVIDENCE_SUBJECT
from campaigns.pledges.services.signing import sign_agreement
from evidence.models import Event
from evidence.services import verify_chain
from tests.factories.pledge_agreements import act_of, answered, passed, respondent_of
from tests.factories.pledges import DAY, SOURCE, CandidacyFactory, ElectionFactory, contest_of

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
Standing = Respondent.Standing
PROOF = Proof(DAY, SOURCE)


@pytest.fixture
def respondent():
    candidacy = CandidacyFactory(contest=contest_of(ElectionFactory()))
    add_missing_respondents(candidacy.contest.election)
    return candidacy.respondent


def test_who_is_entered_can_be_asked_once():
    contest = contest_of(ElectionFactory())
    for _ in range(2):
        row = enter_candidacy(contest, {"name": "라온"}, PROOF, status="registered", birth_on=None)
    assert row.respondent.standing == Standing.NO_CONTACT
    assert add_missing_respondents(contest.election) == 0


def test_who_stands_no_more_has_left_and_comes_back_with_a_correction(respondent, user):
    move_candidacy(respondent.candidacy, Candidacy.Status.WITHDRAWN, PROOF, user=user)
    respondent.refresh_from_db()
    assert (respondent.standing, respondent.standing_on) == (Standing.LEFT, DAY)
    take_back_move(respondent.candidacy, "다른 사람이었습니다", user=user)
    respondent.refresh_from_db()
    assert respondent.standing == Standing.NO_CONTACT


def test_a_step_is_an_event_and_the_same_step_is_none(respondent):
    for _ in range(2):
        move_standing(respondent, Standing.ASKED, actor="system", moved_on=DAY)
    chain = Event.objects.filter(subject_type=EVIDENCE_SUBJECT)
    assert [event.kind for event in chain] == ["standing"]
    said = chain.get().payload.values
    assert said == {
        "respondent": str(respondent.public_id),
        "standing": "asked",
        "on": DAY.isoformat(),
    }
    assert verify_chain(EVIDENCE_SUBJECT, str(respondent.election_id)).holds


def test_a_step_that_does_not_exist_is_refused(respondent):
    with pytest.raises(MoveRefusedError):
        move_standing(respondent, Standing.WITHDRAWN, actor="system")


@pytest.mark.parametrize(
    ("agreement", "response", "standing"),
    [
        ("countersigned", "submitted", Standing.AGREED),
        ("withdrawn", "submitted", Standing.WITHDRAWN),
        (None, "declined", Standing.SIGNS_NONE),
        (None, "submitted", Standing.ANSWERED),
        (None, None, Standing.ASKED),
    ],
)
def test_who_comes_back_stands_where_the_rows_say(election, agreement, response, standing):
    invitation = answered(respondent_of(election))
    respondent = invitation.respondent
    if agreement:
        signed = sign_agreement(invitation, passed(invitation), act_of(invitation))
        ended = {"ended_at": signed.signed_at} if agreement == "withdrawn" else {}
        PledgeAgreement.objects.update(
            state=agreement,
            countersigned_at=signed.signed_at if agreement == "countersigned" else None,
            **ended,
        )
    elif response:
        Response.objects.update(state=response, submitted_at=timezone.now())
    fresh = Respondent.objects.get(pk=respondent.pk)
    assert standing_of(fresh) == standing
