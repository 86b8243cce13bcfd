from collections.abc import Iterable, Iterator, Sequence

from .book import Book, Mark, Place
from .fits import Fit, find_fit
from .proposals import Decision, DepositView, OpenPayment, Proposal
from .suggestions import Adviser

Claims = dict[Place, tuple[Mark, int]]


def match_deposits(
    deposits: Iterable[DepositView], open_payments: Iterable[OpenPayment]
) -> Iterator[Proposal]:
    """A proposal for each deposit, in their order, made while it is asked for.

    Automatic only where name and amount are the same, no other payment and no other deposit
    fits, and the money came after the payment was opened and before it was due.
    """
    book = Book(payment for payment in open_payments if payment.amount_krw > 0)
    known = tuple(deposits)
    fits = [find_fit(book, deposit) if deposit.amount_krw > 0 else None for deposit in known]
    claims = _count_claims(fits)
    sure = [fit if fit and _is_unrivalled(fit, claims) else None for fit in fits]
    settled = {place for fit in sure if fit for place in fit.places}
    adviser = Adviser(book, known, settled, _contested(claims))
    for deposit, fit in zip(known, sure, strict=True):
        yield _automatic(book, deposit, fit) if fit else adviser.propose(deposit)


def _count_claims(fits: Sequence[Fit | None]) -> Claims:
    """For each payment how many deposits claim it, counting the best marked only: digits of the
    phone number outdo the bare name.
    """
    claims: Claims = {}
    for fit in filter(None, fits):
        for place in fit.claimed:
            mark, count = claims.get(place, (fit.mark, 0))
            if fit.mark >= mark:
                claims[place] = (fit.mark, count + 1 if fit.mark == mark else 1)
    return claims


def _is_unrivalled(fit: Fit, claims: Claims) -> bool:
    return bool(fit.places) and all(claims[place] == (fit.mark, 1) for place in fit.places)


def _contested(claims: Claims) -> set[Place]:
    return {place for place, (_, count) in claims.items() if count > 1}


def _automatic(book: Book, deposit: DepositView, fit: Fit) -> Proposal:
    payments = [book.payments[place] for place in fit.places]
    targets = tuple((payment.key, payment.amount_krw) for payment in payments)
    return Proposal(deposit.key, Decision.AUTOMATIC, fit.reason, targets, ())
