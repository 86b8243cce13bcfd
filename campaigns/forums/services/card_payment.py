"""Paying for a registration by card: the page to pay on, and what follows from leaving it."""

from payments.exceptions import NotPayableError
from payments.services import ask_about, begin_attempt, waits_for_card

from ..models import Order
from .owners import payment_of


def open_card_page(order: Order, page_url: str) -> str:
    """The address at the card company at which this registration is paid; it leads back to ours.

    Pressed twice it is the same page. What one returns to proves nothing: it asks. Raises
    NotPayableError, CardsAwayError, CardRefusedError.
    """
    payment = payment_of(order)
    if payment is None:
        raise NotPayableError
    checkout = begin_attempt(
        payment,
        title=order.forum.title,
        email=order.email or "",
        done_url=f"{page_url}?card=done",
        back_url=f"{page_url}?card=back",
    )
    return checkout.url


def hear_of_card(order: Order) -> None:
    """Learn whether a page that is open was paid, before something is decided without knowing it.

    Somebody who has just paid and cancels at once is shown what goes back.
    """
    payment = payment_of(order)
    if payment is not None and waits_for_card(payment):
        ask_about(payment)
        order.refresh_from_db(fields=["status", "confirmed_at"])
