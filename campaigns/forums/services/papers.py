"""Papers about a registration, each with a number by which anybody can check what it says.

Nothing is stored: the number is the registration's reference and a keyed sum over what the paper
is. Who checks it reads what the paper would say today, so one that was issued before a refund or
a correction shows as that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hmac import compare_digest

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from home.dates import korean_date, korean_moment
from payments.services import ways_in_words
from privacy.blind_index import blind_index
from privacy.tokens import REFERENCE_ALPHABET, REFERENCE_LENGTH

from ..exceptions import PaperNotIssuedError
from ..models import CheckIn, Order, Ticket
from .owners import payment_of

SUM_LENGTH = 8


class Kind(StrEnum):
    REGISTRATION = "registration"
    RECEIPT = "receipt"
    ATTENDANCE = "attendance"

    @property
    def label(self) -> object:
        return KIND_LABELS[self]


KIND_LABELS = {
    Kind.REGISTRATION: gettext_lazy("Proof of registration"),
    Kind.RECEIPT: gettext_lazy("Receipt of the fee"),
    Kind.ATTENDANCE: gettext_lazy("Proof of attendance"),
}


@dataclass(frozen=True)
class Paper:
    """What a paper says. ``name`` is empty once the person's data is destroyed."""

    kind: Kind
    number: str
    name: str
    rows: tuple[tuple[str, str], ...]


def issue_paper(kind: Kind, order: Order, ticket: Ticket | None = None) -> Paper:
    """What the paper says today. Refuses with PaperNotIssuedError what is not so."""
    rows = _WRITERS[kind](order, ticket)
    number = paper_number(kind, order, ticket)
    return Paper(kind, number, (ticket or order).name or "", (*_forum_rows(order), *rows))


def find_paper(number: str) -> tuple[Paper | None, Kind]:
    """The paper behind a number, however it was typed; None if it says what is not so any more.

    Raises Order.DoesNotExist for a number that was never given out.
    """
    signs = "".join(filter(str.isalnum, number)).upper()
    if len(signs) != REFERENCE_LENGTH + SUM_LENGTH or not signs.isascii():
        raise Order.DoesNotExist
    orders = Order.objects.select_related("forum")
    order = orders.get(reference=f"{signs[:4]}-{signs[4:8]}")
    for kind, ticket in _candidates(order):
        if compare_digest(_checksum(kind, order, ticket), signs[REFERENCE_LENGTH:]):
            try:
                return issue_paper(kind, order, ticket), kind
            except PaperNotIssuedError:
                return None, kind
    raise Order.DoesNotExist


def paper_number(kind: Kind, order: Order, ticket: Ticket | None = None) -> str:
    """Such as 7K3D-92QF-8XQ2-M4TT; the same for the same paper."""
    signs = _checksum(kind, order, ticket)
    return f"{order.reference}-{signs[:4]}-{signs[4:]}"


def _candidates(order: Order) -> Iterator[tuple[Kind, Ticket | None]]:
    yield Kind.REGISTRATION, None
    yield Kind.RECEIPT, None
    for ticket in order.tickets.all():
        yield Kind.ATTENDANCE, ticket


def _checksum(kind: Kind, order: Order, ticket: Ticket | None) -> str:
    about = f"{kind} {(ticket or order).public_id}"
    chance, signs = int.from_bytes(blind_index("forums.paper", about)), ""
    for _place in range(SUM_LENGTH):
        chance, place = divmod(chance, len(REFERENCE_ALPHABET))
        signs += REFERENCE_ALPHABET[place]
    return signs


def _forum_rows(order: Order) -> Iterator[tuple[str, str]]:
    yield pgettext("kind of page", "Forum"), order.forum.title
    if order.forum.starts_at:
        yield pgettext("paper", "Day"), korean_date(order.forum.starts_at)
    if order.forum.place:
        yield _("Place of the forum"), order.forum.place


def _registration(order: Order, _ticket: Ticket | None) -> list[tuple[str, str]]:
    if order.status not in (Order.Status.WAITING, Order.Status.CONFIRMED):
        raise PaperNotIssuedError
    people = order.tickets.filter(cancelled_at=None).count()
    rows = [
        (_("Number of people"), _("%(number)s people") % {"number": people}),
        (_("Sessions"), ", ".join(_sessions(order))),
        (
            pgettext("of a forum", "Fee"),
            won(order.amount_krw) if order.amount_krw else _("Free of charge"),
        ),
        (_("Status"), str(order.get_status_display())),
        (_("Registered on"), korean_moment(order.created_at)),
    ]
    return [*_organisation(order.organisation), *rows]


def _receipt(order: Order, _ticket: Ticket | None) -> list[tuple[str, str]]:
    payment = payment_of(order)
    if payment is None or not payment.received_krw:
        raise PaperNotIssuedError
    rows = [
        (_("What for"), _("Fee for the forum")),
        (pgettext("paper", "Received"), won(payment.received_krw)),
    ]
    if payment.refunded_krw:
        rows.append((_("Of this given back"), won(payment.refunded_krw)))
    if payment.paid_at:
        rows.append((_("Received on"), korean_date(payment.paid_at)))
    rows.append((_("How it was paid"), ways_in_words(payment)))
    return [*_organisation(order.organisation), *rows]


def _attendance(order: Order, ticket: Ticket | None) -> list[tuple[str, str]]:
    entries = CheckIn.objects.filter(seat__ticket=ticket).select_related("seat__session")
    came = [
        (str(entry.seat.session), korean_moment(entry.checked_in_at))
        for entry in entries.order_by("seat__session__starts_at")
    ]
    if ticket is None or not came:
        raise PaperNotIssuedError
    told = [(_("Came in to %(session)s") % {"session": session}, at) for session, at in came]
    return [*_organisation(ticket.organisation), *told]


_WRITERS = {
    Kind.REGISTRATION: _registration,
    Kind.RECEIPT: _receipt,
    Kind.ATTENDANCE: _attendance,
}


def _organisation(name: str | None) -> list[tuple[str, str]]:
    return [(_("Organisation"), name)] if name else []


def _sessions(order: Order) -> list[str]:
    tickets = order.tickets.prefetch_related("seats__session")
    found = {seat.session for ticket in tickets for seat in ticket.seats.all()}
    return [str(session) for session in sorted(found, key=lambda session: session.starts_at)]


def won(amount: int) -> str:
    return f"{amount:,}원"


def today() -> str:
    """The day of issue."""
    return korean_date(timezone.now())
