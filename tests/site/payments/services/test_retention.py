from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from payments.models import Deposit, Payment, Refund
from payments.services import (
    ask_refund,
    drop_refund,
    mark_paid,
    return_deposit,
    set_refund_account,
)
from payments.services.retention import (
    DEPOSITS,
    PAYMENTS,
    deposits_outlook,
    keep_by_law,
    payments_outlook,
)
from payments.services.rules import RULES
from rights.models import RetainedRecord
from rights.services import destroy_due, retained_of
from tests.factories.payments import PURPOSE, DepositFactory, PaymentFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ACCOUNT = {"bank": "농협은행", "account_number": "301-0000-1111-21", "account_holder": "남궁민수"}


@pytest.fixture
def old(things, treasurer):
    """Paid half a year and a day ago, with a refund that was not sent."""
    payment = PaymentFactory(depositor_name="토론회남궁민수")
    mark_paid(payment, method=Payment.Method.BANK_TRANSFER, user=treasurer, note="")
    refund = ask_refund(payment, amount_krw=5_000, reason="취소")
    set_refund_account(refund, **ACCOUNT)
    drop_refund(refund, user=treasurer, note="철회")
    Payment.objects.update(paid_at=timezone.now() - 181 * DAY)
    payment.refresh_from_db()
    return payment


@pytest.mark.sqlite_smoke
def test_names_and_accounts_go_apart_after_half_a_year(old):
    DepositFactory(name="남궁민수", memo="참가비", occurred_at=timezone.now() - 181 * DAY)
    DepositFactory(name="이영희")
    PaymentFactory()

    destroy_due()

    names = Payment.objects.order_by("pk").values_list("depositor_name", flat=True)
    assert list(names) == [None, "토론회홍길동"]
    refund = Refund.objects.get()
    assert (refund.bank, refund.account_number, refund.account_holder) == (None, None, None)
    deposits = Deposit.objects.order_by("pk").values_list("name", "memo")
    assert list(deposits) == [(None, None), ("이영희", None)]
    kept = RetainedRecord.objects.order_by("data_set")
    assert [record.data_set for record in kept] == [DEPOSITS, PAYMENTS]
    assert "남궁민수" in kept[0].facts[2].value
    assert "301-0000-1111-21" in kept[1].facts[-1].value
    destroy_due()
    assert RetainedRecord.objects.count() == 2


def test_after_five_years_nothing_is_left(clock, old):
    destroy_due()
    record = RetainedRecord.objects.get()
    paid_on = timezone.localdate(old.paid_at)
    assert record.kept_until == date(paid_on.year + 5, paid_on.month, paid_on.day)

    clock.move_to(record.kept_until + 2 * DAY)
    destroy_due()

    assert not RetainedRecord.objects.exists()
    assert Payment.objects.get().received_krw == 20_000


def test_what_goes_back_keeps_its_account_until_it_is_sent(old, treasurer):
    ask_refund(old, amount_krw=5_000, reason="취소")
    deposit = DepositFactory(occurred_at=timezone.now() - 181 * DAY)
    return_deposit(deposit, reason="모르는 돈", user=treasurer)

    destroy_due()

    assert Payment.objects.get().depositor_name == "토론회남궁민수"
    assert Deposit.objects.get().name == "토론회홍길동"
    assert not RetainedRecord.objects.exists()


def test_a_name_under_which_nothing_came_only_goes(things):
    payment = PaymentFactory(due_at=timezone.now() - 181 * DAY)

    destroy_due()

    payment.refresh_from_db()
    assert payment.depositor_name is None
    assert not RetainedRecord.objects.exists()


def test_a_deposit_that_was_sent_back_is_kept_with_its_account(treasurer):
    deposit = DepositFactory(occurred_at=timezone.now() - 181 * DAY, memo="잘못 보냄")
    refund = return_deposit(deposit, reason="모르는 돈", user=treasurer)
    set_refund_account(refund, **ACCOUNT)
    Refund.objects.update(state="sent", decided_at=timezone.now(), decided_by=treasurer)

    destroy_due()

    facts = {fact.name: fact.value for fact in RetainedRecord.objects.get().facts}
    assert facts["memo"] == "잘못 보냄"
    assert "남궁민수" in facts["refund_1"]


def test_owners_find_what_was_put_apart_with_their_registration(things, treasurer):
    payment = PaymentFactory()
    mark_paid(payment, method=Payment.Method.BANK_TRANSFER, user=treasurer, note="")

    assert keep_by_law(PURPOSE, {payment.subject: "payer@mail.example"}) == 1
    assert keep_by_law(PURPOSE, {payment.subject: "payer@mail.example"}) == 0

    ((data_set, holding),) = retained_of("payer@mail.example")
    assert (data_set.name, holding.key) == (PAYMENTS, str(payment.public_id))


def test_the_calendar_knows_when_names_go(old):
    DepositFactory(occurred_at=timezone.now() - 10 * DAY)
    end = timezone.localdate() + 400 * DAY

    assert [one.count for one in payments_outlook(end)] == [1]
    assert [one.count for one in deposits_outlook(end)] == [1]
    assert list(deposits_outlook(timezone.localdate())) == []


def test_a_dump_names_nobody_who_pays(old):
    DepositFactory(name="남궁민수", memo="남궁민수 참가비")

    with connection.cursor() as cursor:
        for question in (
            "SELECT * FROM payments_payment",
            "SELECT * FROM payments_deposit",
            "SELECT * FROM payments_refund",
            "SELECT * FROM payments_ledgerentry",
        ):
            cursor.execute(question)
            rows = str(cursor.fetchall())
            assert rows != "[]"
            assert "남궁" not in rows
            assert "301-0000-1111-21" not in rows

    assert Deposit.objects.get().name == "남궁민수"


def test_people_are_told_how_long_names_are_at_hand():
    assert [rule.period() for rule in RULES] == [RULES[0].period()] * 2
    assert "180" in RULES[0].period()
