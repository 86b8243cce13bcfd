"""When names and accounts of payers go, as the daily job does it and the privacy policy tells."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from rights.registry import Clock, RetentionRule, register_rule

from . import retention

WITHOUT_DELAY = _("Personal Information Protection Act, article 21(1)")
METHOD = _("The names and accounts are taken out of the row and cannot be restored.")
REMAINS = _("Amounts, days and bookings; what a law wants kept is set apart")


def _period() -> str:
    days = retention.AT_HAND.days
    told = ngettext("%(days)d day after the payment", "%(days)d days after the payment", days)
    return told % {"days": days}


RULES = (
    RetentionRule(
        name=retention.PAYMENTS,
        data_set=retention.PAYMENTS,
        label=_("Names and refund accounts of payers"),
        period=_period,
        legal_basis=WITHOUT_DELAY,
        method=METHOD,
        remains=REMAINS,
        clock=Clock(
            retention.payments_due, retention.put_payments_apart, retention.payments_outlook
        ),
    ),
    RetentionRule(
        name=retention.DEPOSITS,
        data_set=retention.DEPOSITS,
        label=_("Names in the bank's statements"),
        period=_period,
        legal_basis=WITHOUT_DELAY,
        method=METHOD,
        remains=REMAINS,
        clock=Clock(
            retention.deposits_due, retention.put_deposits_apart, retention.deposits_outlook
        ),
    ),
)


def register_rules() -> None:
    """Tell retention of this app's rows."""
    for rule in RULES:
        register_rule(rule)
