"""Deposits, payments and refunds as the treasurer reads them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from privacy.masking import mask_name

from .gateways.bank_statements import ProblemCode
from .matching import Decision, Proposal, Reason
from .models import Deposit, Payment, Refund, StatementImport
from .registry import Payer
from .services.imports import HOLE, REVERSAL
from .services.proposals import Candidate, payers_of
from .services.retention import won

NOBODY = "—"
SHOWN = 3
BY_HAND = "by_hand"
SEE_NAMES = "payments.view_full_payment"
# A person would press yes without a look at anything else.
SAFE = (
    *(Reason.NAME, Reason.DEPOSITOR, Reason.ORGANISATION, Reason.DIGITS),
    *(Reason.SEVERAL, Reason.TRUNCATED),
)


class Names:
    """Names as this person may see them."""

    def __init__(self, user):
        self.are_whole = user.has_perm(SEE_NAMES)

    def __call__(self, name):
        if not name:
            return NOBODY
        return name if self.are_whole else mask_name(name)

    def of(self, payer: Payer | None):
        """Who pays, and for which organisation."""
        if payer is None:
            return NOBODY
        names = ", ".join(self(name) for name in payer.names)
        return f"{names} · {payer.organisation}" if payer.organisation else names or NOBODY


@dataclass(frozen=True)
class Target:
    """One payment that a deposit may be for."""

    reference: str
    title: str
    names: str
    amount_krw: int
    takes_krw: int
    url: str = ""


@dataclass(frozen=True)
class Offer:
    """Something to accept with one press."""

    number: int
    targets: list[Target]
    value: str  # as it is sent back: payment:won, payment:won
    reason: str
    reason_words: str
    warnings: list[str]

    @property
    def keys(self):
        return [part.split(":")[0] for part in self.value.split(",")]

    @property
    def is_safe(self):
        return self.reason in SAFE and not self.warnings


@dataclass(frozen=True)
class DepositCard:
    deposit: Deposit
    name: str
    offers: list[Offer] = field(default_factory=list)

    @property
    def safe_offer(self):
        """The one that a person would take without looking further, if there is just one."""
        safe = [offer for offer in self.offers if offer.is_safe]
        return safe[0] if len(safe) == 1 and safe[0] is self.offers[0] else None


def as_value(targets: Iterable[tuple[str, int]]) -> str:
    return ",".join(f"{key}:{amount}" for key, amount in targets)


def card_of(
    deposit: Deposit, proposal: Proposal | None, known, names: Names, parted
) -> DepositCard:
    """The deposit with what it may be for, the likeliest first.

    ``parted`` are pairs of deposit and payment, by id, that somebody took for a mistake.
    """
    if proposal is None:
        return DepositCard(deposit, names(deposit.name))
    ways = [(way.targets, way.reason) for way in proposal.ranked]
    if proposal.decision != Decision.NONE and proposal.targets:
        ways = [(targets, reason) for targets, reason in ways if targets != proposal.targets]
        ways.insert(0, (proposal.targets, proposal.reason))
    ways = [way for way in ways if all(key in known for key, _amount in way[0])]
    offers = [
        offer_of(number, deposit, targets, reason, known, names, parted)
        for number, (targets, reason) in enumerate(ways[:SHOWN], 1)
    ]
    return DepositCard(deposit, names(deposit.name), offers)


def offer_of(number, deposit, targets, reason, known, names, parted) -> Offer:
    payments = [known[key].payment for key, _won in targets]
    shown = [target_of(known[key], amount, names) for key, amount in targets]
    return Offer(
        number=number,
        targets=shown,
        value=as_value(targets),
        reason=str(reason),
        reason_words=reason_words(reason),
        warnings=list(_warnings(deposit, shown, payments, parted)),
    )


def target_of(one: Candidate, amount_krw: int, names: Names) -> Target:
    payer = one.payer
    return Target(
        payer.reference,
        payer.title,
        names.of(payer),
        amount_krw,
        one.payment.takes_krw,
        payer.url,
    )


def _warnings(deposit, targets, payments, parted) -> Iterable[str]:
    if any((deposit.pk, payment.pk) in parted for payment in payments):
        yield _("Matched before, and undone by somebody")
    rest = deposit.rest_krw - sum(target.amount_krw for target in targets)
    if rest > 0:
        yield _("Over: %(amount)s stay with the deposit") % {"amount": won(rest)}
    missing = sum(target.takes_krw - target.amount_krw for target in targets)
    if missing > 0:
        yield _("Under: %(amount)s are still owed") % {"amount": won(missing)}
    if any(payment.due_at and deposit.occurred_at > payment.due_at for payment in payments):
        yield _("After the deadline")
    if any(payment.state == Payment.State.CLOSED for payment in payments):
        yield _("The registration was given up: it gets its seats back if there are any")


def reason_words(reason) -> str:
    """Why, as it is stored, in words."""
    if reason == BY_HAND:
        return _("Chosen by hand")
    return str(Reason(reason).label) if reason in Reason.values else str(reason)


@dataclass(frozen=True)
class PaymentRow:
    payment: Payment
    reference: str
    title: str
    names: str
    depositor_name: str
    url: str


def payment_rows(payments: Collection[Payment], names: Names) -> list[PaymentRow]:
    """Payments with who pays; what they are for is asked once for all."""
    payers = payers_of(list(payments))
    return [_payment_row(payment, payers.get(payment.pk), names) for payment in payments]


def _payment_row(payment: Payment, payer: Payer | None, names: Names) -> PaymentRow:
    return PaymentRow(
        payment,
        payer.reference if payer else str(payment.public_id)[:8],
        payer.title if payer else NOBODY,
        names.of(payer),
        names(payment.depositor_name),
        payer.url if payer else "",
    )


@dataclass(frozen=True)
class RefundRow:
    refund: Refund
    reference: str
    title: str
    names: str
    holder: str
    number: str

    @property
    def reason(self):
        """As it was written; what a rule did, in words."""
        return _("Paid twice") if self.refund.reason == "paid_twice" else self.refund.reason

    @property
    def goes_by_itself(self):
        """To its card, as long as nothing keeps it from going."""
        return self.refund.attempt_id is not None and not self.refund.problem

    @property
    def advice(self):
        """What to do about a refund that did not go to its card."""
        return card_advice(self.refund.problem) if self.refund.problem else ""


def card_advice(problem: str) -> str:
    """What the card company's word for why a refund did not go asks of the treasurer."""
    if problem in ("insufficient_funds", "balance_insufficient"):
        return _("The card company holds too little of ours. Try again after the next payments.")
    if problem in ("charge_already_refunded", "amount_too_large"):
        return _(
            "So much went back to the card already, perhaps by hand in the card company's own "
            "screens. Look there; if it did, take this off the list."
        )
    return _("The card takes nothing back. Ask for a bank account and send the money there.")


def refund_rows(refunds: Collection[Refund], names: Names) -> list[RefundRow]:
    payments = {refund.pk: paid for refund in refunds if (paid := _paid_by(refund))}
    payers = payers_of(list(payments.values()))
    return [
        _refund_row(
            refund, payers.get(payments[refund.pk].pk if refund.pk in payments else 0), names
        )
        for refund in refunds
    ]


def _paid_by(refund: Refund) -> Payment | None:
    """What was paid; of what was paid twice by card, what the card page was for."""
    return refund.payment or (refund.attempt.payment if refund.attempt else None)


def _refund_row(refund: Refund, payer: Payer | None, names: Names) -> RefundRow:
    number = refund.account_number or ""
    shown = number if names.are_whole else "*" * len(number)
    whole = str((refund.deposit or _paid_by(refund)).public_id)[:8]
    who = names(refund.deposit.name) if refund.deposit else names.of(payer)
    return RefundRow(
        refund,
        payer.reference if payer else whole,
        payer.title if payer else _("A deposit that belongs to nothing"),
        who,
        names(refund.account_holder),
        shown or NOBODY,
    )


@dataclass(frozen=True)
class FileLine:
    line: int
    column: str
    words: str


def problem_lines(job: StatementImport) -> list[FileLine]:
    """What a person must look at, line by line."""
    return [FileLine(one["line"], one["column"], _problem(one["code"])) for one in job.problems]


def _problem(code: str) -> str:
    if code == REVERSAL:
        return _(
            "The bank took this back. If the deposit or refund it belongs to is on the lists, undo "
            "its match or drop it."
        )
    return str(ProblemCode(code).label)


def gap_lines(job: StatementImport) -> list[FileLine]:
    return [FileLine(gap["line"], "", _gap(gap)) for gap in job.gaps]


def _gap(gap) -> str:
    if gap.get("code") == HOLE:
        return _(
            "The file does not go on where the last one ended. Download the days between from the "
            "bank too."
        )
    values = {"expected": won(gap["expected_krw"]), "printed": won(gap["printed_krw"])}
    return (
        _(
            "The balance should be %(expected)s, the bank printed %(printed)s. Something is "
            "missing before this line."
        )
        % values
    )
