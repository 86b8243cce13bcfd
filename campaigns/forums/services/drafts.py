"""What somebody asks for, and the rows that it becomes."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from payments.models import Payment
from payments.services import takes_by_card
from privacy.addresses import EMAIL_RULE_VERSION
from privacy.blind_index import address_index, blind_index, name_index
from privacy.tokens import make_reference, random_signs

from ..models import ForumSession, Invitation, Order, Seat, Ticket
from .state import ForumState

TICKET_CODE_LENGTH = 10


@dataclass(frozen=True)
class Person:
    """Who comes."""

    name: str
    organisation: str = ""
    takes_meal: bool = True
    meal_note: str = ""


@dataclass(frozen=True)
class Registration:
    """What somebody asks for; the first of the people registers for all.

    ``form_key`` tells one form from another. Whoever registers others at the door or in the office
    passes another channel: there the window of registration does not count.
    """

    form_key: uuid.UUID
    people: tuple[Person, ...]
    session_ids: tuple[int, ...]
    email: str = ""
    phone: str = ""
    wants_receipt: bool = False
    invitation: Invitation | None = None
    channel: str = Order.Channel.WEB
    pays_by_card: bool = False

    @property
    def key(self) -> uuid.UUID:
        """Equal for the same words in the same form, and only then."""
        asked = (self.email, self.phone, self.people, sorted(self.session_ids))
        return uuid.uuid5(self.form_key, blind_index("forums.form", repr(asked)).hex())


@dataclass(frozen=True)
class Draft:
    """An order about to be written."""

    state: ForumState
    asked: Registration
    sessions: Sequence[ForumSession]
    invitation: Invitation | None
    now: datetime
    then: Callable[[Order], None] | None = None

    @property
    def amount_krw(self) -> int:
        fees = sum(int(session.fee_krw) for session in self.sessions)
        return fees * len(self.asked.people)

    @property
    def method(self) -> str:
        """The card where it was chosen and takes the sum, else a transfer."""
        by_card = self.asked.pays_by_card and takes_by_card(self.amount_krw)
        return Payment.Method.CARD if by_card else Payment.Method.BANK_TRANSFER

    @property
    def mails_at_once(self) -> bool:
        """Who pays at the door hears when that is noted, a moment later."""
        pays_here = self.asked.channel == Order.Channel.DOOR and self.amount_krw > 0
        return bool(self.asked.email) and not pays_here

    def order(self) -> Order:
        asked, buyer, free = self.asked, self.asked.people[0], not self.amount_krw
        return Order(
            forum=self.state.page,
            invitation=self.invitation,
            form_key=asked.key,
            reference=make_reference(),
            status=Order.Status.CONFIRMED if free else Order.Status.WAITING,
            channel=asked.channel,
            name=buyer.name,
            name_index=name_index(buyer.name),
            email=asked.email or None,
            email_index=address_index(asked.email) if asked.email else None,
            email_rule=EMAIL_RULE_VERSION if asked.email else None,
            phone=asked.phone or None,
            phone_index=phone_index(asked.phone) if asked.phone else None,
            organisation=buyer.organisation or None,
            wants_receipt=asked.wants_receipt,
            amount_krw=self.amount_krw,
            created_at=self.now,
            status_changed_at=self.now,
            confirmed_at=self.now if free else None,
            retention_months=self.state.page.retention_months,
        )

    def tickets(self, order: Order) -> list[Ticket]:
        return [
            _ticket(order, number, person)
            for number, person in enumerate(self.asked.people, start=1)
        ]

    def seats(self, tickets: Sequence[Ticket]) -> list[Seat]:
        return [
            Seat(ticket=ticket, session=session, price_krw=session.fee_krw)
            for ticket in tickets
            for session in self.sessions
        ]


def _ticket(order: Order, number: int, person: Person) -> Ticket:
    code = random_signs(TICKET_CODE_LENGTH)
    return Ticket(
        order=order,
        number=number,
        name=person.name,
        name_index=name_index(person.name),
        organisation=person.organisation or None,
        takes_meal=person.takes_meal,
        meal_note=person.meal_note or None,
        code=code,
        code_index=ticket_code_index(code),
    )


def phone_index(phone: str) -> bytes:
    return blind_index("phone", phone)


def ticket_code_index(code: str) -> bytes:
    """By which a code is found, however it was typed."""
    return blind_index("forums.ticket_code", "".join(filter(str.isalnum, code)).upper())
