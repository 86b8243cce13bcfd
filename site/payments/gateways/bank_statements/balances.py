from collections.abc import Sequence

from .statement import Gap, StatementRow


def find_gaps(rows: Sequence[StatementRow]) -> tuple[Gap, ...]:
    """Where a balance does not follow from its neighbour: each line's from the one before it.

    Banks list the oldest or the newest first; the order with fewer gaps is the file's.
    """
    oldest_first: list[Gap] = []
    newest_first: list[Gap] = []
    for above, below in zip(rows, rows[1:], strict=False):
        if above.balance_krw is None or below.balance_krw is None:
            continue
        _compare(oldest_first, below.line, above.balance_krw + _change(below), below.balance_krw)
        _compare(newest_first, below.line, above.balance_krw - _change(above), below.balance_krw)
    return tuple(newest_first if len(newest_first) < len(oldest_first) else oldest_first)


def _compare(gaps: list[Gap], line: int, expected_krw: int, printed_krw: int) -> None:
    if expected_krw != printed_krw:
        gaps.append(Gap(line, expected_krw, printed_krw))


def _change(row: StatementRow) -> int:
    return row.deposit_krw - row.withdrawal_krw
