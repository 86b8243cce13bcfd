"""Two months of the books behind the demo's forum: one is closed, one waits for it."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from campaigns.forums.models import PAYMENT_PURPOSE, ForumPage, Order
from payments.models import BankAccount, Deposit, LedgerEntry, Payment
from payments.services import match_deposit, set_aside
from payments.services.ledger import Account, Booking, What, book
from payments.services.matches import Pairing
from payments.services.months import close_month

from .logins import ADMINISTRATOR
from .texts.registrations import DUES, LONG_AGO

TENTH = timedelta(days=9)


def load_books(forum: ForumPage) -> None:
    """Whoever is not waiting any more registered last month; of two the deposit came then."""
    treasurer = User.objects.get(email=ADMINISTRATOR[1])
    last_month = _month_before(timezone.localdate())
    _date_back(forum, last_month)
    for payment in _vouched(forum):
        deposit = _deposit(
            forum.account, payment.depositor_name or "", payment.marked_krw, last_month
        )
        pairing = Pairing(deposit.pk, ((payment.pk, payment.marked_krw),), "by_hand")
        match_deposit(pairing, user=treasurer)
    _deposit(forum.account, *LONG_AGO, last_month)
    before = _month_before(last_month)
    set_aside([_deposit(forum.account, *DUES, before).pk])
    close_month(before, user=treasurer)


def _month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def _date_back(forum: ForumPage, month: date) -> None:
    waiting = Q(status=Order.Status.WAITING)
    orders = Order.objects.filter(forum=forum).exclude(waiting)
    ago = timezone.localdate() - (month + TENTH)
    keys = list(orders.values_list("pk", "public_id"))
    payments = Payment.objects.filter(
        purpose=PAYMENT_PURPOSE, subject__in=[key for _pk, key in keys]
    )
    LedgerEntry.objects.filter(payment__in=payments).update(day=month + TENTH)
    payments.update(created_at=F("created_at") - ago)
    Order.objects.filter(pk__in=[pk for pk, _key in keys]).update(created_at=F("created_at") - ago)


def _vouched(forum: ForumPage) -> Iterator[Payment]:
    """Two of those whose transfer somebody saw."""
    subjects = Order.objects.filter(forum=forum).values("public_id")
    seen = Payment.objects.filter(purpose=PAYMENT_PURPOSE, subject__in=subjects, marked_krw__gt=0)
    seen = seen.filter(method=Payment.Method.BANK_TRANSFER, refunded_krw=0)
    yield from seen.order_by("pk")[:2]


def _deposit(account: BankAccount, name: str, amount_krw: int, month: date) -> Deposit:
    """As the bank's file would have brought it."""
    day = month + TENTH
    deposit = Deposit.objects.create(
        account=account,
        identity=f"demo {name} {day}",
        occurred_at=timezone.make_aware(datetime.combine(day, time(10, 20))),
        amount_krw=amount_krw,
        name=name,
        branch="가온",
    )
    arrived = What.DEPOSIT, Account.BANK, Account.UNASSIGNED
    book([Booking(*arrived, amount_krw, id=deposit.public_id, day=day)])
    return deposit
