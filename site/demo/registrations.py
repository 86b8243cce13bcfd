"""People who registered for the demo's forum, and the bank's list of what they sent."""

import uuid
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from campaigns.forums.models import PAYMENT_PURPOSE, ForumPage, Order
from campaigns.forums.services import (
    ForumState,
    Person,
    RefundAccount,
    Registration,
    cancel_order,
    lapse_order,
    place_order,
    state_of,
)
from payments.models import Payment
from payments.services import mark_paid, send_refund

from .books import load_books
from .logins import ADMINISTRATOR
from .texts.registrations import DEPOSITS, PEOPLE, STATEMENT_HEAD

AGO, DAYS = timedelta(days=3), 5
Method = Payment.Method


def load_registrations(forum: ForumPage) -> None:
    """Registrations in every state, unless there are some; afterwards the statement to send in."""
    if not Order.objects.filter(forum=forum).exists():
        state = state_of(forum)
        for number, (names, organisation, then) in enumerate(PEOPLE):
            _bring_to(_place(state, names, organisation, number), then)
        _spread(forum)
        load_books(forum)
    write_statement(Path(settings.VAR_DIR) / "demo")


def _spread(forum: ForumPage) -> None:
    """Over several days, as people come; money comes after the registration it is for."""
    for number, order in enumerate(Order.objects.filter(forum=forum).order_by("pk")):
        before = AGO + timedelta(days=number % DAYS)
        Order.objects.filter(pk=order.pk).update(created_at=F("created_at") - before)
        payments = Payment.objects.of(PAYMENT_PURPOSE, order.public_id)
        payments.update(created_at=F("created_at") - before)


def _place(state: ForumState, names: tuple[str, ...], organisation: str, number: int) -> Order:
    public = tuple(session.pk for session in state.sessions if session.is_public)
    return place_order(
        state,
        Registration(
            form_key=uuid.uuid4(),
            people=tuple(Person(name, organisation=organisation) for name in names),
            session_ids=public,
            email=f"participant{number + 1}@mail.example",
            phone=f"+82100000{1001 + number}",
        ),
    )


def _bring_to(order: Order, then: str) -> None:
    treasurer = User.objects.get(email=ADMINISTRATOR[1])
    payment = Payment.objects.of(PAYMENT_PURPOSE, order.public_id).get()
    if then == "cash":
        mark_paid(payment, method=Method.ON_SITE, user=treasurer, note="현장에서 현금")
    if then in ("paid", "refund", "returned"):
        mark_paid(payment, method=Method.BANK_TRANSFER, user=treasurer, note="통장에서 확인")
    if then == "speaker":
        mark_paid(payment, method=Method.WAIVED, user=treasurer, note="토론자")
    if then == "lapsed":
        lapse_order(str(order.public_id))
    if then in ("cancelled", "refund", "returned"):
        order.refresh_from_db()
        account = RefundAccount("가온은행", "000-98-765432", order.name or "")
        cancel_order(order, account=None if then == "cancelled" else account)
    if then == "returned":
        send_refund(payment.refunds.get(), user=treasurer)


def write_statement(folder: Path) -> Path:
    """Write down yesterday's deposits as the bank's own site gives them out, in CP949."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "bank-statement.csv"
    if not file.exists():
        file.write_bytes((STATEMENT_HEAD + "".join(_lines(timezone.now()))).encode("cp949"))
    return file


def _lines(now: datetime) -> list[str]:
    balance, lines = 3_150_000, []
    first = timezone.localtime(now - timedelta(hours=20))
    for number, (name, won) in enumerate(DEPOSITS):
        balance += won
        at = (first + timedelta(minutes=17 * number)).strftime("%Y.%m.%d %H:%M:%S")
        lines.append(f'{at},전자금융,{name},,0,"{won:,}","{balance:,}",가온,\n')
    return lines
