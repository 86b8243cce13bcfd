"""Paying for a registration by card in tests, as the payer and the card company do it."""

from campaigns.forums.services import open_card_page
from payments.services import ask_about
from payments.services.cards import send_card_refunds
from tests.campaigns.forums.participant import payment_of

PAGE = "https://site.example/t/o/secret/"


def open_page(order):
    """The session at the card company."""
    return open_card_page(order, PAGE).rsplit("/", 1)[1]


def pay_by_card(company, order):
    company.books.pay(open_page(order))
    ask_about(payment_of(order))
    order.refresh_from_db()
    return payment_of(order)


def sent_back(company):
    """What the card company sent back, once the job has run."""
    send_card_refunds()
    return [row["amount"] for row in company.books.refunds.values()]
