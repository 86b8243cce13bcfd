"""Whatever comes: what is booked could be nothing else. Judged by counting, without the rules."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payments.matching import match_deposits

from .orders import deposit, order

pytestmark = [pytest.mark.unit]
NAMES = ["가나다", "라마바"]
AMOUNTS = [10_000, 20_000, 30_000]
ORDERS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(AMOUNTS)), max_size=6
)
DEPOSITS = st.lists(
    st.tuples(st.sampled_from([*NAMES, "포럼가나다", "라마"]), st.sampled_from([*AMOUNTS, 40_000])),
    max_size=6,
)


def could_be_for(name, amount, orders):
    """All sets of orders that this deposit could pay to the won."""
    known = [one for one in orders if name in (*one.names, one.organisation)]
    sets = (chosen for count in range(1, 5) for chosen in combinations(known, count))
    return [chosen for chosen in sets if sum(one.amount_krw for one in chosen) == amount]


@settings(max_examples=150, deadline=None)
@given(ORDERS, DEPOSITS)
def test_booked_is_only_what_could_be_nothing_else(orders, deposits):
    orders = [
        order(f"P{number}", name, amount, organisation=organisation)
        for number, (name, organisation, amount) in enumerate(orders)
    ]
    paid = [deposit(name, amount, f"D{n}") for n, (name, amount) in enumerate(deposits)]
    fitting = {
        one.key: could_be_for(one.name.removeprefix("포럼"), one.amount_krw, orders) for one in paid
    }
    proposals = {one.deposit_key: one for one in match_deposits(paid, orders)}
    booked = [one for one in proposals.values() if one.decision == "automatic"]
    taken = [key for one in booked for key, _ in one.targets]

    assert proposals.keys() == {one.key for one in paid}
    assert len(taken) == len(set(taken))
    for one in booked:
        (only,) = fitting[one.deposit_key]
        assert one.targets == tuple((order.key, order.amount_krw) for order in only)
        rivals = {
            key for key, sets in fitting.items() if any(set(only) & set(some) for some in sets)
        }
        assert rivals == {one.deposit_key}
    for one in proposals.values():
        amount = next(view.amount_krw for view in paid if view.key == one.deposit_key)
        assert all(sum(krw for _, krw in best.targets) <= amount for best in one.ranked)
