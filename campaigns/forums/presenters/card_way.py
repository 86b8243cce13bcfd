"""Paying by card, as the page of a registration offers it and tells of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from payments.models import CardAttempt, Payment
from payments.services import latest_attempt, methods_for, waits_for_card

# In the order of the card company's page; the cards of Korea and of elsewhere are one for a reader.
METHODS = {
    "card": _("Credit and debit cards"),
    "kakao_pay": "카카오페이",
    "naver_pay": "네이버페이",
    "payco": "페이코",
    "samsung_pay": "삼성페이",
}
MOST_CHECKS = 3  # by itself, before the one who waits is left to press


@dataclass(frozen=True)
class CardWay:
    """``until`` is set while a page of the card company's can be paid on; what was paid on it in
    its last moment may be unheard after that.
    """

    amount_krw: int
    methods: tuple[str, ...]
    is_chosen: bool
    has_other_way: bool
    until: datetime | None
    minutes_left: int
    is_unheard: bool
    was_left: bool

    @property
    def is_offered(self) -> bool:
        """Whether a page can be opened, or gone on with."""
        return bool(self.methods or self.until)


def card_way(payment: Payment | None, now: datetime) -> CardWay | None:
    """How the rest of an open payment is paid by card; None where cards have no part in it.

    One query where the site takes cards.
    """
    if payment is None or payment.state != Payment.State.OPEN:
        return None
    attempt, methods = latest_attempt(payment), methods_for(payment)
    is_chosen = waits_for_card(payment)
    if not (methods or is_chosen):
        return None
    is_open = attempt is not None and attempt.state == CardAttempt.State.OPEN
    until = attempt.expires_at if attempt and is_open and attempt.expires_at > now else None
    return CardWay(
        amount_krw=payment.open_krw,
        methods=tuple(str(METHODS[one]) for one in METHODS if one in methods),
        is_chosen=is_chosen,
        has_other_way=payment.account_id is not None,
        until=until,
        minutes_left=-(-(until - now) // timedelta(minutes=1)) if until else 0,
        is_unheard=is_open or _was_paid_meanwhile(attempt, payment),
        was_left=attempt is not None and until is None,
    )


def _was_paid_meanwhile(attempt: CardAttempt | None, payment: Payment) -> bool:
    """An event came between reading the payment and reading its page: asking again tells."""
    is_paid = attempt is not None and attempt.state == CardAttempt.State.PAID
    return is_paid and payment.card_krw < attempt.taken_krw
