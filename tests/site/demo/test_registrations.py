"""The demo's forum: registrations in every state, and a bank's file that pays for some of them."""

import pytest

from campaigns.forums.models import Order
from demo.content import load_pages
from demo.registrations import load_registrations
from demo.staff import load_staff
from payments.models import BankAccount, Deposit, Match, MonthClose, Payment, Refund
from payments.services.comparison import find_faults
from payments.services.figures import FIGURES, Scope, months_of_the_books, sums_of, total_of
from payments.services.imports import request_import, run_import
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_somebody_in_every_state_and_a_file_that_moves_them_on(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    _petition, forum = load_pages()
    load_staff()

    load_registrations(forum)
    load_registrations(forum)

    orders = Order.objects.filter(forum=forum)
    assert {*orders.values_list("status", flat=True)} == {*Order.Status.values}
    assert {Payment.Method.BANK_TRANSFER, Payment.Method.WAIVED} <= {
        *Payment.objects.values_list("method", flat=True)
    }
    assert {*Refund.objects.values_list("state", flat=True)} == {"asked", "sent"}
    assert MonthClose.objects.get().month == months_of_the_books()[-1]
    sums = sums_of(Scope(months_of_the_books()[1]).entries())
    empty = {figure.name for figure in FIGURES if not total_of(figure, sums)}
    assert empty == {figure.name for figure in FIGURES if figure.is_of_cards}
    assert len({order.created_at.date() for order in orders}) >= 4
    waiting = orders.filter(status=Order.Status.WAITING).count()

    content = (tmp_path / "demo" / "bank-statement.csv").read_bytes()
    account = BankAccount.objects.get(pk=forum.account_id)
    job = request_import(account, content=content, file_name="a.csv", user=UserFactory())
    run_import(job.public_id)

    job.refresh_from_db()
    assert (job.state, job.problems) == ("done", [])
    assert Match.objects.filter(source="rule").exists()
    assert Deposit.objects.filter(state=Deposit.State.OPEN).exists()  # Something to look at.
    assert orders.filter(status=Order.Status.WAITING).count() < waiting
    assert [*find_faults()] == []
