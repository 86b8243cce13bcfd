import pytest

from payments.exceptions import (
    AlreadyPaidError,
    AlreadyRefundedError,
    MatchUndoneError,
    NoSeatError,
    NotMarkedError,
)
from payments.models import Match, Payment
from payments.services import (
    ask_refund,
    close_payment,
    mark_paid,
    retry_settling,
    undo_match,
    unmark_paid,
)
from payments.services.matches import Pairing, match_deposit
from tests.factories.payments import PURPOSE, DepositFactory, PaymentFactory, balances

pytestmark = pytest.mark.django_db
Method, State = Payment.Method, Payment.State


def pay(payment, deposit, user, amount=20_000):
    pairing = Pairing(deposit.pk, ((payment.pk, amount),), "by_hand")
    return match_deposit(pairing, user=user)[0]


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize(
    ("method", "received", "expected"),
    [
        (Method.ON_SITE, 20_000, {"cash": 20_000, "income": -20_000}),
        (Method.WAIVED, 0, {}),
        (Method.BANK_TRANSFER, 20_000, {"unassigned": 20_000, "income": -20_000}),
    ],
)
def test_a_person_vouches_for_money(things, treasurer, method, received, expected):
    payment = PaymentFactory()

    paid = mark_paid(payment, method=method, user=treasurer, note="발제자")

    payment.refresh_from_db()
    assert (payment.state, payment.method, payment.note) == (State.PAID, method, "발제자")
    assert (payment.received_krw, payment.open_krw, payment.marked_by) == (received, 0, treasurer)
    assert payment.paid_at == paid.paid_at
    assert things.settled == {str(payment.subject)}
    assert balances() == expected


@pytest.mark.parametrize("method", [Method.ON_SITE, Method.WAIVED, Method.BANK_TRANSFER])
def test_a_mark_is_taken_back(things, treasurer, method):
    payment = PaymentFactory()
    mark_paid(payment, method=method, user=treasurer, note="현장")

    unmark_paid(payment, user=treasurer, note="잘못 눌렀습니다")

    payment.refresh_from_db()
    assert (payment.state, payment.method) == (State.OPEN, Method.BANK_TRANSFER)
    assert (payment.received_krw, payment.open_krw, payment.paid_at) == (0, 20_000, None)
    assert things.settled == set()
    assert balances() == {"receivable": 20_000, "income": -20_000}
    with pytest.raises(NotMarkedError):
        unmark_paid(payment, user=treasurer, note="다시")


def test_marking_costs_four_statements_beside_what_it_is_for(
    things, treasurer, django_assert_num_queries
):
    payment = PaymentFactory()

    with django_assert_num_queries(2 + 4):  # a test's transaction is a savepoint
        mark_paid(payment, method=Method.ON_SITE, user=treasurer, note="")


def test_what_is_paid_is_not_paid_again(things, treasurer):
    payment = PaymentFactory()
    mark_paid(payment, method=Method.ON_SITE, user=treasurer, note="")

    with pytest.raises(AlreadyPaidError):
        mark_paid(payment, method=Method.WAIVED, user=treasurer, note="")

    assert balances() == {"cash": 20_000, "income": -20_000}


@pytest.mark.sqlite_smoke
def test_a_later_deposit_takes_the_place_of_a_marked_transfer(things, treasurer):
    payment, deposit = PaymentFactory(), DepositFactory()
    mark_paid(payment, method=Method.BANK_TRANSFER, user=treasurer, note="통장에서 봄")

    match = pay(payment, deposit, treasurer)

    payment.refresh_from_db()
    deposit.refresh_from_db()
    assert (payment.received_krw, payment.marked_krw) == (20_000, 0)
    assert (deposit.state, match.covered_krw) == ("matched", 20_000)
    assert balances() == {"bank": 20_000, "income": -20_000}
    with pytest.raises(NotMarkedError):
        unmark_paid(payment, user=treasurer, note="")


def test_the_word_stands_again_when_the_deposit_is_parted_from_it(things, treasurer):
    payment, deposit = PaymentFactory(), DepositFactory()
    mark_paid(payment, method=Method.BANK_TRANSFER, user=treasurer, note="통장에서 봄")
    match = pay(payment, deposit, treasurer)

    undo_match(match, user=treasurer)

    payment.refresh_from_db()
    deposit.refresh_from_db()
    assert (payment.state, payment.received_krw, payment.marked_krw) == (
        State.PAID,
        20_000,
        20_000,
    )
    assert deposit.state == "open"
    assert things.settled == {str(payment.subject)}
    with pytest.raises(MatchUndoneError):
        undo_match(match, user=treasurer)
    assert Match.objects.get().undone_by == treasurer


def test_money_that_was_sent_back_is_not_unmarked(things, treasurer):
    payment = PaymentFactory()
    mark_paid(payment, method=Method.ON_SITE, user=treasurer, note="")
    ask_refund(payment, amount_krw=1, reason="취소")

    with pytest.raises(AlreadyRefundedError):
        unmark_paid(payment, user=treasurer, note="")


@pytest.mark.parametrize("method", [Method.ON_SITE, Method.WAIVED])
def test_nobody_takes_cash_for_a_seat_that_is_gone(things, treasurer, method):
    payment = PaymentFactory()
    close_payment(PURPOSE, payment.subject)
    things.is_full = True

    with pytest.raises(NoSeatError):
        mark_paid(payment, method=method, user=treasurer, note="")

    payment.refresh_from_db()
    assert (payment.state, payment.received_krw) == (State.CLOSED, 0)
    assert balances() == {}


@pytest.mark.sqlite_smoke
def test_money_without_a_seat_waits_for_one(things, treasurer):
    payment = PaymentFactory()
    close_payment(PURPOSE, payment.subject)
    things.is_full = True

    mark_paid(payment, method=Method.BANK_TRANSFER, user=treasurer, note="늦은 입금")

    payment.refresh_from_db()
    assert payment.state == State.NO_SEAT
    assert balances() == {"unassigned": 20_000, "income": -20_000}
    with pytest.raises(NoSeatError):
        retry_settling(payment)
    things.is_full = False
    assert retry_settling(payment).state == State.PAID
    assert things.settled == {str(payment.subject)}
    with pytest.raises(AlreadyPaidError):
        retry_settling(payment)


def test_a_mark_without_a_seat_leaves_things_closed(things, treasurer):
    payment = PaymentFactory()
    close_payment(PURPOSE, payment.subject)
    things.is_full = True
    mark_paid(payment, method=Method.BANK_TRANSFER, user=treasurer, note="늦은 입금")

    unmark_paid(payment, user=treasurer, note="다른 사람")

    payment.refresh_from_db()
    assert (payment.state, payment.received_krw, payment.paid_at) == (State.CLOSED, 0, None)
    assert balances() == {}


def test_what_goes_back_gets_no_seat(things, treasurer):
    payment = PaymentFactory()
    close_payment(PURPOSE, payment.subject)
    things.is_full = True
    mark_paid(payment, method=Method.BANK_TRANSFER, user=treasurer, note="늦은 입금")
    ask_refund(payment, amount_krw=20_000, reason="자리 없음")
    things.is_full = False

    with pytest.raises(AlreadyRefundedError):
        retry_settling(payment)


@pytest.mark.parametrize("method", [Method.ON_SITE, Method.WAIVED, Method.BANK_TRANSFER])
def test_a_mark_of_what_was_given_up_leaves_nothing_owed(things, treasurer, method):
    payment = mark_paid(PaymentFactory(), method=method, user=treasurer, note="")
    things.given_up = {str(payment.subject)}

    unmark_paid(payment, user=treasurer, note="다른 사람")

    payment.refresh_from_db()
    assert (payment.state, payment.received_krw, payment.paid_at) == (State.CLOSED, 0, None)
    assert balances() == {}
