"""The bank's own file pays for a registration: seat confirmed, mail sent, ticket opens."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from campaigns.forums import services
from campaigns.forums.models import Order
from messaging.services import deliver_due
from payments.models import Deposit, Match, Payment
from payments.services.comparison import find_faults
from payments.services.imports import request_import, run_import
from tests.campaigns.forums.participant import asked, payment_of
from tests.factories.accounts import UserFactory
from tests.site.payments.kb import kb_file

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def order(state):
    order = services.place_order(state, asked(state, people=["한가람"]))
    Payment.objects.update(created_at=timezone.now() - timedelta(days=1))
    return order


def send_in(account, content):
    """The treasurer sends in a file of KB, as it comes."""
    job = request_import(account, content=content, file_name="KB.csv", user=UserFactory())
    run_import(job.public_id)


def test_one_line_of_the_file_is_a_ticket(client, state, order):
    payment, account = payment_of(order), state.page.account
    content = kb_file(account, (payment.depositor_name, payment.amount_krw))

    for _again in range(2):
        send_in(account, content)

    order.refresh_from_db()
    assert order.status == Order.Status.CONFIRMED
    assert Match.objects.get().source == "rule"
    assert Deposit.objects.count() == 1
    assert [*find_faults()] == []
    while deliver_due():
        pass
    told = next(letter.body for letter in mail.outbox if "/t/e/" in letter.body)
    ticket = client.get(re.search(r"/t/e/[^\s/]+/", told)[0])
    assert "한가람" in ticket.content.decode()
    assert "<svg" in ticket.content.decode()


@pytest.mark.parametrize(
    ("name", "won"),
    [("다른사람", 0), (None, -1_000), (None, 1_000), ("무관한 이체", -15_000)],
)
def test_what_does_not_fit_confirms_nobody(state, order, name, won):
    payment, account = payment_of(order), state.page.account

    send_in(account, kb_file(account, (name or payment.depositor_name, payment.amount_krw + won)))

    order.refresh_from_db()
    assert order.status != Order.Status.CONFIRMED
    assert not Match.objects.exists()
    assert Deposit.objects.get().state == Deposit.State.OPEN
