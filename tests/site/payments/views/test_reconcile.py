import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from payments.models import Deposit, Match, Payment
from payments.services import close_payment, undo_match
from payments.services.proposals import match_automatically
from privacy.models import AccessEntry
from tests.factories.accounts import UserFactory
from tests.factories.payments import BankAccountFactory, DepositFactory, PaymentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture
def account(db):
    return BankAccountFactory()


@pytest.fixture
def owe(things, account):
    """Somebody registered a day ago and owes 20,000 won."""

    def owe(name, **values):
        words = {"depositor_name": f"토론회{name}", "account": account, **values}
        payment = PaymentFactory(**words)
        Payment.objects.filter(pk=payment.pk).update(created_at=timezone.now() - timedelta(days=1))
        things.name(payment, name, words=("토론회",))
        return payment

    return owe


def accepts(page):
    """What the buttons of the suggestions would send, in their order."""
    return re.findall(r'<button[^>]*name="accept" value="([^"]+)"', page)


def test_an_offer_is_accepted_with_one_press(desk, press, owe, account, keeper):
    payment = owe("홍길동")
    deposit = DepositFactory(account=account, name="토론회홍길동", amount_krw=15_000)
    page = desk.get(reverse("payments_reconcile")).content.decode()
    assert "토론회홍길동" in page
    assert "autofocus" in page

    press("payments_accept", accept=accepts(page)[0])

    match = Match.objects.get()
    assert (match.payment, match.deposit, match.matched_by) == (payment, deposit, keeper)
    assert (match.amount_krw, match.source, match.reason) == (15_000, "hand", "under")
    payment.refresh_from_db()
    assert payment.open_krw == 5_000


def test_what_changed_since_it_was_shown_is_not_matched(desk, press, owe, account):
    owe("홍길동")
    DepositFactory(account=account, name="토론회홍길동", amount_krw=15_000)
    page = desk.get(reverse("payments_reconcile")).content.decode()

    for _again in range(2):
        press("payments_accept", accept=accepts(page)[0])
    press("payments_accept", accept="x|y")

    assert Match.objects.count() == 1


def test_what_was_parted_before_is_offered_with_a_word(desk, owe, account, keeper):
    payment = owe("홍길동")
    deposit = DepositFactory(account=account, name="토론회홍길동", amount_krw=20_000)
    assert match_automatically(account) == 1
    undo_match(Match.objects.get(), user=keeper)

    page = desk.get(reverse("payments_reconcile"))

    (card,) = page.context["cards"]
    assert (card.deposit, card.safe_offer) == (deposit, None)
    assert f"{payment.pk}:20000" in accepts(page.content.decode())[0]
    assert "전에 대조했다가 되돌린" in page.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_a_longer_list_costs_no_more_queries(desk, owe, account, number, django_assert_num_queries):
    for n in range(number):
        owe(f"홍길{'가나다'[n]}")
        DepositFactory(account=account, name=f"토론회홍길{'가나다'[n]}", amount_krw=15_000)
    desk.get(reverse("payments_reconcile"))

    with django_assert_num_queries(32):
        desk.get(reverse("payments_reconcile"))


def test_who_sees_names_is_on_record(desk, owe, account, keeper):
    owe("홍길동")
    DepositFactory(account=account, name="토론회홍길동", amount_krw=15_000)

    desk.get(reverse("payments_reconcile"))

    entries = AccessEntry.objects.order_by("pk").values_list("user_id", "action", "data_set")
    assert list(entries) == [
        (keeper.pk, "list", "payments.deposits"),
        (keeper.pk, "list", "payments.payments"),
    ]


def test_who_may_only_look_sees_masked_names_and_no_button(client, director, owe, account):
    owe("남궁민수")
    DepositFactory(account=account, name="남궁민수", amount_krw=15_000)
    client.force_login(director)

    page = client.get(reverse("payments_reconcile")).content.decode()

    assert "남**수" in page
    assert "남궁민수" not in page
    assert not accepts(page)
    refused = client.post(reverse("payments_accept"), {"accept": "1|1:1|name"})
    assert refused.status_code == 302
    assert not Match.objects.exists()


def test_strangers_to_money_see_nothing(client):
    client.force_login(UserFactory(role="편집자"))

    for name in ("reconcile", "unpaid", "matched", "no_seat", "refunds", "statements", "accounts"):
        assert client.get(reverse(f"payments_{name}")).status_code == 302


def test_safe_ones_are_accepted_together(desk, press, owe, account):
    for n in range(3):
        owe(f"김철{'가나다'[n]}")
        DepositFactory(account=account, name=f"김철{'가나다'[n]}")
    page = desk.get(reverse("payments_reconcile")).content.decode()
    hidden = re.findall(r'type="hidden" name="accept" value="([^"]+)"', page)

    press("payments_accept", accept=hidden)

    assert len(hidden) == 3
    assert Match.objects.count() == 3


def test_what_fits_nothing_is_set_aside_together_and_comes_back(desk, press, account):
    deposits = [
        DepositFactory(account=account, name="전기요금", amount_krw=77_777 + n) for n in (1, 2)
    ]
    page = desk.get(reverse("payments_reconcile")).content.decode()
    hidden = re.findall(r'type="hidden" name="deposit" value="([^"]+)"', page)

    press("payments_put_aside", deposit=hidden)

    assert Deposit.objects.filter(state=Deposit.State.SET_ASIDE).count() == 2
    assert "전기요금" in desk.get(reverse("payments_matched")).content.decode()
    press("payments_take_back", deposits[0].public_id)
    press("payments_take_back", deposits[0].public_id)
    assert Deposit.objects.filter(state=Deposit.State.OPEN).count() == 1


def test_an_empty_list_says_what_to_do(desk):
    page = desk.get(reverse("payments_reconcile")).content.decode()

    assert reverse("payments_statements") in page


def test_what_came_too_late_says_so(desk, press, owe, account, things):
    """The registration was given up; one press takes it up again if there is a seat."""
    payment = owe("홍길동", due_at=timezone.now() - timedelta(hours=2))
    close_payment(payment.purpose, payment.subject)
    DepositFactory(account=account, name="토론회홍길동")
    page = desk.get(reverse("payments_reconcile")).content.decode()
    assert page.count("offer__warning") == 2

    press("payments_accept", accept=accepts(page)[0])

    payment.refresh_from_db()
    assert payment.state == Payment.State.PAID
    assert things.settled == {str(payment.subject)}
    assert Match.objects.get().reason == "late"


def test_what_is_not_known_any_more_is_called_by_its_number(desk, owe, account, things):
    payment = owe("홍길동")
    DepositFactory(account=account, name="아무개", amount_krw=15_000)
    things.payers.clear()

    assert str(payment.public_id)[:8] in desk.get(reverse("payments_unpaid")).content.decode()
    assert not accepts(desk.get(reverse("payments_reconcile")).content.decode())
