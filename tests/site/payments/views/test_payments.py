import pytest
from django.urls import reverse

from payments.models import Payment, Refund
from payments.services import close_payment, mark_paid
from tests.factories.payments import PURPOSE, BankAccountFactory, PaymentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.integration]
Method, State = Payment.Method, Payment.State


@pytest.fixture
def payment(things):
    payment = PaymentFactory()
    things.name(payment, "홍길동")
    return payment


@pytest.fixture
def seatless(payment, things, treasurer):
    """The money came when the seat was gone."""
    close_payment(PURPOSE, payment.subject)
    things.is_full = True
    return mark_paid(payment, method=Method.BANK_TRANSFER, user=treasurer, note="늦은 입금")


@pytest.mark.parametrize("method", [Method.ON_SITE, Method.WAIVED, Method.BANK_TRANSFER])
def test_somebody_is_marked_as_paid_and_back(desk, press, payment, keeper, method):
    assert "홍길동" in desk.get(reverse("payments_unpaid")).content.decode()

    press("payments_mark", payment.public_id, method=method, note="발제자입니다")

    payment.refresh_from_db()
    assert (payment.state, payment.method, payment.marked_by) == (State.PAID, method, keeper)
    assert "발제자입니다" in desk.get(reverse("payments_matched")).content.decode()
    press("payments_mark", payment.public_id, method=method, note="또 눌렀습니다")
    press("payments_unmark", payment.public_id, reason="")
    press("payments_unmark", payment.public_id, reason="잘못 눌렀습니다")
    payment.refresh_from_db()
    assert payment.state == State.OPEN
    press("payments_unmark", payment.public_id, reason="한 번 더")


def test_a_mark_wants_a_reason(press, payment):
    press("payments_mark", payment.public_id, method=Method.WAIVED, note="")

    payment.refresh_from_db()
    assert payment.state == State.OPEN


def test_no_cash_is_taken_for_a_seat_that_is_gone(press, payment, things):
    close_payment(PURPOSE, payment.subject)
    things.is_full = True

    press("payments_mark", payment.public_id, method=Method.ON_SITE, note="현장")

    payment.refresh_from_db()
    assert payment.state == State.CLOSED


def test_money_without_a_seat_gets_one(desk, press, seatless, things):
    assert "홍길동" in desk.get(reverse("payments_no_seat")).content.decode()
    press("payments_retry", seatless.public_id)
    things.is_full = False
    press("payments_retry", seatless.public_id)

    seatless.refresh_from_db()
    assert seatless.state == State.PAID
    press("payments_retry", seatless.public_id)


def test_money_without_a_seat_goes_back(desk, press, seatless):
    press("payments_refund", seatless.public_id, reason="")
    press("payments_refund", seatless.public_id, reason="자리가 없습니다")
    press("payments_refund", seatless.public_id, reason="자리가 없습니다")

    assert Refund.objects.get().amount_krw == 20_000
    assert "홍길동" not in desk.get(reverse("payments_no_seat")).content.decode()


def test_what_goes_back_is_not_unmarked(press, seatless):
    press("payments_refund", seatless.public_id, reason="자리가 없습니다")

    press("payments_unmark", seatless.public_id, reason="잘못")

    seatless.refresh_from_db()
    assert seatless.state == State.NO_SEAT


@pytest.mark.parametrize("number", [1, 3])
def test_a_longer_list_costs_no_more_queries(desk, things, number, django_assert_num_queries):
    account = BankAccountFactory()
    for _n in range(number):
        things.name(PaymentFactory(account=account), "홍길동")
    desk.get(reverse("payments_unpaid"))

    with django_assert_num_queries(20):
        desk.get(reverse("payments_unpaid"))


def test_nobody_owes_anything(desk):
    assert desk.get(reverse("payments_unpaid")).status_code == 200
    assert desk.get(reverse("payments_no_seat")).status_code == 200
