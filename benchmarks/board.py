"""``python -m benchmarks.board``: the public board with few and with many candidacies, as JSON.

Two elections of twelve demands each; their boards are read in turns, as a narrowed list that no
cache holds, and as the first visit after something was published. On the migrated database of
DATABASE_URL, which is left as it was.
"""

import json
import os
import statistics
import sys
import time

import django
from django.db import connection, transaction

DEMANDS = 12
WARM, FIRST = "?order=name", ""


def main() -> None:
    django.setup()
    few, many = int(os.environ.get("FEW", "50")), int(os.environ.get("MANY", "5000"))
    rounds = int(os.environ.get("ROUNDS", "15"))
    with transaction.atomic():
        boards = prepare(few, many)
        found = {
            "warm": compare(boards, WARM, rounds),
            "first": compare(boards, FIRST, rounds, is_first=True),
            "bytes": max(len(read(board, FIRST)) for board in boards),
        }
        transaction.set_rollback(True)
    sys.stdout.write(json.dumps(found))


def prepare(few: int, many: int):
    from campaigns.models import CampaignPage  # noqa: PLC0415 (once Django is set up)
    from campaigns.pledges.models import Election  # noqa: PLC0415 (the same)
    from tests.factories.pledge_board import board_of, crowd  # noqa: PLC0415 (the same)
    from tests.factories.pledge_demands import demand_set, pledge_round  # noqa: PLC0415 (the same)
    from tests.factories.pledge_guards import coming_election  # noqa: PLC0415 (the same)

    boards = []
    for kind, size in ((Election.Kind.LOCAL, few), (Election.Kind.ASSEMBLY, many)):
        election = coming_election(kind=kind)
        demand_set(election, count=DEMANDS)
        pledge_round(election)
        crowd(election, size)
        campaign = CampaignPage.objects.first()
        boards.append(board_of(campaign, election, slug=f"board-{size}"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # As the server does by itself a while after many rows came.
    return boards


def compare(boards, query: str, rounds: int, *, is_first: bool = False) -> dict[str, float]:
    """Milliseconds of both, and the median of the rounds' own ratios of many to few."""
    from home.publishing import forget_everything  # noqa: PLC0415 (once Django is set up)

    took: list[list[float]] = [[], []]
    for number in range(rounds + 1):
        for times, board in zip(took, boards, strict=True):
            if is_first:
                forget_everything()
                read(board, "demands/")  # The site itself is known, and nothing of the board.
                forget_frames()
            begun = time.perf_counter()
            read(board, query)
            if number:
                times.append((time.perf_counter() - begun) * 1000)
    few, many = (statistics.median(times) for times in took)
    ratio = statistics.median(large / small for small, large in zip(*took, strict=True))
    return {"few_ms": few, "many_ms": many, "ratio": ratio}


def forget_frames() -> None:
    from campaigns.pledges.presenters.board import read_frame  # noqa: PLC0415 (once it is set up)

    read_frame.forget()


def read(board, query: str) -> bytes:
    from django.test import Client  # noqa: PLC0415 (once Django is set up)

    response = Client(SERVER_NAME="127.0.0.1").get(board.url + query, secure=True)
    if response.status_code != 200:
        raise RuntimeError(response.status_code)
    return response.content


if __name__ == "__main__":
    main()
