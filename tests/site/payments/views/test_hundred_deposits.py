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


PLAIN, NAMESAKES, SHORT, OVER = 88, NAMES[88:90], NAMES[90:92], NAMES[92:94]
# Who pays for whom: nobody of that name registered.
RELATIVES = {"정하윤": NAMES[94], "강서연": NAMES[95]}
STRANGERS = ["카드매출", "예금이자"]


@pytest.fixture
def month(things):
    """(account, deposits): 88 plain, 2 pairs of namesakes, 2 short, 2 over, 2 of relatives, 2 of
    nobody.
    """
    account = BankAccountFactory()
    for name in [*NAMES[:96], *NAMESAKES]:
        payment = PaymentFactory(account=account, depositor_name=f"포럼{name}")
        things.name(payment, name, words=("포럼",))
    Payment.objects.update(created_at=timezone.now() - timedelta(days=9))
    deposits = [(f"포럼{name}", 20_000) for name in NAMES[: PLAIN // 2]]
    deposits += [(f"{name} 포럼", 20_000) for name in NAMES[PLAIN // 2 : PLAIN]]
    deposits += [(name, 20_000) for name in NAMESAKES * 2]
    deposits += [(f"포럼{name}", 15_000) for name in SHORT]
    deposits += [(name, 25_000) for name in OVER]
    deposits += [(name, 20_000) for name in RELATIVES]
    deposits += zip(STRANGERS, (1_234_500, 321), strict=True)
    return account, deposits


def test_a_hundred_deposits_cost_fifteen_presses_at_most(
    desk, month, django_capture_on_commit_callbacks
):
    """The treasurer knows who is meant, and presses nothing that is wrong."""
    account, deposits = month
    assert len(deposits) == 100
    file = SimpleUploadedFile("거래내역.csv", kb_file(account, *deposits))
    presses = 3  # open the screen, choose the file, send it in
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(reverse("payments_statements"), {"account": account.pk, "file": file})
    presses += 1  # on to the deposits
    assert Match.objects.count() == PLAIN

    while (offer := _next_right_offer(desk)) is not None:
        desk.post(reverse("payments_accept"), {"accept": offer})
        presses += 1
    page = desk.get(reverse("payments_reconcile")).content.decode()
    rest = re.findall(r'type="hidden" name="deposit" value="([^"]+)"', page)
    desk.post(reverse("payments_put_aside"), {"deposit": rest})
    presses += 1

    assert presses <= 15
    aside = Deposit.objects.filter(state=Deposit.State.SET_ASIDE)
    assert {row.name for row in aside} == set(STRANGERS)
    matched = Match.objects.select_related("deposit", "payment")
    assert {_meant(one.deposit.name) for one in matched} == {*NAMES[:96]}
    assert all(_is_right(one.deposit, one.payment) for one in matched)
    assert list(find_faults()) == []


def _next_right_offer(desk):
    """The first offer on the screen that is for the one who is meant, or None."""
    for offer in _offers(desk):
        deposit, targets, _reason = offer.split("|")
        keys = [target.split(":")[0] for target in targets.split(",")]
        payments = Payment.objects.filter(pk__in=keys)
        if all(_is_right(Deposit.objects.get(pk=deposit), one) for one in payments):
            return offer
    return None


def _is_right(deposit, payment):
    return payment.depositor_name == f"포럼{_meant(deposit.name)}"


def _meant(name):
    return RELATIVES.get(name, name.replace("포럼", "").strip())


def _offers(desk):
    """What the buttons of the suggestions would send, in their order."""
    page = desk.get(reverse("payments_reconcile")).content.decode()
    return re.findall(r'<button[^>]*name="accept" value="([^"]+)"', page)
