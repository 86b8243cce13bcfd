"""To sign: the text that was read, a code of just now, both consents; all or nothing."""

import json

import pytest

from campaigns.pledges.defaults import PUBLICATION, SIGNING
from campaigns.pledges.exceptions import (
    AgreementStandsError,
    AnswersIncompleteError,
    ConsentMissingError,
    DelegationUnprovedError,
    IdentityStaleError,
    TextChangedError,
    TooFewAcceptedError,
)
from campaigns.pledges.models import (
    AgreementSignature,
    DemandAnswer,
    IdentityCheck,
    Invitation,
    PledgeAgreement,
    Respondent,
    SealJob,
)
from campaigns.pledges.services.answers import begin_response, save_answer, submit_answers
from campaigns.pledges.services.canonical import canonical_json, digest_of
from campaigns.pledges.services.chain import EVIDENCE_SUBJECT
from campaigns.pledges.services.delegations import Named, confirm_delegate, name_delegate
from campaigns.pledges.services.signing import Act, sign_agreement
from campaigns.pledges.services.texts import agreement_text
from evidence.models import Event
from evidence.services import verify_chain
from privacy.models import ConsentRecord
from tests.factories.pledge_agreements import (
    act_of,
    answered,
    invited,
    passed,
    respondent_of,
    signed_agreement,
)
from tests.factories.pledge_demands import pledge_round

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def invitation(election):
    return answered(respondent_of(election))


def test_an_agreement_holds_what_was_read(invitation):
    agreement = sign_agreement(invitation, passed(invitation), act_of(invitation))
    assert agreement.text_sha256 == digest_of(agreement.text)
    assert [row["answer"] for row in agreement.text["demands"]] == ["accept"] * 3
    assert agreement.text["respondent"]["name"] == "한가람"
    assert json.loads(canonical_json(agreement.text)) == agreement.text


def test_signing_leaves_an_act_two_consents_an_event_and_a_file_to_make(invitation):
    agreement = sign_agreement(invitation, passed(invitation), act_of(invitation))
    signature = AgreementSignature.objects.get()
    assert (signature.side, signature.method, signature.name) == (
        "candidate",
        "mail_code",
        "한가람",
    )
    assert ConsentRecord.objects.filter(subject=invitation.respondent.public_id).count() == 2
    assert Event.objects.get(kind="signed").payload.values["number"] == agreement.number
    assert SealJob.objects.get().revision == 1
    assert verify_chain(EVIDENCE_SUBJECT, str(invitation.respondent.election_id)).holds
    assert Invitation.objects.get().state == Invitation.State.SIGNED
    assert Respondent.objects.get().standing == Respondent.Standing.ANSWERED


def test_who_handed_in_before_may_still_sign(invitation):
    submit_answers(invitation)
    assert sign_agreement(invitation, passed(invitation), act_of(invitation))


def test_a_second_press_signs_nothing(invitation):
    check, act = passed(invitation), act_of(invitation)
    sign_agreement(invitation, check, act)
    with pytest.raises(AgreementStandsError):
        sign_agreement(invitation, check, act)
    assert PledgeAgreement.objects.count() == 1


def test_without_a_code_of_ones_own_nothing_is_signed(election, invitation):
    other = answered(respondent_of(election, "라온"), email="other@candidate.example")
    for check in (None, passed(other)):
        with pytest.raises(IdentityStaleError):
            sign_agreement(invitation, check, act_of(invitation))


def test_a_text_that_was_not_shown_is_not_signed(invitation):
    act = act_of(invitation, text_sha256="0" * 64)
    with pytest.raises(TextChangedError):
        sign_agreement(invitation, passed(invitation), act)
    assert not Event.objects.filter(kind="answers_submitted").exists()


def test_one_consent_is_not_enough(invitation):
    with pytest.raises(ConsentMissingError):
        sign_agreement(invitation, passed(invitation), act_of(invitation, consents=(SIGNING,)))


def test_an_answer_that_is_missing_is_asked_first(election):
    invitation = invited(respondent_of(election))
    begin_response(invitation)
    act = Act(name="한가람", text_sha256="", consents=(SIGNING, PUBLICATION))
    check = passed(invitation)
    with pytest.raises(AnswersIncompleteError):
        sign_agreement(invitation, check, act)


def test_the_published_minimum_holds(election):
    pledge_round(election, least_accepted=2)
    invitation = answered(respondent_of(election))
    response = invitation.respondent.response
    for answer in response.answers.all()[:2]:
        save_answer(invitation, answer.demand, DemandAnswer.Choice.DECLINE)
    with pytest.raises(TooFewAcceptedError):
        sign_agreement(invitation, passed(invitation), act_of(invitation))


def test_a_delegate_without_proof_signs_nothing(invitation):
    Invitation.objects.update(role="delegate")
    invitation.role = "delegate"
    with pytest.raises(DelegationUnprovedError):
        sign_agreement(invitation, passed(invitation), act_of(invitation))


def party_of(election):
    return Respondent.objects.create(
        election=election, kind="party", party_name="가온당", standing_on=election.vote_on
    )


def test_a_party_signs_as_a_whole_through_its_delegate(election):
    own = answered(party_of(election))
    named = Named(name="라온제나", title="정책위원장", email="policy@party.example")
    delegation = name_delegate(own, named)
    confirm_delegate(delegation, passed(own, IdentityCheck.Purpose.DELEGATE))
    theirs = delegation.invitation
    agreement = sign_agreement(theirs, passed(theirs), act_of(theirs, name="라온제나"))
    assert agreement.text["respondent"]["name"] == "가온당"
    assert agreement.text["signer"] == {"role": "delegate"}
    assert agreement.signatures.get().side == "delegate"


def test_an_address_signs_for_no_party(election):
    with pytest.raises(DelegationUnprovedError):
        signed_agreement(party_of(election))


def test_a_number_tells_the_election_and_nothing_else(invitation):
    agreement = sign_agreement(invitation, passed(invitation), act_of(invitation))
    assert agreement.number.startswith("2026-지방-")
    assert len(agreement.number) == 14


def test_a_text_in_another_role_is_another_text(invitation):
    response = invitation.respondent.response
    texts = [digest_of(agreement_text(response, role=role)) for role in ("self", "delegate")]
    assert len(set(texts)) == 2
