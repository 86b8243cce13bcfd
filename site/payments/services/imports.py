"""The bank's file: taken in, read by the worker, its deposits written down once each."""

import base64
import uuid
from collections.abc import Iterator, Sequence
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from privacy.blind_index import blind_index

from ..exceptions import DamagedStatementError, UnknownStatementError, WrongAccountError
from ..gateways.bank_statements import (
    RowKind,
    Statement,
    StatementRow,
    is_same_account,
    read_statement,
)
from ..matching import row_identity
from ..models import BankAccount, Deposit, StatementImport
from .accounts import cover
from .ledger import Account, Booking, What, book
from .proposals import match_automatically
from .sent_lines import note_sent_refunds

BATCH = 1000
State = StatementImport.State
# What the bank prints of itself, and our own money that came back, is nobody's payment.
NOT_OURS = (RowKind.SETTLEMENT, RowKind.INTEREST, RowKind.REVERSAL)
# What a line that was read means for a person, beside the codes of the reader.
REVERSAL, HOLE = "reversal", "hole"
NAMESPACE = uuid.UUID("8c0f9f0a-6b57-4b0e-9a6e-5f4d2c7f1a10")


def request_import(
    account: BankAccount, *, content: bytes, file_name: str, user: User
) -> StatementImport:
    """Keep a file, encrypted, until ``run_import`` has read it."""
    return StatementImport.objects.create(
        account=account,
        content=base64.b64encode(content).decode(),
        file_name=file_name[-100:],
        asked_by=user,
        asked_at=timezone.now(),
    )


def run_import(public_id: uuid.UUID) -> None:
    """Read a file that waits: its deposits are written once each, then matched.

    Safe to be killed and to run again, also beside itself. What keeps the file from being read is
    on the row, in words for staff. The file itself goes in the end.
    """
    waiting = StatementImport.objects.filter(public_id=public_id)
    waiting = waiting.filter(state__in=(State.WAITING, State.RUNNING))
    if not waiting.update(state=State.RUNNING, progressed_at=timezone.now()):
        return
    job = StatementImport.objects.select_related("account", "asked_by").get(public_id=public_id)
    try:
        statement = _read(job)
    except WrongAccountError as error:
        words = _("This file is of account %(number)s. Choose that account, or another file.")
        _fail(job, words % {"number": error.number})
    except (UnknownStatementError, DamagedStatementError) as error:
        _fail(job, str(error))
    else:
        _write(job, statement)
        match_automatically(job.account)
        note_sent_refunds(job.account, statement.rows, user=job.asked_by)
        _finish(job, statement)


def _read(job: StatementImport) -> Statement:
    statement = read_statement(base64.b64decode(job.content or ""), job.file_name)
    job.content = None  # Out of memory; the row keeps it until the end.
    number = statement.account_number or ""
    if number and not is_same_account(number, job.account.number):
        raise WrongAccountError(number)
    return statement


def _fail(job: StatementImport, words: str) -> None:
    StatementImport.objects.filter(pk=job.pk).update(
        state=State.FAILED, failure=words[:200], content=None, ended_at=timezone.now()
    )


def _write(job: StatementImport, statement: Statement) -> None:
    """Batch by batch, each with its progress and its bookings, or nothing of it."""
    rows = iter(statement.rows)
    done = 0
    while batch := list(islice(rows, BATCH)):
        done += len(batch)
        with transaction.atomic():
            deposits = list(_deposits(job, batch))
            Deposit.objects.bulk_create(deposits, ignore_conflicts=True)
            book([_arrival(deposit) for deposit in deposits], once=True)
            StatementImport.objects.filter(pk=job.pk).update(
                rows=done, layout=statement.layout, progressed_at=timezone.now()
            )


def _deposits(job: StatementImport, rows: Sequence[StatementRow]) -> Iterator[Deposit]:
    """A row is known by what the bank printed, and so is the id of its booking."""
    account_key = str(job.account_id)
    for row in rows:
        if row.deposit_krw < 1:
            continue
        printed = row_identity(account_key, row)
        identity = blind_index("payments.deposit", printed).hex()
        yield Deposit(
            public_id=uuid.uuid5(NAMESPACE, f"{account_key}:{identity}"),
            account_id=job.account_id,
            statement=job,
            identity=identity,
            occurred_at=row.occurred_at,
            amount_krw=row.deposit_krw,
            name=row.name[:100],
            memo=row.memo[:200],
            branch=row.branch[:60],
            state=Deposit.State.SET_ASIDE if row.kind in NOT_OURS else Deposit.State.OPEN,
        )


def _arrival(deposit: Deposit) -> Booking:
    arrived = What.DEPOSIT, Account.BANK, Account.UNASSIGNED
    day = timezone.localdate(deposit.occurred_at)
    return Booking(*arrived, deposit.amount_krw, id=deposit.public_id, day=day)


@transaction.atomic
def _finish(job: StatementImport, statement: Statement) -> None:
    problems = [
        {"line": problem.line, "column": problem.column, "code": problem.code}
        for problem in statement.problems
    ]
    gaps: list[dict[str, object]] = [
        {"line": gap.line, "expected_krw": gap.expected_krw, "printed_krw": gap.printed_krw}
        for gap in statement.gaps
    ]
    rows = in_order(statement.rows)
    account = BankAccount.objects.select_for_update().get(pk=job.account_id)
    if rows and not follows(account, rows[0]):
        gaps.append({"line": rows[0].line, "code": HOLE})
    # On a file that is not whole nobody's registration lapses.
    if rows and not problems and not gaps:
        cover(account, rows[-1].occurred_at, rows[-1].balance_krw)
    reversals = [row for row in rows if row.kind == RowKind.REVERSAL]
    problems += [{"line": row.line, "column": "", "code": REVERSAL} for row in reversals]
    StatementImport.objects.filter(pk=job.pk).update(
        state=State.DONE,
        rows=len(rows),
        new_rows=Deposit.objects.filter(statement=job).count(),
        problems=problems,
        gaps=gaps,
        content=None,
        ended_at=timezone.now(),
    )


def in_order(rows: Sequence[StatementRow]) -> Sequence[StatementRow]:
    """From the oldest; banks print either way."""
    if rows and rows[0].occurred_at > rows[-1].occurred_at:
        return rows[::-1]
    return rows


def follows(account: BankAccount, first: StatementRow) -> bool:
    """Whether nothing can lie between what is known of the account and this row."""
    if account.covered_until is None or first.occurred_at <= account.covered_until:
        return True
    if account.covered_balance_krw is None or first.balance_krw is None:
        return True  # No balance tells; staff see from when to when a file is.
    before = first.balance_krw - first.deposit_krw + first.withdrawal_krw
    return before == account.covered_balance_krw
