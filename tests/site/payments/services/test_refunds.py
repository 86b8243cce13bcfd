import pytest

from payments.exceptions import (
    DepositTakenError,
    RefundAccountMissingError,
    RefundDecidedError,
    RefundTooLargeError,
)
from payments.models import Deposit, Payment, Refund
from payments.services import (
    ask_refund,
    drop_refund,
    mark_paid,
    return_deposit,
    send_refund,
    set_refund_account,
)
from tests.factories.payments import DepositFactory, PaymentFactory, balances

pytestmark = pytest.mark.django_db
ACCOUNT = {"bank": "농협은행", "account_number": "301-0000-1111-21", "account_holder": "홍길동"}


@pytest.fixture
def payment(things, treasurer):
    """20,000 won that somebody saw in the bank."""
    return mark_paid(
        PaymentFactory(), method=Payment.Method.BANK_TRANSFER, user=treasurer, note="통장 확인"
    )


@pytest.mark.sqlite_smoke
def test_money_goes_back(payment, treasurer):
    refund = ask_refund(payment, amount_krw=10_000, reason="3일 전 취소", **ACCOUNT)

    assert balances() == {"unassigned": 20_000, "income": -10_000, "refundable": -10_000}
    assert send_refund(refund, user=treasurer).decided_by == treasurer

    refund.refresh_from_db()
    payment.refresh_from_db()
    assert (refund.state, refund.has_account) == (Refund.State.SENT, True)
    assert (payment.refunded_krw, payment.refundable_krw) == (10_000, 10_000)
    assert balances() == {"unassigned": 20_000, "income": -10_000, "bank": -10_000}
    with pytest.raises(RefundDecidedError):
        send_refund(refund, user=treasurer)
    with pytest.raises(RefundDecidedError):
        drop_refund(refund, user=treasurer, note="")


@pytest.mark.parametrize("amount", [0, -1, 20_001])
def test_no_more_goes_back_than_came(payment, amount):
    with pytest.raises(RefundTooLargeError) as refusal:
        ask_refund(payment, amount_krw=amount, reason="취소")

    assert refusal.value.refundable_krw == 20_000
    assert not Refund.objects.exists()


def test_parts_go_back_until_all_is_gone(payment):
    ask_refund(payment, amount_krw=15_000, reason="취소")

    with pytest.raises(RefundTooLargeError) as refusal:
        ask_refund(payment, amount_krw=5_001, reason="취소")

    assert refusal.value.refundable_krw == 5_000
    ask_refund(payment, amount_krw=5_000, reason="나머지")


def test_what_was_not_sent_can_be_asked_for_again(payment, treasurer):
    refund = ask_refund(payment, amount_krw=20_000, reason="취소", **ACCOUNT)

    drop_refund(refund, user=treasurer, note="취소를 거두었습니다")

    payment.refresh_from_db()
    assert payment.refunded_krw == 0
    assert balances() == {"unassigned": 20_000, "income": -20_000}
    ask_refund(payment, amount_krw=20_000, reason="다시 취소")


def test_nothing_is_sent_to_nowhere(payment, treasurer):
    refund = ask_refund(payment, amount_krw=20_000, reason="취소")
    with pytest.raises(RefundAccountMissingError):
        send_refund(refund, user=treasurer)

    set_refund_account(refund, **ACCOUNT)

    assert send_refund(refund, user=treasurer).state == Refund.State.SENT
    with pytest.raises(RefundDecidedError):
        set_refund_account(refund, **ACCOUNT)


@pytest.mark.sqlite_smoke
def test_a_deposit_of_nobody_goes_back_whole(treasurer):
    deposit = DepositFactory(amount_krw=30_000)

    refund = return_deposit(deposit, reason="신청자가 아닙니다", user=treasurer)

    deposit.refresh_from_db()
    assert (deposit.state, refund.amount_krw) == (Deposit.State.TO_REFUND, 30_000)
    assert balances() == {"bank": 30_000, "refundable": -30_000}
    with pytest.raises(DepositTakenError):
        return_deposit(deposit, reason="다시", user=treasurer)


def test_money_of_nobody_is_sent_and_no_registration_hears_of_it(treasurer):
    refund = return_deposit(DepositFactory(), reason="신청자가 아닙니다", user=treasurer)
    set_refund_account(refund, **ACCOUNT)

    send_refund(refund, user=treasurer)

    refund.refresh_from_db()
    assert refund.state == Refund.State.SENT
    assert balances() == {}


def test_a_deposit_that_stays_after_all_waits_to_be_matched(treasurer):
    deposit = DepositFactory()
    refund = return_deposit(deposit, reason="신청자가 아닙니다", user=treasurer)

    drop_refund(refund, user=treasurer, note="찾았습니다")

    deposit.refresh_from_db()
    assert deposit.state == Deposit.State.OPEN
    assert balances() == {"bank": 20_000, "unassigned": -20_000}
    return_deposit(deposit, reason="역시 아닙니다", user=treasurer)
