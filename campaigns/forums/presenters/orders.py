"""An order as its owner reads it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from home.dates import korean_datetime, korean_time
from payments.models import Payment, Refund
from payments.services import card_part, ways_in_words
from privacy.addresses import written_phone

from .. import services
from ..models import ForumSession, Order, Ticket
from .card_way import CardWay, card_way
from .headlines import Headline, card_headline, refund_words
from .papers import papers_of

Status = Order.Status
States = Payment.State


@dataclass(frozen=True)
class CancelChoice:
    value: str
    label: str
    refund_krw: int
    tickets: tuple[int, ...]
    card_krw: int = 0  # the part that goes back to the card by itself

    @property
    def account_krw(self) -> int:
        """The part for which an account is needed."""
        return self.refund_krw - self.card_krw


@dataclass(frozen=True)
class SessionChoice:
    """A session on the form. ``left`` is None where there is no limit."""

    session: ForumSession
    left: int | None
    is_chosen: bool

    @property
    def when(self) -> str:
        return _hours(self.session)

    @property
    def is_full(self) -> bool:
        return self.left == 0


def _hours(session: ForumSession) -> str:
    return f"{korean_datetime(session.starts_at)} ~ {korean_time(session.ends_at)}"


def session_choices(form, invitation) -> list[SessionChoice]:
    """What the form offers, with the seats that are left; one query."""
    left = services.seats_left([session.pk for session in form.offered], invitation)
    chosen = set(map(str, form["sessions"].value() or []))
    return [
        SessionChoice(
            session,
            left.get(session.pk),
            str(session.pk) in chosen and left.get(session.pk) != 0,
        )
        for session in form.offered
    ]


class OrderPresenter:
    """Reads payment, refunds and tickets once each."""

    def __init__(self, order: Order, now: datetime) -> None:
        self.order = order
        self.now = now
        self.payment = services.payment_of(order)
        tickets = order.tickets.prefetch_related("seats__session").order_by("number")
        self.tickets: list[Ticket] = list(tickets)
        order.catch_up_with(self.payment, is_anybody_coming=bool(self.coming))

    @property
    def phone(self) -> str:
        return written_phone(self.order.phone or "")

    @property
    def coming(self) -> list[Ticket]:
        return [ticket for ticket in self.tickets if ticket.cancelled_at is None]

    @property
    def sessions(self):
        """Those of the people who still come, else of all; each with its hours."""
        seats = [seat for ticket in self.coming or self.tickets for seat in ticket.seats.all()]
        found = sorted({seat.session for seat in seats}, key=lambda session: session.starts_at)
        return [(session, _hours(session)) for session in found]

    @property
    def papers(self):
        """What can be downloaded today."""
        return papers_of(self.order, self.payment)

    @property
    def changeable(self) -> set[int]:
        """The numbers of the tickets with which somebody else may still come; two queries."""
        return services.changeable_tickets(self.order, self.coming)

    @cached_property
    def refunds(self) -> list[Refund]:
        return list(self.payment.refunds.order_by("pk")) if self.payment else []

    @property
    def gives_back(self) -> bool:
        """Whether there is money that cancelling could bring back."""
        return bool(self.payment and self.payment.refundable_krw)

    @property
    def asks_for_money(self) -> bool:
        """Whether the fee, or a part of it, is waited for."""
        waits = self.order.status == Status.WAITING
        return bool(waits and self.payment and self.payment.state == States.OPEN)

    @cached_property
    def card(self) -> CardWay | None:
        """How it can be paid by card; None where cards have no part in it."""
        return card_way(self.payment, self.now) if self.asks_for_money else None

    @property
    def shows_account(self) -> bool:
        """Whether the account card is shown: not where the card was chosen, or is the only way."""
        if self.card is None:
            return self.asks_for_money
        return self.card.has_other_way and not self.card.is_chosen

    @property
    def paid_by(self) -> str:
        """How what came has come."""
        return ways_in_words(self.payment)

    @property
    def is_overdue(self) -> bool:
        payment = self.payment
        return bool(self.asks_for_money and payment.due_at and payment.due_at <= self.now)

    @property
    def may_cancel(self) -> bool:
        if self.order.status == Status.LAPSED:
            return self.gives_back
        return self.order.status in (Status.WAITING, Status.CONFIRMED)

    @property
    def headline(self) -> Headline:
        return getattr(self, f"_{self.order.status}")()

    def _waiting(self) -> Headline:
        if self.payment and self.payment.received_krw:
            return Headline(
                pgettext("order", "Part of the fee has come"),
                _("The rest is missing"),
                _("Once the rest has come, your place is certain."),
                "warning",
            )
        if self.card and (self.card.is_chosen or not self.is_overdue):
            return card_headline(self.card, is_overdue=self.is_overdue)
        if self.is_overdue:
            return Headline(
                pgettext("order", "Deposits are being looked at"),
                _("The deadline is over"),
                _("If you have sent the money, we see it with the next statement of the bank."),
                "warning",
            )
        return Headline(
            pgettext("order", "Waiting for the deposit"),
            _("We have your registration"),
            _("Once the deposit is confirmed, your place is certain."),
            "info",
        )

    def _confirmed(self) -> Headline:
        method = self.payment.method if self.payment else ""
        ways = [way for way, _won in self.payment.ways] if self.payment else []
        if Payment.Method.CARD in ways:
            method = Payment.Method.CARD if len(ways) == 1 else "several"
        kickers = {
            "": pgettext("order", "Registration confirmed"),
            "several": pgettext("order", "Fee paid"),
            Payment.Method.CARD: pgettext("order", "Paid by card"),
            Payment.Method.ON_SITE: pgettext("order", "Paid at the door"),
            Payment.Method.WAIVED: pgettext("order", "Fee waived"),
        }
        kicker = kickers.get(method, pgettext("order", "Deposit confirmed"))
        text = _("We are looking forward to seeing you.")
        return Headline(kicker, _("Your place is certain"), text, "success")

    def _lapsed(self) -> Headline:
        if self.gives_back:
            return Headline(
                pgettext("order", "The money came after the seats were gone"),
                _("There is no seat left for you"),
                self._late_words(),
                "warning",
            )
        return Headline(
            pgettext("order", "Not paid in time"),
            _("This registration has lapsed"),
            _("If there are seats, you can register again."),
            "warning",
        )

    def _cancelled(self) -> Headline:
        states = {refund.state for refund in self.refunds}
        if Refund.State.ASKED in states:
            return Headline(
                pgettext("order", "Refund asked for"),
                _("Your registration is cancelled"),
                refund_words([r for r in self.refunds if r.state == Refund.State.ASKED]),
                "info",
            )
        kicker = pgettext("order", "Cancelled")
        if Refund.State.SENT in states:
            kicker = pgettext("order", "Refund sent")
        return Headline(kicker, _("Your registration is cancelled"), "", "info")

    def _late_words(self) -> str:
        assert self.payment is not None
        if self.most_to_card == self.payment.refundable_krw:
            return _("We look for a seat. If you want your money back now, ask for it below.")
        return _("We look for a seat. If you want your money back now, tell us your account.")

    def cancel_choices(self) -> list[CancelChoice]:
        """Everybody first, then one by one where several come; each with what goes back."""
        coming = self.coming
        groups = [(coming, "all", self._all_label(coming))]
        if len(coming) > 1 and self.order.status != Status.LAPSED:
            groups += [([ticket], str(ticket.number), ticket.name) for ticket in coming]
        return [self._choice(*group) for group in groups]

    @staticmethod
    def _all_label(coming) -> str:
        return _("All of us") if len(coming) > 1 else coming[0].name

    def _choice(self, tickets, who, label) -> CancelChoice:
        percent, _rule = self.share
        refund = services.refund_of(self.payment, self.coming, tickets, percent)
        card = min(refund, self.most_to_card)
        numbers = tuple(ticket.pk for ticket in tickets)
        return CancelChoice(f"{who}-{refund}", label, refund, numbers, card)

    @cached_property
    def most_to_card(self) -> int:
        """How much can go back to a card by itself."""
        return card_part(self.payment, self.payment.refundable_krw) if self.payment else 0

    @cached_property
    def share(self) -> tuple[int, str]:
        """How many percent go back now, and why."""
        return services.share_of(self.order, self.now)
