import hashlib
from datetime import UTC, datetime
from typing import Protocol


class PrintedRow(Protocol):
    """What a bank prints of one transaction."""

    @property
    def occurred_at(self) -> datetime: ...
    @property
    def deposit_krw(self) -> int: ...
    @property
    def withdrawal_krw(self) -> int: ...
    @property
    def balance_krw(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def branch(self) -> str: ...
    @property
    def ordinal(self) -> int: ...


def row_identity(account_key: str, row: PrintedRow) -> str:
    """Name a transaction by what the bank printed: the same in every file that has it.

    Names can be guessed from it, so store a keyed digest of it. Where the bank prints no
    balance, the ordinal among equal rows of the same minute tells them apart.
    """
    moment = row.occurred_at.astimezone(UTC)
    has_balance = row.balance_krw is not None
    parts = (
        account_key,
        moment.isoformat(timespec="seconds" if has_balance else "minutes"),
        str(row.deposit_krw - row.withdrawal_krw),
        str(row.balance_krw) if has_balance else "",
        row.name,
        row.branch,
        str(row.ordinal),
    )
    # Lengths keep what one part ends with from becoming the beginning of the next.
    printed = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(printed.encode()).hexdigest()
