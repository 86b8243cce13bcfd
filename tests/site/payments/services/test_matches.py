import pytest

from payments.exceptions import AlreadyRefundedError, DepositTakenError, NotOwedError
from payments.models import Deposit, Match, Payment
from payments.services import (
    ask_refund,
    close_payment,
    drop_refund,
    match_all,
    match_deposit,
    return_deposit,
    send_refund,
    set_aside,
    set_refund_account,
    take_back,
    undo_match,
)
from payments.services.comparison import find_faults
from payments.services.matches import Pairing
from tests.factories.payments import PURPOSE, DepositFactory, PaymentFactory, balances

pytestmark = pytest.mark.django_db
State = Payment.State


def pairing(deposit, *targets, reason="by_hand"):
    return Pairing(deposit.pk, tuple((payment.pk, amount) for payment, amount in targets), reason)


@pytest.mark.sqlite_smoke
def test_a_deposit_pays_what_is_owed(things, treasurer):
    payment, deposit = PaymentFactory(), DepositFactory()

    (match,) = match_deposit(pairing(deposit, (payment, 20_000)), user=treasurer)

    payment.refresh_from_db()
    deposit.refresh_from_db()
    assert (payment.state, payment.received_krw) == (State.PAID, 20_000)
    assert (deposit.state, deposit.rest_krw) == (Deposit.State.MATCHED, 0)
    assert (match.source, match.matched_by, match.reason) == ("hand", treasurer, "by_hand")
    assert things.settled == {str(payment.subject)}
    assert balances() == {"bank": 20_000, "income": -20_000}


def test_one_deposit_pays_for_three(things, treasurer):
    payments, deposit = [PaymentFactory() for _ in range(3)], DepositFactory(amount_krw=60_000)

    match_deposit(pairing(deposit, *((row, 20_000) for row in payments)), user=treasurer)

    assert things.settled == {str(payment.subject) for payment in payments}
    assert balances() == {"bank": 60_000, "income": -60_000}


def test_three_deposits_pay_for_one(things, treasurer):
    payment = PaymentFactory()
    for amount in (5_000, 5_000, 10_000):
        assert things.settled == set()
        deposit = DepositFactory(amount_krw=amount)
        match_deposit(pairing(deposit, (payment, amount)), user=treasurer)

    assert things.settled == {str(payment.subject)}


def test_what_is_over_stays_with_the_deposit(things, treasurer):
    payment, deposit = PaymentFactory(), DepositFactory(amount_krw=25_000)

    match_deposit(pairing(deposit, (payment, 20_000)), user=treasurer)

    deposit.refresh_from_db()
    assert (deposit.state, deposit.rest_krw) == (Deposit.State.OPEN, 5_000)
    assert balances() == {"bank": 25_000, "income": -20_000, "unassigned": -5_000}


@pytest.mark.parametrize("amount", [0, 20_001])
def test_no_more_is_taken_of_a_deposit_than_came(things, treasurer, amount):
    payment, deposit = PaymentFactory(amount_krw=50_000), DepositFactory()

    with pytest.raises(DepositTakenError):
        match_deposit(pairing(deposit, (payment, amount)), user=treasurer)


def test_no_more_is_paid_than_is_owed(things, treasurer):
    payment, deposit = PaymentFactory(), DepositFactory(amount_krw=50_000)

    for targets in ([(payment, 20_001)], [(payment, 10_000), (payment, 10_000)]):
        with pytest.raises(NotOwedError):
            match_deposit(pairing(deposit, *targets), user=treasurer)
    match_deposit(pairing(deposit, (payment, 20_000)), user=treasurer)
    with pytest.raises(NotOwedError):
        match_deposit(pairing(deposit, (payment, 1)), user=treasurer)


@pytest.mark.sqlite_smoke
def test_a_match_is_undone_and_made_anew(things, treasurer):
    payment, deposit = PaymentFactory(), DepositFactory()
    (match,) = match_deposit(pairing(deposit, (payment, 20_000)), user=treasurer)

    undo_match(match, user=treasurer)

    payment.refresh_from_db()
    deposit.refresh_from_db()
    assert (payment.state, payment.received_krw) == (State.OPEN, 0)
    assert (deposit.state, deposit.matched_krw) == (Deposit.State.OPEN, 0)
    assert things.settled == set()
    assert balances() == {
        **{"bank": 20_000, "unassigned": -20_000},
        **{"receivable": 20_000, "income": -20_000},
    }
    match_deposit(pairing(deposit, (payment, 20_000)), user=treasurer)
    assert Match.objects.filter(undone_at=None).count() == 1


def test_part_of_a_payment_is_undone(things, treasurer):
    payment, deposit = PaymentFactory(), DepositFactory(amount_krw=5_000)
    (match,) = match_deposit(pairing(deposit, (payment, 5_000)), user=treasurer)

    undo_match(match, user=treasurer)

    payment.refresh_from_db()
    assert (payment.state, payment.received_krw) == (State.OPEN, 0)


def test_what_was_sent_back_is_not_undone(things, treasurer):
    payment, deposit = PaymentFactory(), DepositFactory()
    (match,) = match_deposit(pairing(deposit, (payment, 20_000)), user=treasurer)
    ask_refund(payment, amount_krw=10_000, reason="취소")

    with pytest.raises(AlreadyRefundedError):
        undo_match(match, user=treasurer)

    assert Match.objects.get().undone_at is None


@pytest.mark.parametrize("is_sent", [False, True])
def test_a_deposit_whose_rest_goes_back_does_not_offer_all_of_it_again(things, treasurer, is_sent):
    payment, deposit = PaymentFactory(), DepositFactory(amount_krw=25_000)
    (match,) = match_deposit(pairing(deposit, (payment, 20_000)), user=treasurer)
    refund = return_deposit(deposit, reason="더 보내심", user=treasurer)
    if is_sent:
        to = {"bank": "가온은행", "account_number": "000-12", "account_holder": "한가람"}
        set_refund_account(refund, **to)
        send_refund(refund, user=treasurer)

    with pytest.raises(AlreadyRefundedError):
        undo_match(match, user=treasurer)

    deposit.refresh_from_db()
    assert (deposit.state, deposit.matched_krw) == (Deposit.State.TO_REFUND, 20_000)
    if not is_sent:
        drop_refund(refund, user=treasurer, note="잘못 적음")
        undo_match(match, user=treasurer)
        deposit.refresh_from_db()
        assert (deposit.state, deposit.rest_krw) == (Deposit.State.OPEN, 25_000)


def test_a_rest_is_sent_back_once(things, treasurer):
    deposit = DepositFactory()
    return_deposit(deposit, reason="모르는 돈", user=treasurer)
    Deposit.objects.update(state=Deposit.State.OPEN)

    with pytest.raises(DepositTakenError):
        return_deposit(deposit, reason="모르는 돈", user=treasurer)


@pytest.mark.parametrize(("is_full", "state"), [(False, State.PAID), (True, State.NO_SEAT)])
def test_money_after_the_deadline_finds_a_seat_or_waits(things, treasurer, is_full, state):
    payment, deposit = PaymentFactory(), DepositFactory()
    close_payment(PURPOSE, payment.subject)
    things.is_full = is_full

    (match,) = match_deposit(pairing(deposit, (payment, 20_000)), user=treasurer)

    payment.refresh_from_db()
    assert payment.state == state
    assert balances() == {"bank": 20_000, "income": -20_000}
    undo_match(match, user=treasurer)
    payment.refresh_from_db()
    assert payment.state == (State.CLOSED if is_full else State.OPEN)
    assert things.settled == set()


@pytest.mark.sqlite_smoke
def test_a_rule_matches_many_and_leaves_what_changed(things):
    payments, deposits = [PaymentFactory() for _ in range(3)], [DepositFactory() for _ in range(3)]
    set_aside([deposits[2].pk])
    wished = [
        pairing(deposit, (payment, 20_000), reason="name_amount")
        for deposit, payment in zip(deposits, payments, strict=True)
    ]
    twice = pairing(deposits[0], (payments[1], 20_000), reason="name_amount")

    matches = match_all([*wished, twice])

    assert [match.payment for match in matches] == payments[:2]
    assert {match.source for match in matches} == {"rule"}
    assert things.settled == {str(payment.subject) for payment in payments[:2]}
    assert match_all(wished) == []
    assert balances() == {
        **{"bank": 60_000, "unassigned": -20_000},
        **{"receivable": 20_000, "income": -60_000},
    }


def test_many_matches_cost_as_much_as_three_beside_what_they_are_for(
    things, django_assert_num_queries
):
    rows = [(DepositFactory(), PaymentFactory()) for _ in range(6)]
    wished = [pairing(deposit, (payment, 20_000)) for deposit, payment in rows]

    for chosen in (wished[:2], wished[2:]):
        with django_assert_num_queries(2 + 7):
            assert match_all(chosen)


def test_what_has_nothing_to_do_with_us_is_set_aside(treasurer):
    deposit = DepositFactory()

    assert set_aside([deposit.pk]) == 1
    assert set_aside([deposit.pk]) == 0

    take_back(deposit)
    deposit.refresh_from_db()
    assert deposit.state == Deposit.State.OPEN
    with pytest.raises(DepositTakenError):
        take_back(deposit)


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize("came", [20_000, 12_000])
@pytest.mark.parametrize("when", ["before", "between", "no seat"])
def test_nothing_is_owed_for_what_was_given_up(things, treasurer, came, when):
    """Whether or not it was paid whole, each of its matches can be undone."""
    payment, matches = PaymentFactory(), []
    if when == "no seat":
        things.is_full = True
        close_payment(PURPOSE, payment.subject)
    for amount in (7_000, came - 7_000):
        deposit = DepositFactory(amount_krw=amount)
        matches += match_deposit(pairing(deposit, (payment, amount)), user=treasurer)
    if when != "between":
        things.given_up = {str(payment.subject)}

    for match in matches:
        undo_match(match, user=treasurer)
        if when == "between":
            close_payment(PURPOSE, payment.subject)
        assert not [fault for fault in find_faults() if fault["kind"] == "owed"]

    payment.refresh_from_db()
    assert (payment.state, payment.received_krw, payment.paid_at) == (State.CLOSED, 0, None)
    assert balances() == {"bank": came, "unassigned": -came}
