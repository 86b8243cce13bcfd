"""How many presses a month of a hundred deposits costs the treasurer."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from payments.models import Deposit, Match, Payment
from payments.services.comparison import find_faults
from tests.factories.payments import BankAccountFactory, PaymentFactory
from tests.site.payments.kb import kb_file

pytestmark = [pytest.mark.django_db, pytest.mark.integration]
GIVEN = "민서연준하윤지우도현예린수빈재훈"
NAMES = [f"{family}{a}{b}" for family in "김이박최" for a in GIVEN[:6] for b in GIVEN[6:12]]


@pytest.fixture
def month(things):
    """(account, deposits): 88 plain ones, 4 namesakes, 3 short, 3 from a relative, 2 of nobody."""
    account, owed = BankAccountFactory(), []
    for name in NAMES[:98]:
        owed.append(PaymentFactory(account=account, depositor_name=f"포럼{name}"))
        things.name(owed[-1], name, words=("포럼",))
    Payment.objects.update(created_at=timezone.now() - timedelta(days=9))
    deposits = [(f"포럼{name}", 20_000) for name in NAMES[:44]]
    deposits += [(f"{name} 포럼", 20_000) for name in NAMES[44:92]]
    deposits += [(f"포럼{name}", 15_000) for name in NAMES[92:95]]
    deposits += [(name, 25_000) for name in NAMES[95:98]]
    deposits += [("카드매출", 1_234_500), ("예금이자", 321)]
    return account, deposits


def test_a_hundred_deposits_cost_fifteen_presses_at_most(
    desk, month, django_capture_on_commit_callbacks
):
    account, deposits = month
    file = SimpleUploadedFile("거래내역.csv", kb_file(account, *deposits))
    presses = 3  # open the screen, choose the file, send it in
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(reverse("payments_statements"), {"account": account.pk, "file": file})
    presses += 1  # on to the deposits

    while offers := _offers(desk):
        desk.post(reverse("payments_accept"), {"accept": offers[0]})
        presses += 1
    page = desk.get(reverse("payments_reconcile")).content.decode()
    rest = re.findall(r'type="hidden" name="deposit" value="([^"]+)"', page)
    desk.post(reverse("payments_put_aside"), {"deposit": rest})
    presses += 1

    assert presses <= 15
    assert not Deposit.objects.filter(state=Deposit.State.OPEN).exists()
    assert Match.objects.filter(source="rule").count() >= 90
    assert list(find_faults()) == []


def _offers(desk):
    """What the buttons of the suggestions would send, in their order."""
    page = desk.get(reverse("payments_reconcile")).content.decode()
    return re.findall(r'<button[^>]*name="accept" value="([^"]+)"', page)
