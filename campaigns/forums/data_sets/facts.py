"""Everything that the rows of a registration say; a test compares it with the models' fields."""

from collections.abc import Iterable

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from home.dates import korean_moment
from payments.models import Payment, Refund
from payments.services import ways_in_words
from privacy.addresses import written_phone
from rights.registry import Fact

from ..models import Order, Ticket

Row = tuple[str, object, object]


def order_facts(row: Order, payment: Payment | None) -> list[Fact]:
    told = [*_order(row)]
    for ticket in row.tickets.all():
        told += _ticket(ticket)
    if payment:
        told += _payment(payment)
        for number, refund in enumerate(payment.refunds.all(), start=1):
            told += _refund(number, refund)
    return [Fact(name, label, "" if value is None else str(value)) for name, label, value in told]


def _order(row: Order) -> Iterable[Row]:
    invitation = row.invitation
    return (
        ("name", _("Name"), row.name),
        ("email", _("E-mail"), row.email),
        ("phone", _("Mobile phone"), written_phone(row.phone or "")),
        ("organisation", _("Organisation"), row.organisation),
        ("invitation", _("Invitation of"), str(invitation) if invitation else ""),
        ("reference", pgettext("order", "Reference"), row.reference),
        ("status", _("Status"), row.get_status_display()),
        ("channel", _("How it came"), row.get_channel_display()),
        ("amount_krw", _("Amount"), _won(row.amount_krw)),
        ("wants_receipt", _("wants a receipt"), _yes(row.wants_receipt)),
        ("created_at", _("Registered on"), korean_moment(row.created_at)),
        ("confirmed_at", pgettext("moment", "Confirmed"), _moment(row.confirmed_at)),
        ("retention_months", _("months kept after the forum, as told"), row.retention_months),
        ("status_changed_at", _("Status changed on"), korean_moment(row.status_changed_at)),
    )


def _ticket(ticket: Ticket) -> Iterable[Row]:
    who = _("Person %(number)s") % {"number": ticket.number}
    seats = ", ".join(_seat(seat) for seat in ticket.seats.all())
    facts = (
        ("name", _("Name"), ticket.name),
        ("organisation", _("Organisation"), ticket.organisation),
        ("seats", _("Sessions"), seats),
        ("takes_meal", _("takes the meal"), _yes(ticket.takes_meal)),
        ("meal_note", _("About the meal"), ticket.meal_note),
        ("code", pgettext("ticket", "Code"), ticket.code),
        ("cancelled_at", pgettext("participant", "Cancelled"), _moment(ticket.cancelled_at)),
    )
    return ((f"tickets.{ticket.number}.{n}", f"{who} · {label}", v) for n, label, v in facts)


def _seat(seat) -> str:
    told = f"{seat.session} {_won(seat.price_krw)}"
    return f"{told} ({_('given back')})" if seat.released_at else told


def _payment(payment: Payment) -> Iterable[Row]:
    account = payment.account
    facts = (
        ("state", _("state"), payment.get_state_display()),
        ("method", _("method"), ways_in_words(payment) or payment.get_method_display()),
        ("depositor_name", _("Depositor's name"), payment.depositor_name),
        ("account", _("bank account"), f"{account.bank} {account.number}" if account else ""),
        ("received_krw", _("received"), _won(payment.received_krw)),
        ("refunded_krw", _("refunded"), _won(payment.refunded_krw)),
        ("due_at", _("To be paid by"), _moment(payment.due_at)),
        ("paid_at", _("paid"), _moment(payment.paid_at)),
    )
    return (
        (f"payment.{n}", f"{pgettext('of a registration', 'Payment')} · {label}", v)
        for n, label, v in facts
    )


def _refund(number: int, refund: Refund) -> Iterable[Row]:
    facts = (
        ("amount_krw", _("amount"), _won(refund.amount_krw)),
        ("state", _("state"), refund.get_state_display()),
        ("reason", _("reason"), refund.reason),
        ("bank", _("Bank"), refund.bank),
        ("account_number", _("Account number"), refund.account_number),
        ("account_holder", _("Account holder"), refund.account_holder),
        ("asked_at", _("asked for"), korean_moment(refund.asked_at)),
        ("decided_at", _("Decided on"), _moment(refund.decided_at)),
    )
    what = pgettext("heading", "Refund")
    return ((f"refunds.{number}.{n}", f"{what} {number} · {label}", v) for n, label, v in facts)


def _won(amount: int) -> str:
    return f"{intcomma(amount)}{pgettext('unit after a number', 'won')}"


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")


def _moment(value) -> str:
    return korean_moment(value) if value else ""
