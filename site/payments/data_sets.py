"""What this app keeps about people, for retention and the privacy policy.

Payments have no address of their own: what they are paid for tells its owner of them on /my/.
"""

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rights.registry import TRADE_PAYMENTS, Basis, DataSet, DeclaredProcessor

from .services import retention, takes_cards

PAYMENTS = DataSet(
    name=retention.PAYMENTS,
    label=_("Payments and refunds"),
    purpose=_("Recognising deposits, confirming what was paid for, sending money back"),
    items=_("Depositor name, amount, day; for a refund: bank, account number, account holder"),
    basis=Basis.CONTRACT,
    people=_("Who pays for a registration"),
    kept_by_law=TRADE_PAYMENTS,
)
DEPOSITS = DataSet(
    name=retention.DEPOSITS,
    label=_("Deposits in the bank's statements"),
    purpose=_("Recognising deposits, sending back what belongs to nothing"),
    items=_("Depositor name, memo, branch, amount and moment as the bank prints them"),
    basis=Basis.CONTRACT,
    people=_("Who sent money to the coalition's account"),
    source=_("The bank's list of transactions"),
    kept_by_law=TRADE_PAYMENTS,
)


def processors() -> Iterable[DeclaredProcessor]:
    """Stripe, where the site takes cards: a transfer abroad that the contract needs (PIPA art.
    28-8(1) 3), told in the policy and where one chooses how to pay.
    """
    if not takes_cards():
        return []
    return [
        DeclaredProcessor(
            key="stripe",
            name="Stripe, Inc.",
            task=gettext("Taking card payments and sending them back"),
            items=gettext(
                "E-mail address, what is paid for, amount; what the payer types on Stripe's page "
                "(name, data of the card)"
            ),
            kept_until=gettext("As long as laws on payments ask of Stripe"),
            contact="stripe.com/privacy",
            country=gettext("United States"),
            how_transferred=gettext("When somebody chooses to pay by card, over the internet"),
            how_to_refuse=gettext("Whoever pays by bank transfer is not transferred"),
        )
    ]
