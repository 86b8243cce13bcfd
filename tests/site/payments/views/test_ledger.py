"""The treasurer's ledger and the entries behind each of its sums."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from accounts.defaults import AUDITOR, DIRECTOR, EDITOR
from payments.models import LedgerEntry
from payments.services import close_payment, mark_paid
from payments.services.figures import FIGURES, Scope, sums_of, total_of
from payments.services.ledger import Account, Booking, What, book
from privacy.models import AccessEntry
from tests.conftest import publish
from tests.factories.accounts import UserFactory
from tests.factories.books import date_back, fill_books, last_month
from tests.factories.forums import ForumPageFactory
from tests.factories.orders import make_order
from tests.factories.payments import PURPOSE, DepositFactory, PaymentFactory
from tests.queries import read

pytestmark = [pytest.mark.django_db, pytest.mark.integration]
LEDGER = "/admin/payments/ledger/"
ENTRIES = "/admin/payments/ledger/entries/"


@pytest.fixture
def full(things, treasurer):
    paid = fill_books(treasurer)
    things.name(paid, "남궁민수")
    DepositFactory(amount_krw=7_000)
    late = PaymentFactory()
    close_payment(PURPOSE, late.subject)
    things.is_full = True
    mark_paid(late, method="bank_transfer", user=treasurer, note="늦은 입금")
    return paid


@pytest.fixture
def forum(campaign_page):
    return publish(ForumPageFactory(parent=campaign_page))


def soup_of(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").find("main")


def won(text):
    return int(re.sub(r"[^\d-]", "", text))


def sums_on(soup):
    """Every sum on the screen that leads to something: its label, the won, the address."""
    for row in soup.select("#money-section tbody tr, #waiting-section tbody tr"):
        yield row.a.text, won(row.td.text), row.a["href"]


def test_every_sum_is_the_sum_of_the_entries_behind_it(desk, full):
    soup = soup_of(desk, LEDGER)
    found = {label: (amount, address) for label, amount, address in sums_on(soup)}

    sums = sums_of(Scope().entries())
    for figure in FIGURES:
        if figure.is_of_cards:
            assert str(figure.label) not in found
            continue
        amount, address = found[str(figure.label)]
        assert amount == total_of(figure, sums), figure.name
        lead = soup_of(desk, address).find(class_="papers__lead").text
        assert f"{amount:,}원" in lead, figure.name


def test_what_is_still_to_be_done_stands_beside_it(desk, full):
    waiting = list(sums_on(soup_of(desk, LEDGER)))[-3:]

    assert [(amount, address) for _label, amount, address in waiting] == [
        (3_000, reverse("payments_refunds")),
        (20_000, reverse("payments_no_seat")),
        (7_000, reverse("payments_reconcile")),
    ]


def test_a_month_is_chosen_and_all_months(desk, full):
    date_back()
    this_month = soup_of(desk, LEDGER)
    before = soup_of(desk, LEDGER, month=f"{last_month():%Y-%m}")
    everything = soup_of(desk, LEDGER, month="all")
    nonsense = soup_of(desk, LEDGER, month="2026-99")

    for soup, expected in (
        (this_month, 0),
        (before, 120_000),
        (everything, 120_000),
        (nonsense, 0),
    ):
        assert next(sums_on(soup))[1] == expected
    assert this_month.select_one("#accounts-section tbody td").text == "52,000원"


def test_the_accounts_add_up_or_an_alarm_says_so(desk, full):
    assert not soup_of(desk, LEDGER).find(role="alert")
    LedgerEntry.objects.filter(account="cash").delete()

    assert "20,000" in soup_of(desk, LEDGER).find(role="alert").text


def test_a_forum_has_its_line_by_title_and_its_own_ledger(desk, forum):
    make_order(forum, people=("남궁민수",))
    make_order(forum, people=("서라온",))
    soup = soup_of(desk, LEDGER)
    link = soup.select_one("#groups-section tbody th a")
    assert link.text == forum.title
    assert "남궁민수" not in str(soup)

    own = soup_of(desk, link["href"])
    assert next(sums_on(own))[1] == 40_000
    rows = soup_of(desk, next(sums_on(own))[2])
    assert len(rows.select("tbody tr")) == 2
    assert "남궁민수" not in str(rows)
    assert not AccessEntry.objects.exists()


def test_entries_are_filtered_and_go_on_page_by_page(desk, things):
    for _ in range(30):
        PaymentFactory()
    soup = soup_of(desk, ENTRIES, account="income", what="opened")
    assert len(soup.select("tbody tr")) == 30
    soup = soup_of(desk, ENTRIES)
    assert len(soup.select("tbody tr")) == 50
    more = soup.select_one("nav.steps a")["href"]
    assert len(soup_of(desk, ENTRIES + more).select("tbody tr")) == 10
    payment = soup_of(desk, soup.select_one("tbody a")["href"])
    assert len(payment.select("tbody tr")) == 2
    assert len(soup_of(desk, ENTRIES, payment="nobody").select("tbody tr")) == 50
    assert not soup_of(desk, ENTRIES, month=f"{last_month():%Y-%m}").select("tbody tr")


@pytest.mark.parametrize("address", [LEDGER, ENTRIES])
def test_more_rows_cost_no_more_queries(desk, forum, address):
    costs = []
    desk.get(address)
    for number in (1, 3):
        for _ in range(number):
            make_order(forum, people=("남궁민수",))
        costs.append(read(desk, address)[1])

    assert costs[0] == costs[1]
    assert costs[1] <= 22


@pytest.mark.parametrize(("role", "may"), [(DIRECTOR, True), (AUDITOR, True), (EDITOR, False)])
def test_who_may_look(client, things, role, may):
    client.force_login(UserFactory(role=role))
    for address in (LEDGER, ENTRIES):
        response = client.get(address)
        assert (response.status_code == 200) is may
        assert "exports/new" not in response.content.decode()


def test_the_treasurer_is_led_to_the_files(desk, things):
    links = [link["href"] for link in soup_of(desk, LEDGER).select("p.steps a")]

    month = f"{timezone.localdate():%Y-%m}"
    assert links[1:] == [
        f"{reverse('exports:start', args=[name])}?month={month}"
        for name in ("payments.journal", "payments.months")
    ]


def test_without_a_key_nothing_of_cards_shows_anywhere(desk, full):
    deposit = DepositFactory()
    month = last_month()
    for address in (
        LEDGER,
        f"{LEDGER}?month=all",
        ENTRIES,
        "/admin/payments/months/",
        f"/admin/payments/months/{month:%Y}-{month.month}/",
        "/admin/payments/refunds/",
        f"/admin/payments/deposits/{deposit.public_id}/",
        "/admin/exports/new/payments.journal/",
    ):
        response = desk.get(address)
        text = BeautifulSoup(response.content, "html.parser").find("main")
        assert not re.search(r"카드|stripe", str(text), re.IGNORECASE), address
    assert desk.get("/admin/payments/card-books/").status_code == 404


def test_what_was_paid_by_card_once_still_shows_without_a_key(desk, things):
    book([Booking(What.CARD_PAID, Account.CARD, Account.REFUNDABLE, 5_000)])

    assert "카드" in str(soup_of(desk, LEDGER))
    assert 'value="card"' in str(soup_of(desk, ENTRIES))
