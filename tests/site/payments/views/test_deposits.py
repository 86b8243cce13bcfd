import pytest
from django.urls import reverse

from payments.models import Deposit, Match, Payment, Refund
from payments.services import ask_refund
from privacy.models import AccessEntry
from tests.factories.payments import DepositFactory, PaymentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture
def deposit(db):
    return DepositFactory(name="한빛협동조합", amount_krw=50_000, memo="토론회 참가비")


@pytest.fixture
def owed(things):
    """Three people of one organisation, 20,000 won each."""
    payments = [PaymentFactory() for _ in range(3)]
    for payment, name in zip(payments, ("김하나", "이두리", "박세나"), strict=True):
        things.name(payment, name, organisation="한빛협동조합")
    return payments


def test_one_deposit_is_split_over_several(desk, press, deposit, owed):
    detail = desk.get(reverse("payments_deposit", args=[deposit.public_id])).content.decode()
    assert "토론회 참가비" in detail
    found = press("payments_search", deposit.public_id, query="한빛 협동조합")
    for payment in owed:
        assert f'value="{payment.pk}"' in found

    amounts = {f"amount_{row.pk}": "20,000" for row in owed[:2]}
    press("payments_split", deposit.public_id, payment=[row.pk for row in owed[:2]], **amounts)

    deposit.refresh_from_db()
    assert (deposit.state, deposit.rest_krw) == (Deposit.State.OPEN, 10_000)
    assert Payment.objects.filter(state=Payment.State.PAID).count() == 2
    assert set(Match.objects.values_list("reason", flat=True)) == {"by_hand"}


def test_a_search_is_exact_and_on_record(press, deposit, owed):
    assert 'name="payment"' not in press("payments_search", deposit.public_id, query="김하")
    assert 'name="payment"' in press("payments_search", deposit.public_id, query="김하나")

    entry = AccessEntry.objects.get(action="search")
    assert entry.data_set == "payments.payments"


def test_a_search_for_nothing_says_so(press, deposit):
    assert 'name="query"' in press("payments_search", deposit.public_id, query="")


@pytest.mark.parametrize("amount", ["60,000", "0", "이만 원", "", "20,001"])
def test_wrong_amounts_change_nothing(press, deposit, owed, amount):
    payment = owed[0]

    press(
        "payments_split",
        deposit.public_id,
        payment=[payment.pk],
        **{f"amount_{payment.pk}": amount},
    )

    assert not Match.objects.exists()


def test_nothing_ticked_is_nothing_matched(press, deposit):
    press("payments_split", deposit.public_id)

    assert not Match.objects.exists()


def test_money_of_nobody_goes_on_the_list_of_refunds(press, deposit):
    press("payments_send_back", deposit.public_id, reason="")
    assert not Refund.objects.exists()

    told = press("payments_send_back", deposit.public_id, reason="신청자가 아닙니다")

    assert Refund.objects.get().amount_krw == 50_000
    assert "한빛협동조합" in told
    press("payments_send_back", deposit.public_id, reason="다시")
    assert Refund.objects.count() == 1


def test_every_match_can_be_undone(desk, press, deposit, owed):
    payment = owed[0]
    press(
        "payments_split",
        deposit.public_id,
        payment=[payment.pk],
        **{f"amount_{payment.pk}": "20000"},
    )
    assert "김하나" in desk.get(reverse("payments_matched")).content.decode()
    assert (
        "김하나" in desk.get(reverse("payments_deposit", args=[deposit.public_id])).content.decode()
    )

    match = Match.objects.get()
    press("payments_undo", match.pk)

    payment.refresh_from_db()
    assert payment.state == Payment.State.OPEN
    press("payments_undo", match.pk)
    assert Match.objects.filter(undone_at=None).count() == 0


def test_what_goes_back_is_not_undone(press, deposit, owed):
    payment = owed[0]
    press(
        "payments_split",
        deposit.public_id,
        payment=[payment.pk],
        **{f"amount_{payment.pk}": "20000"},
    )
    payment.refresh_from_db()
    ask_refund(payment, amount_krw=1, reason="취소")

    press("payments_undo", Match.objects.get().pk)

    assert Match.objects.get().undone_at is None
