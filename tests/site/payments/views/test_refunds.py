import pytest
from django.urls import reverse

from payments.models import Payment, Refund
from payments.services import ask_refund, mark_paid
from privacy.models import AccessEntry
from tests.factories.payments import PaymentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.integration]
ACCOUNT = {"bank": "농협은행", "account_number": "301-0000-1111-21", "account_holder": "남궁민수"}


@pytest.fixture
def refund(things, treasurer):
    payment = PaymentFactory()
    things.name(payment, "남궁민수")
    mark_paid(payment, method=Payment.Method.BANK_TRANSFER, user=treasurer, note="통장")
    return ask_refund(payment, amount_krw=10_000, reason="사흘 전 취소")


def test_a_refund_is_sent_once_its_account_is_known(desk, press, refund, keeper):
    press("payments_send_refund", refund.public_id)
    press("payments_refund_account", refund.public_id, **{**ACCOUNT, "account_number": "국민"})
    refund.refresh_from_db()
    assert (refund.state, refund.has_account) == (Refund.State.ASKED, False)

    told = press("payments_refund_account", refund.public_id, **ACCOUNT)
    assert "301-0000-1111-21" in told
    press("payments_send_refund", refund.public_id)

    refund.refresh_from_db()
    assert (refund.state, refund.decided_by) == (Refund.State.SENT, keeper)
    for name in ("payments_send_refund", "payments_refund_account"):
        press(name, refund.public_id, **ACCOUNT)
    press("payments_drop_refund", refund.public_id, reason="늦었습니다")
    refund.refresh_from_db()
    assert refund.state == Refund.State.SENT


def test_a_refund_is_dropped_with_a_reason(press, refund):
    press("payments_drop_refund", refund.public_id, reason="")
    press("payments_drop_refund", refund.public_id, reason="취소를 거두었습니다")

    refund.refresh_from_db()
    assert refund.state == Refund.State.DROPPED


def test_the_list_is_printed_and_that_is_on_record(desk, press, refund):
    press("payments_refund_account", refund.public_id, **ACCOUNT)

    page = desk.get(reverse("payments_print_refunds")).content.decode()

    assert "301-0000-1111-21" in page
    assert AccessEntry.objects.filter(action="print").count() == 1


def test_who_may_only_look_sees_no_account(client, director, press, refund):
    press("payments_refund_account", refund.public_id, **ACCOUNT)
    client.force_login(director)

    for name in ("payments_refunds", "payments_print_refunds"):
        page = client.get(reverse(name)).content.decode()
        assert "301-0000" not in page
        assert "남궁민수" not in page


def test_no_refund_waits(desk):
    assert desk.get(reverse("payments_refunds")).status_code == 200
