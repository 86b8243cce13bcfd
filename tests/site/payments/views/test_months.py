"""Closing a month on the screen: what stands against it, the note, the second person."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from payments.models import LedgerEntry, MonthClose, Payment
from payments.services.months import close_month
from tests.factories.accounts import UserFactory
from tests.factories.books import date_back, fill_books, last_month
from tests.factories.payments import DepositFactory
from tests.queries import read

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture
def full(things, treasurer):
    paid = fill_books(treasurer)
    date_back()
    return paid


@pytest.fixture
def month():
    return last_month().year, last_month().month


@pytest.fixture
def closed(full, keeper):
    return close_month(last_month(), user=keeper)


def look(client, month):
    answer = client.get(reverse("payments_month", args=month))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser").find("main")


def close_button(soup, month):
    return soup.find("form", action=reverse("payments_close_month", args=month))


def test_a_month_that_agrees_is_closed_with_one_press(desk, press, full, month, keeper):
    soup = look(desk, month)
    assert "100,000원" in soup.text
    assert close_button(soup, month)

    assert "마감했습니다" in press("payments_close_month", *month, note="")

    assert MonthClose.objects.get().closed_by == keeper
    assert not close_button(look(desk, month), month)
    assert "이미 마감" in press("payments_close_month", *month, note="")


def test_what_is_carried_over_wants_a_note(desk, press, full, month):
    DepositFactory(amount_krw=7_000)
    date_back()
    soup = look(desk, month)
    assert soup.find("a", href=reverse("payments_reconcile"))
    assert "7,000원" in soup.text

    told = press("payments_close_month", *month, note="")
    assert not MonthClose.objects.exists()
    assert "까닭을 적어 주십시오" in told
    press("payments_close_month", *month, note="미확인 입금 7,000원, 다음 달로")
    assert MonthClose.objects.get().note == "미확인 입금 7,000원, 다음 달로"


@pytest.mark.parametrize("broken", ["balance", "comparison"])
def test_books_that_do_not_agree_offer_no_button(desk, press, full, month, broken):
    if broken == "balance":
        LedgerEntry.objects.filter(account="cash").delete()
    else:
        Payment.objects.filter(pk=full.pk).update(refunded_krw=1)

    soup = look(desk, month)
    assert not close_button(soup, month)
    ledger = f"{reverse('payments_ledger')}?month={last_month():%Y-%m}"
    assert soup.select_one("#obstacles-section").find("a", href=ledger)
    assert "아직 마감할 수 없습니다" in press("payments_close_month", *month, note="그래도")
    assert not MonthClose.objects.exists()


def test_a_note_has_a_length(press, full, month):
    press("payments_close_month", *month, note="가" * 301)

    assert not MonthClose.objects.exists()


def test_the_running_month_and_others_are_not_closed(desk, press, full):
    now = timezone.localdate()
    assert not close_button(look(desk, (now.year, now.month)), (now.year, now.month))
    press("payments_close_month", now.year, now.month, note="")
    assert not MonthClose.objects.exists()
    for never in ((now.year - 5, 1), (now.year, 13)):
        assert desk.get(reverse("payments_month", args=never)).status_code == 404


def test_another_person_opens_it_again(client, desk, press, closed, director):
    press("payments_ask_to_reopen", closed.pk, reason="")
    press("payments_ask_to_reopen", closed.pk, reason="영수증이 빠졌습니다")
    press("payments_ask_to_reopen", closed.pk, reason="또")
    assert "본인이 요청한 일" in desk.get(reverse("payments_months")).content.decode()
    assert (
        "다시 열어 달라는 요청이 있습니다"
        in look(desk, (closed.month.year, closed.month.month)).text
    )
    assert desk.post(reverse("payments_reopen_month", args=[closed.pk])).status_code == 302
    closed.refresh_from_db()
    assert closed.reopened_at is None

    client.force_login(director)
    page = client.get(reverse("payments_months")).content.decode()
    assert "영수증이 빠졌습니다" in page
    assert reverse("payments_reopen_month", args=[closed.pk]) in page
    press("payments_reopen_month", closed.pk)
    closed.refresh_from_db()
    assert closed.reopened_by == director
    assert "이미 처리되었습니다" in press("payments_reopen_month", closed.pk)
    assert "이미 처리되었습니다" in press("payments_keep_closed", closed.pk)
    client.force_login(closed.closed_by)
    assert "이미 처리되었습니다" in press("payments_ask_to_reopen", closed.pk, reason="늦었습니다")
    assert "다시 연 달" in desk.get(reverse("payments_months")).content.decode()


def test_who_asked_can_not_allow_it_even_with_both_rights(client, press, closed):
    admin = UserFactory(administrator=True)
    client.force_login(admin)
    press("payments_ask_to_reopen", closed.pk, reason="제가 열겠습니다")

    assert "다른 사람이 허락해야" in press("payments_reopen_month", closed.pk)
    closed.refresh_from_db()
    assert closed.reopened_at is None


def test_the_wish_is_taken_back_by_who_asked_and_by_nobody_else(client, press, closed, keeper):
    press("payments_ask_to_reopen", closed.pk, reason="잘못 눌렀습니다")
    client.force_login(UserFactory(role="회계 담당"))
    press("payments_keep_closed", closed.pk)
    closed.refresh_from_db()
    assert closed.reopen_asked_by == keeper

    client.force_login(keeper)
    assert "마감한 대로" in press("payments_keep_closed", closed.pk)
    closed.refresh_from_db()
    assert closed.reopen_asked_by is None


def test_who_may_only_look_has_no_buttons(client, full, month):
    client.force_login(UserFactory(role="감사"))
    soup = look(client, month)

    assert not close_button(soup, month)
    assert client.get(reverse("payments_months")).status_code == 200
    assert client.post(reverse("payments_close_month", args=month)).status_code in (302, 403)
    assert not MonthClose.objects.exists()


def test_the_list_costs_the_same_for_a_year(desk, closed):
    address = reverse("payments_months")
    desk.get(address)
    few = read(desk, address)[1]
    first = (last_month().replace(day=1, year=last_month().year - 1)).replace(day=2)
    open_ones = LedgerEntry.objects.filter(day__gte=timezone.localdate().replace(day=1))
    DepositFactory()
    open_ones.update(day=first)

    assert read(desk, address)[1] == few
