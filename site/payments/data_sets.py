"""What this app keeps about people, for retention and the privacy policy.

Payments have no address of their own: what they are paid for tells its owner of them on /my/.
"""

from django.utils.translation import gettext_lazy as _

from rights.registry import TRADE_PAYMENTS, Basis, DataSet

from .services import retention

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
