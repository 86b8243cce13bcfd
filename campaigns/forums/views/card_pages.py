"""From a registration to the card company's page, and back from it.

A GET changes nothing, also not the one that the card company sends the payer to: that address can
be opened by anybody who has it, whether something was paid or not. It shows what is known; where
that is nothing yet, its one button asks the card company (a script presses it), and the answer is
booked as an event or the job would. So whoever looks on reads the truth although no event comes,
and a program that opens addresses sets nothing off.
"""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse

from payments.exceptions import CardRefusedError, CardsAwayError, NotPayableError
from payments.services import Heard, ask_about, pay_by_transfer

from ..presenters.card_way import MOST_CHECKS
from ..services import open_card_page, payment_of
from .order_pages import order_page, see_order


def go_to_card_page(order, address):
    """Lead to where this order is paid by card; to its own page, with the reason, where not."""
    try:
        url = open_card_page(order, settings.SITE_URL + address)
    except NotPayableError:
        url = address
    except (CardsAwayError, CardRefusedError):
        url = f"{address}?told=card-away"
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


@order_page
def pay_by_card(request, token, order):
    if request.method != "POST":
        return see_order(token)
    return go_to_card_page(order, reverse("forums:show-order", args=[token]))


@order_page
def check_card(request, token, order):
    """Ask the card company, and show what came of it."""
    payment = payment_of(order)
    if request.method != "POST" or payment is None:
        return see_order(token)
    heard = ask_about(payment)
    if heard == Heard.UNKNOWN:
        return see_order(token, card="done", checks=_checks(request) + 1)
    return see_order(token, told="" if heard == Heard.PAID else "card-unpaid")


@order_page
def leave_card(request, token, order):
    """Pay by transfer instead."""
    payment = payment_of(order)
    if request.method != "POST" or payment is None or payment.account_id is None:
        return see_order(token)
    is_closed = pay_by_transfer(payment)
    return see_order(token, told="transfer" if is_closed else "card-open")


def _checks(request):
    """How often it was asked already."""
    typed = request.POST.get("checks", "")
    return min(int(typed), MOST_CHECKS) if typed.isdecimal() and len(typed) < 3 else 0
