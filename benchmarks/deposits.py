"""``python -m benchmarks.deposits``: reading a bank's statement, as JSON.

A file of KB goes the whole way: read, written, booked, matched, each payment settled (what is paid
for costs nothing here). On the migrated database of DATABASE_URL, which is left as it was. Memory
is the peak of the process, beside that of reading a tenth of the file.
"""

import json
import os
import resource
import sys
import time
from datetime import timedelta

import django
from django.db import transaction

EACH = 6  # deposits to a payment
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
        job, settled = prepare(deposits, payments)
        begun, used = time.perf_counter(), time.process_time()
        read(job)
        took = {
            "seconds": time.perf_counter() - begun,
            "cpu_seconds": time.process_time() - used,
        }
        transaction.set_rollback(True)
    return took | {"payments": payments, "missed": payments - len(settled)}


def prepare(deposits: int, payments: int):
    from django.utils import timezone  # noqa: PLC0415 (after the set-up, as below)

    from payments.models import Payment  # noqa: PLC0415 (once Django is set up)
    from payments.registry import register_purpose  # noqa: PLC0415 (once Django is set up)
    from payments.services.imports import request_import  # noqa: PLC0415 (once Django is set up)
    from tests.factories.accounts import UserFactory  # noqa: PLC0415 (once Django is set up)
    from tests.factories.payments import BankAccountFactory, PaymentFactory, Things  # noqa: PLC0415 (once Django is set up)
    from tests.site.payments.kb import kb_file  # noqa: PLC0415 (once Django is set up)

    account, things = BankAccountFactory(), Things()
    register_purpose(things.purpose())
    names = [name_of(number) for number in range(deposits)]
    for name in names[:payments]:
        payment = PaymentFactory(account=account, depositor_name=f"포럼{name}")
        things.name(payment, name, words=("포럼",))
    first = timezone.now() - timedelta(days=30)
    Payment.objects.update(created_at=first - timedelta(days=1))
    rows = [(f"포럼{name}", 20_000) for name in names[:payments]]
    rows += [(name, 10_000 + number % 977) for number, name in enumerate(names[payments:])]
    content = kb_file(account, *rows, first=first)
    job = request_import(account, content=content, file_name="거래.csv", user=UserFactory())
    return job, things.settled


def name_of(number: int) -> str:
    """Another name for each number, as long as there are syllables."""
    family, rest = number % len(FAMILIES), number // len(FAMILIES)
    return f"{FAMILIES[family]}{GIVEN[rest % len(GIVEN)]}{GIVEN[rest // len(GIVEN) % len(GIVEN)]}"


def read(job) -> None:
    from payments.services.imports import run_import  # noqa: PLC0415 (once Django is set up)

    run_import(job.public_id)


if __name__ == "__main__":
    main()
