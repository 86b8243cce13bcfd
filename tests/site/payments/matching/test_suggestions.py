from datetime import timedelta

import pytest

from payments.matching import Reason, match_deposits

from .orders import HOUR, OPENED, deposit, order, propose_one

pytestmark = [pytest.mark.unit]
OTHERS = [order(f"O{n}", f"남궁{n}", opened_at=OPENED - timedelta(days=n)) for n in range(4)]


@pytest.mark.parametrize(
    ("printed", "amount", "reason", "targets"),
    [
        ("홍길동", 15_000, "under", (("A", 15_000),)),
        ("홍길동", 25_000, "over", (("A", 20_000),)),
        ("홍길동외1명", 20_000, "similar", (("A", 20_000),)),
        ("마을 홍길동", 20_000, "similar", (("A", 20_000),)),
        ("홍길", 20_000, "truncated", (("A", 20_000),)),
        ("교육홍길동", 20_000, "similar", (("A", 20_000),)),
    ],
)
def test_name_that_fits_is_suggested_first(printed, amount, reason, targets):
    proposal = propose_one(printed, order("A", "홍길동"), *OTHERS, amount=amount)

    assert (proposal.decision, proposal.reason, proposal.targets) == ("suggest", reason, targets)
    assert proposal.ranked[0].targets == targets
    assert len(proposal.ranked) <= 5
    scores = [one.score for one in proposal.ranked]
    assert scores == sorted(scores, reverse=True)


def test_without_a_name_the_amount_is_ranked_by_time_and_surname_but_not_offered():
    orders = [
        order("far", "김가나", opened_at=OPENED - timedelta(days=3)),
        order("near", "이가나", opened_at=OPENED + HOUR / 2),
        order("family", "박가나", opened_at=OPENED),
        order("later", "최가나", opened_at=OPENED + 3 * HOUR),
        order("dear", "박다라", 30_000),
    ]
    proposal = propose_one("박순이", *orders)

    assert (proposal.decision, proposal.reason, proposal.targets) == ("none", "amount", ())
    ranked = [one.targets[0][0] for one in proposal.ranked]
    assert ranked == ["family", "near", "far", "later"]


def test_own_order_comes_before_one_for_which_somebody_else_was_announced():
    orders = [
        order("other", "홍길동", depositor_name="박순이", opened_at=OPENED + HOUR / 2),
        order("own", "홍길동", opened_at=OPENED + HOUR / 3),
    ]
    proposal = propose_one("홍길동", *orders)

    assert [one.targets[0][0] for one in proposal.ranked] == ["own", "other"]


def test_name_in_the_memo_is_suggested():
    proposal = propose_one("박순이", order("A", "홍길동"), *OTHERS, memo="포럼 홍길동")

    assert (proposal.decision, proposal.reason) == ("suggest", "memo")
    assert proposal.targets == (("A", 20_000),)


@pytest.mark.parametrize("amount", [0, -20_000])
def test_nothing_is_proposed_for_what_brought_no_money(amount):
    proposal = propose_one("홍길동", order("A", "홍길동"), amount=amount)

    assert (proposal.decision, proposal.reason, proposal.ranked) == ("none", "nothing", ())


def test_payment_of_which_nothing_is_open_is_none():
    proposal = propose_one("홍길동", order("A", "홍길동", 0), order("B", "홍길동"))

    assert (proposal.decision, proposal.targets) == ("automatic", (("B", 20_000),))


def test_nobody_is_found_where_nothing_fits():
    assert propose_one("홍길동").reason == "nothing"
    assert propose_one("", order("A", "홍길동", 5_000)).reason == "nothing"
    assert propose_one("홍", order("A", "홍길동", 5_000)).reason == "nothing"
    assert propose_one("*", order("A", "", organisation="*")).reason == "amount"


def test_hidden_syllable_is_not_taken_for_a_shorter_name():
    assert propose_one("홍*동", order("A", "홍동")).decision == "none"


def test_every_reason_has_words():
    assert all(str(reason.label) for reason in Reason)
    assert len({str(reason.label) for reason in Reason}) == len(Reason)


def test_proposals_are_made_one_by_one():
    proposals = match_deposits(iter([deposit("가"), deposit("나")]), iter([order("A", "홍길동")]))

    assert next(proposals).deposit_key == "D"
