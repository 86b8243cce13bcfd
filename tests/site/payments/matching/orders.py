"""Deposits and open payments in few words."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from payments.matching import DepositView, OpenPayment, match_deposits

OPENED = datetime(2026, 6, 1, 9, tzinfo=ZoneInfo("Asia/Seoul"))
HOUR = timedelta(hours=1)


def order(key, name, amount=20_000, **others):
    given = {
        "organisation": "",
        "depositor_name": "",
        "prefix_words": ("포럼", "토론회"),
        "phone_tail": "",
        "opened_at": OPENED,
        "due_at": OPENED + timedelta(days=7),
        "group": "forum",
    }
    names = (name,) if isinstance(name, str) else name
    return OpenPayment(key=key, amount_krw=amount, names=names, **(given | others))


def deposit(name, amount=20_000, key="D", at=OPENED + HOUR, memo=""):
    return DepositView(key, at, amount, name, memo)


def propose(deposits, orders):
    """Decision, reason and targets of each, which is what is booked or offered first."""
    return [(one.decision, one.reason, one.targets) for one in match_deposits(deposits, orders)]


def propose_one(name, *orders, **others):
    (proposal,) = match_deposits([deposit(name, **others)], orders)
    return proposal
