"""``python -m benchmarks.deposits``: reading a bank's statement, as JSON.

A file of KB goes the whole way: read, written, booked, matched, each order of a forum settled, with
its mail and its step on the chain of evidence. On the migrated database of DATABASE_URL, which is
left as it was. Memory is the peak of the process, beside that of reading a tenth of the file.
"""

import json
import os
import resource
import sys
import time
import uuid
from collections import defaultdict
from datetime import timedelta

import django
from django.db import transaction

EACH = 6  # deposits to a payment
AT_ONCE = 500  # orders that are made; of more the process would remember its peak
FAMILIES = "김이박최정강조윤장임한오서신권황안송류홍"
GIVEN = "민서연준하윤지우도현예린수빈재훈은채시아건호태성진영주희경미나라다솔가온새봄별찬"


def main() -> None:
    django.setup()
    deposits = int(os.environ.get("DEPOSITS", "30000"))
    measure(deposits // 10)
    small = peak()
    found = measure(deposits)
    sys.stdout.write(json.dumps(found | {"deposits": deposits, "growth": peak() / small}))


def peak() -> float:
    """Of this process so far."""
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def measure(deposits: int) -> dict[str, float]:
    """How long the import takes, and how many payments it leaves; nothing of it stays."""
    payments = deposits // EACH
    with transaction.atomic():
        job, orders = prepare(deposits, payments)
        begun, used = time.perf_counter(), time.process_time()
        read(job)
        took = {
            "seconds": time.perf_counter() - begun,
            "cpu_seconds": time.process_time() - used,
        }
        missed = payments - orders.confirmed().count()
        transaction.set_rollback(True)
    return took | {"payments": payments, "missed": missed}


def prepare(deposits: int, payments: int):
    """The file to be read, and the orders of a forum of its own that it pays."""
    from django.utils import timezone  # noqa: PLC0415 (after the set-up, as below)

    from campaigns.forums.services import state_of  # noqa: PLC0415 (once Django is set up)
    from home.models import HomePage  # noqa: PLC0415 (once Django is set up)
    from payments.services.imports import request_import  # noqa: PLC0415 (once Django is set up)
    from tests.factories.accounts import UserFactory  # noqa: PLC0415 (once Django is set up)
    from tests.factories.forums import ForumPageFactory  # noqa: PLC0415 (once Django is set up)
    from tests.factories.payments import BankAccountFactory  # noqa: PLC0415 (once Django is set up)
    from tests.site.payments.kb import kb_file  # noqa: PLC0415 (once Django is set up)

    session = {"capacity": None, "meal": ""}
    home, account = HomePage.objects.get(), BankAccountFactory()
    forum = ForumPageFactory(parent=home, alone=True, first=session, account=account)
    first = timezone.now() - timedelta(days=30)
    names = [name_of(number) for number in range(deposits)]
    for start in range(0, payments, AT_ONCE):
        chosen = names[start : min(start + AT_ONCE, payments)]
        register(state_of(forum), chosen, first - timedelta(days=1))
    rows = [(f"{forum.depositor_prefix}{name}", 20_000) for name in names[:payments]]
    rows += [(name, 10_000 + number % 977) for number, name in enumerate(names[payments:])]
    content = kb_file(account, *rows, first=first)
    job = request_import(account, content=content, file_name="거래.csv", user=UserFactory())
    return job, forum.orders


def register(state, names: list[str], moment) -> None:
    """The rows that the form writes, many at once: orders that wait for their money."""
    from campaigns.forums.models import PAYMENT_PURPOSE  # noqa: PLC0415 (once Django is set up)
    from campaigns.forums.services import Person, Registration  # noqa: PLC0415 (the same)
    from campaigns.forums.services.drafts import Draft  # noqa: PLC0415 (the same)
    from payments.services import draft_payment  # noqa: PLC0415 (the same)

    rows, sessions = defaultdict(list), tuple(session.pk for session in state.sessions)
    for name in names:
        email = f"payer{uuid.uuid4().hex}@mail.example"
        asked = Registration(uuid.uuid4(), (Person(name),), sessions, email)
        draft = Draft(state, asked, state.sessions, None, moment)
        order = draft.order()
        tickets = draft.tickets(order)
        payment, *booked = draft_payment(
            purpose=PAYMENT_PURPOSE,
            subject=order.public_id,
            amount_krw=order.amount_krw,
            account=state.account,
            due_at=state.due_at(moment),
            depositor_name=f"{state.page.depositor_prefix}{name}",
        )
        payment.created_at = moment
        for row in (order, *tickets, *draft.seats(tickets), payment, *booked):
            rows[type(row)].append(row)
    for model, new in rows.items():
        model.objects.bulk_create(new)


def name_of(number: int) -> str:
    """Another name for each number, as long as there are syllables."""
    family, rest = number % len(FAMILIES), number // len(FAMILIES)
    return f"{FAMILIES[family]}{GIVEN[rest % len(GIVEN)]}{GIVEN[rest // len(GIVEN) % len(GIVEN)]}"


def read(job) -> None:
    from payments.services.imports import run_import  # noqa: PLC0415 (once Django is set up)

    run_import(job.public_id)


if __name__ == "__main__":
    main()
