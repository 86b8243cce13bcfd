"""Reading a bank's statement: ``python -m benchmarks.deposits --deposits 30000 --payments 5000``.

A file of KB goes the whole way: read, written, booked, matched, each payment settled (what is paid
for costs nothing here). On the migrated database of DATABASE_URL, which is left as it was. Memory
is the peak of the process, beside that of reading a tenth of the file.
"""

import argparse
import os
import resource
import sys
import time
from datetime import timedelta

import django
from django.db import transaction

from benchmarks.goals import Ratio

SECONDS = 60.0
GROWTH = 2.0  # A tenth of the rows takes most of it already.
FAMILIES = "김이박최정강조윤장임한오서신권황안송류홍"
GIVEN = "민서연준하윤지우도현예린수빈재훈은채시아건호태성진영주희경미나라다솔가온새봄별찬"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deposits", type=int, default=30_000)
    parser.add_argument("--payments", type=int, default=5_000)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    django.setup()
    measure(options.deposits // 10, options.payments // 10)
    small = peak()
    begun = time.process_time()
    took, matched = measure(options.deposits, options.payments)
    words = f"seconds for {options.deposits} deposits against {options.payments} payments"
    own = f"{time.process_time() - begun:.0f} s of processor with the preparation"
    seconds = Ratio(f"{words}; {matched} matched; {own}", took, most=SECONDS)
    growth = Ratio(f"peak memory to that of a tenth ({small:.0f} MB)", peak() / small, most=GROWTH)
    for ratio in (seconds, growth):
        sys.stdout.write(f"{ratio}\n")
    return 0 if seconds.holds and growth.holds else 1


def peak() -> float:
    """Megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(deposits: int, payments: int) -> tuple[float, int]:
    """How long the import takes, and how many payments it settles; nothing of it stays."""
    with transaction.atomic():
        job, settled = prepare(deposits, payments)
        begun = time.perf_counter()
        read(job)
        took = time.perf_counter() - begun
        transaction.set_rollback(True)
    return took, len(settled)


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
    sys.exit(main())
