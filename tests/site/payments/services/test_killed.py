"""Real processes that get SIGKILL in the middle of what they do."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from payments.exceptions import RefundDecidedError
from payments.models import Deposit, LedgerEntry, Payment, Refund, StatementImport
from payments.services import ask_refund, mark_paid, send_refund
from payments.services.comparison import find_faults
from payments.services.imports import request_import, run_import
from tests.factories.accounts import UserFactory
from tests.factories.payments import BankAccountFactory, PaymentFactory, balances
from tests.site.payments.kb import kb_file

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
# Three batches are written when it sleeps; two of them are committed.
IMPORT = """
import sys, time, uuid, django
django.setup()
from payments.services import imports
book, batches = imports.book, iter(range(9))

def book_until_the_third(bookings, **options):
    book(bookings, **options)
    if next(batches) == 2:
        print("third", flush=True)
        time.sleep(60)

imports.BATCH, imports.book = 20, book_until_the_third
imports.run_import(uuid.UUID(sys.argv[1]))
"""
# Everything of a refund is written when it sleeps; nothing of it is committed.
REFUND = """
import sys, time, django
django.setup()
from django.db import transaction
from payments.models import Payment
from payments.services import ask_refund
with transaction.atomic():
    ask_refund(Payment.objects.get(pk=sys.argv[1]), amount_krw=7000, reason="취소")
    print("asked", flush=True)
    time.sleep(60)
"""

SENT = """
import sys, time, django
django.setup()
from django.db import transaction
from accounts.models import User
from payments.models import Refund
from payments.registry import register_purpose
from payments.services import send_refund
from tests.factories.payments import Things
register_purpose(Things().purpose())
with transaction.atomic():
    send_refund(Refund.objects.get(pk=sys.argv[1]), user=User.objects.first())
    print("sent", flush=True)
    time.sleep(60)
"""


def start(code, argument, environment):
    return subprocess.Popen(
        [sys.executable, "-c", code, str(argument)], env=environment, stdout=subprocess.PIPE
    )


def kill(process):
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=30)
    process.stdout.close()


def test_an_import_that_was_killed_goes_on_and_counts_nothing_twice(things, process_environment):
    account, user = BankAccountFactory(), UserFactory()
    deposits = [(f"사람{n}", 20_000 + n) for n in range(400)]
    content = kb_file(account, *deposits, first=timezone.now() - timedelta(days=2))
    job = request_import(account, content=content, file_name="거래.csv", user=user)

    process = start(IMPORT, job.public_id, process_environment)
    assert process.stdout.readline() == b"third\n"
    kill(process)
    connection.close()

    assert Deposit.objects.count() == 40
    assert StatementImport.objects.get().rows == 40
    run_import(job.public_id)
    job = StatementImport.objects.get()
    assert (job.state, job.new_rows, job.content) == ("done", 400, None)
    assert LedgerEntry.objects.count() == 800
    total = sum(amount for _name, amount in deposits)
    assert balances() == {"bank": total, "unassigned": -total}
    assert list(find_faults()) == []


def test_a_refund_that_was_killed_was_never_asked_for(things, process_environment):
    payment = PaymentFactory()
    mark_paid(payment, method=Payment.Method.ON_SITE, user=UserFactory(), note="")

    process = start(REFUND, payment.pk, process_environment)
    assert process.stdout.readline() == b"asked\n"
    kill(process)
    connection.close()

    payment.refresh_from_db()
    assert (payment.refunded_krw, Refund.objects.count()) == (0, 0)
    assert list(find_faults()) == []


def test_a_refund_that_was_killed_while_sent_waits_and_is_sent_once(things, process_environment):
    user = UserFactory()
    payment = PaymentFactory()
    mark_paid(payment, method=Payment.Method.ON_SITE, user=user, note="")
    account = {"bank": "가온은행", "account_number": "000-1", "account_holder": "홍길동"}
    refund = ask_refund(payment, amount_krw=7000, reason="취소", **account)

    process = start(SENT, refund.pk, process_environment)
    assert process.stdout.readline() == b"sent\n"
    kill(process)
    connection.close()

    refund.refresh_from_db()
    assert refund.state == Refund.State.ASKED
    send_refund(refund, user=user)
    with pytest.raises(RefundDecidedError):
        send_refund(refund, user=user)
    assert balances()["bank"] == -7000
    assert list(find_faults()) == []
