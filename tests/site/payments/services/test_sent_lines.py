"""What the bank's file says went out is noted at the refund it paid, and at no other."""

from datetime import timedelta

import pytest
from django.utils import timezone

from payments.exceptions import RefundDecidedError
from payments.gateways.bank_statements import read_statement
from payments.models import LedgerEntry, Payment, Refund
from payments.services import ask_refund, drop_refund, mark_paid, retry_card, send_refund
from payments.services.comparison import find_faults
from payments.services.imports import request_import, run_import
from payments.services.sent_lines import _note, note_sent_refunds
from tests.factories.payments import BankAccountFactory, PaymentFactory
from tests.site.payments.kb import kb_file

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
State = Refund.State


@pytest.fixture
def account(db):
    return BankAccountFactory()


def asked(treasurer, holder="한가람", amount_krw=8_000, hours=5):
    payment = PaymentFactory()
    mark_paid(payment, method=Payment.Method.BANK_TRANSFER, user=treasurer, note="통장")
    words = {"bank": "농협", "account_number": "301-0000-1", "account_holder": holder}
    refund = ask_refund(payment, amount_krw=amount_krw, reason="취소", **words)
    Refund.objects.update(asked_at=timezone.now() - timedelta(hours=hours))
    return refund


def read(account, treasurer, *lines, **file):
    job = request_import(
        account, content=kb_file(account, *lines, **file), file_name="kb.csv", user=treasurer
    )
    run_import(job.public_id)


def state(refund):
    refund.refresh_from_db()
    return refund.state


def test_a_line_of_the_bank_marks_its_refund_and_is_read_twice(account, treasurer, things):
    refund = asked(treasurer)
    first = timezone.now() - timedelta(hours=2)
    for _ in range(2):
        read(account, treasurer, ("한 가람", -8_000), ("관리비", -50_000), first=first)

    assert (state(refund), refund.decided_by) == (State.SENT, treasurer)
    sent = LedgerEntry.objects.filter(what="refund_sent", account="bank")
    assert [entry.amount_krw for entry in sent] == [-8_000]
    assert sent[0].day == timezone.localdate(first)
    assert list(find_faults()) == []


@pytest.mark.parametrize("line", [("한가람", -7_000), ("한가람솔", -8_000), ("한가람", 8_000)])
def test_what_differs_in_anything_marks_nothing(account, treasurer, things, line):
    refund = asked(treasurer)
    read(account, treasurer, line)

    assert state(refund) == State.ASKED


def test_a_line_from_before_the_refund_was_asked_for_is_not_its(account, treasurer, things):
    refund = asked(treasurer, hours=1)
    read(account, treasurer, ("한가람", -8_000))

    assert state(refund) == State.ASKED


def test_of_two_that_are_alike_a_person_chooses(account, treasurer, things):
    refunds = [asked(treasurer) for _ in range(2)]
    read(account, treasurer, ("한가람", -8_000))

    assert [state(refund) for refund in refunds] == [State.ASKED, State.ASKED]


def test_what_was_marked_by_hand_takes_its_line(account, treasurer, things):
    marked = asked(treasurer)
    send_refund(marked, user=treasurer)
    other = asked(treasurer)
    Refund.objects.filter(pk=marked.pk).update(decided_at=timezone.now() - timedelta(hours=1))
    first = timezone.now() - timedelta(hours=2)
    for _ in range(2):
        read(account, treasurer, ("한가람", -8_000), first=first)

    assert state(other) == State.ASKED
    assert state(marked) == State.SENT
    assert marked.bank_line
    read(account, treasurer, ("한가람", -8_000), first=first + timedelta(minutes=30), balance=5_000)
    assert state(other) == State.SENT


def test_what_somebody_decided_meanwhile_stays_decided(account, treasurer, things):
    refund = asked(treasurer)
    (row,) = read_statement(kb_file(account, ("한가람", -8_000)), "kb.csv").rows
    drop_refund(refund, user=treasurer, note="취소를 거둠")

    assert not _note(refund, row, "key", treasurer)
    assert note_sent_refunds(account, [row], user=treasurer) == 0
    assert state(refund) == State.DROPPED


def test_only_what_did_not_go_to_its_card_is_tried_again(treasurer, things):
    with pytest.raises(RefundDecidedError):
        retry_card(asked(treasurer))
