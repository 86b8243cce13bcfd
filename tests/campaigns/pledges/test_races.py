"""Guessing, pressing and typing at the same moment: real transactions side by side."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.db import connection, transaction
from django.utils import timezone

from campaigns.pledges.exceptions import (
    AgreementGoneError,
    AgreementStandsError,
    AnswerElsewhereError,
    CodeExpiredError,
    CodeWrongError,
    PledgesError,
)
from campaigns.pledges.models import AgreementSignature, IdentityCheck, PledgeAgreement
from campaigns.pledges.services.answers import begin_response, save_answer, versions_of
from campaigns.pledges.services.chain import EVIDENCE_SUBJECT
from campaigns.pledges.services.demands import demands_asked
from campaigns.pledges.services.identity import TRIES, ask_code, pass_code
from campaigns.pledges.services.papers import PaperFacts, enter_paper, take_paper
from campaigns.pledges.services.signing import sign_agreement
from campaigns.pledges.tokens import mint_code
from evidence.services import verify_chain
from tests.factories.accounts import UserFactory
from tests.factories.pledge_agreements import (
    BROWSER,
    act_of,
    answered,
    invited,
    passed,
    respondent_of,
)
from tests.factories.pledges import ElectionFactory

pytestmark = [
    pytest.mark.integration,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]
OPEN = IdentityCheck.Purpose.OPEN


@pytest.fixture
def invitation():
    return invited(respondent_of(ElectionFactory()))


def at_once(calls):
    """Each call in a thread with a connection of its own; what it returned or raised."""
    begin = threading.Barrier(len(calls))

    def work(call):
        begin.wait(30)
        try:
            return call()
        except PledgesError as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(work, calls))


def test_four_processes_together_have_five_tries(invitation):
    code = mint_code(ask_code(invitation, OPEN, BROWSER))
    guesses = [f"{(int(code) + step) % 1_000_000:06}" for step in range(1, 17)]

    def guess(mine):
        outcomes = Counter()
        for one in mine:
            try:
                pass_code(invitation, OPEN, one, BROWSER)
            except PledgesError as refusal:
                outcomes[type(refusal)] += 1
        return outcomes

    found = sum(at_once([lambda n=n: guess(guesses[n::4]) for n in range(4)]), Counter())

    assert found == {CodeWrongError: TRIES, CodeExpiredError: 16 - TRIES}
    with pytest.raises(CodeExpiredError):
        pass_code(invitation, OPEN, code, BROWSER)


def test_of_four_who_type_the_right_code_one_passes(invitation):
    code = mint_code(ask_code(invitation, OPEN, BROWSER))
    outcomes = at_once([lambda: pass_code(invitation, OPEN, code, BROWSER)] * 4)
    assert outcomes.count(CodeExpiredError) == 3
    assert IdentityCheck.objects.exclude(passed_at=None).count() == 1


def test_six_presses_sign_once():
    invitation = answered(respondent_of(ElectionFactory()))
    check, act = passed(invitation), act_of(invitation)
    outcomes = at_once([lambda: sign_agreement(invitation, check, act)] * 6)
    assert outcomes.count(AgreementStandsError) == 5
    assert PledgeAgreement.objects.count() == AgreementSignature.objects.count() == 1
    assert verify_chain(EVIDENCE_SUBJECT, str(invitation.respondent.election_id)).holds


def test_two_devices_at_once_lose_nothing(invitation):
    first, second, third = demands_asked(versions_of(begin_response(invitation)))
    outcomes = at_once(
        [
            lambda: save_answer(invitation, first, "accept", seen=0).revision,
            lambda: save_answer(invitation, second, "decline", "다른 법으로", seen=0).revision,
            lambda: save_answer(invitation, third, "accept", seen=0).revision,
        ]
    )
    assert sorted(outcomes) == [1, 2, 3]
    assert invitation.respondent.response.answers.count() == 3


def test_two_devices_at_one_demand_do_not_write_over_each_other(invitation):
    demand = demands_asked(versions_of(begin_response(invitation)))[0]
    outcomes = at_once(
        [
            lambda: save_answer(invitation, demand, "accept", seen=0).revision,
            lambda: save_answer(invitation, demand, "decline", "달리 봅니다", seen=0).revision,
        ]
    )
    assert sorted(outcomes, key=str) == [1, AnswerElsewhereError]


def test_signing_online_and_registering_the_paper_make_one_agreement():
    invitation = answered(respondent_of(ElectionFactory()))
    check, act = passed(invitation), act_of(invitation)
    asked = demands_asked(versions_of(invitation.respondent.response))
    paper = enter_paper(
        invitation.respondent,
        {str(row.key): ("accept", "") for row in asked},
        PaperFacts(timezone.localdate(), "candidate", "한가람", "박협동", "상임대표"),
        b"%PDF-1.7 scan",
        user=UserFactory(),
    )
    other = UserFactory()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            sign_agreement(invitation, check, act)
            taking = pool.submit(at_once, [lambda: take_paper(paper, user=other)])
            wait([taking], timeout=1)  # for whoever signs
        assert taking.result(30) == [AgreementGoneError]
    assert PledgeAgreement.objects.count() == 1
