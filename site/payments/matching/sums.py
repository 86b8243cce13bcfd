"""Which amounts add up to another."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, combinations_with_replacement

MOST_TOGETHER = 4
MOST_CANDIDATES = 16  # of which sums are tried
MOST_REMEMBERED = 4_096


def ways_to_sum(amounts: Sequence[int], total: int) -> Iterator[tuple[int, ...]]:
    """Places of one to four amounts that make the total; of very many amounts of single ones."""
    most = MOST_TOGETHER if len(amounts) <= MOST_CANDIDATES else 1
    for count in counts_that_sum(tuple(sorted(amounts)), total, most):
        for places in combinations(range(len(amounts)), count):
            if sum(amounts[place] for place in places) == total:
                yield places


@lru_cache(maxsize=MOST_REMEMBERED)
def counts_that_sum(amounts: tuple[int, ...], total: int, most: int) -> tuple[int, ...]:
    """How many of the amounts can make the total. Most fees are alike, so this is asked often."""
    available = Counter(amounts)
    return tuple(
        count
        for count in range(1, most + 1)
        if any(
            sum(chosen) == total and Counter(chosen) <= available
            for chosen in combinations_with_replacement(available, count)
        )
    )
