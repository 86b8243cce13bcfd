import pytest

from payments.matching import match_deposits

from .month import Month

pytestmark = [pytest.mark.unit, pytest.mark.sqlite_smoke]
SEEDS = range(5)


@pytest.fixture(scope="module")
def months():
    found = [Month(seed) for seed in SEEDS]
    return [(month, list(match_deposits(month.deposits, month.payments))) for month in found]


def test_nine_of_ten_are_booked_and_none_wrongly(months):
    for month, proposals in months:
        booked = [one for one in proposals if one.decision == "automatic"]

        assert (len(month.deposits), len(booked) >= 450) == (500, True)
        assert [one for one in booked if paid_by(one) != month.truth[one.deposit_key]] == []
        assert all(sum(krw for _, krw in one.targets) == amount(month, one) for one in booked)


def test_of_the_rest_the_right_one_is_shown_among_the_first_three(months):
    rest = [
        (one, month.truth[one.deposit_key])
        for month, proposals in months
        for one in proposals
        if one.decision != "automatic" and month.truth[one.deposit_key]
    ]
    found = [one for one, truth in rest if truth in [paid_by(best) for best in one.ranked[:3]]]

    assert len(rest) > 190
    assert len(found) >= 0.99 * len(rest)


def test_deposits_of_nobody_are_left_to_a_person(months):
    for month, proposals in months:
        unrelated = [one for one in proposals if not month.truth[one.deposit_key]]

        assert [(one.decision, one.targets) for one in unrelated] == [("none", ())] * 5


def test_proposals_come_in_the_order_of_the_deposits(months):
    for month, proposals in months:
        assert [one.deposit_key for one in proposals] == [one.key for one in month.deposits]


def test_order_of_what_comes_in_changes_nothing(months):
    month, proposals = months[0]
    turned = match_deposits(reversed(month.deposits), reversed(month.payments))

    booked = {one.deposit_key: paid_by(one) for one in proposals if one.decision == "automatic"}
    assert {
        one.deposit_key: paid_by(one) for one in turned if one.decision == "automatic"
    } == booked


def paid_by(one):
    return {key for key, _ in one.targets}


def amount(month, proposal):
    return next(one.amount_krw for one in month.deposits if one.key == proposal.deposit_key)
