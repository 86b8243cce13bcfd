"""One deposit for several orders, several deposits for one."""

import pytest

from payments.matching import match_deposits

from .orders import HOUR, OPENED, deposit, order, propose, propose_one

pytestmark = [pytest.mark.unit]
ALL = (("A", 20_000), ("B", 20_000), ("C", 20_000))


def three(**others):
    return [
        order(key, name, **others)
        for key, name in zip("ABC", ("가나다", "라마바", "사아자"), strict=True)
    ]


@pytest.mark.parametrize("shared", [{"organisation": "함께일터"}, {"depositor_name": "함께일터"}])
def test_one_for_all_of_an_organisation_or_an_announced_depositor(shared):
    proposal = propose_one("(주)함께일터", *three(**shared), amount=60_000)

    assert (proposal.decision, proposal.reason, proposal.targets) == ("automatic", "several", ALL)


@pytest.mark.parametrize(
    "orders",
    [
        [*three(organisation="함께일터"), order("D", "차카타", organisation="함께일터")],
        three(organisation="함께일터", group=""),
        [*three(organisation="함께일터")[:2], order("C", "사아자", depositor_name="함께일터")],
        [*three(organisation="함께일터"), order("D", "차카타", 60_000, organisation="함께일터")],
        [*three(organisation="함께일터")[:2], order("C", "사", organisation="함께일터", group="b")],
        three(organisation="함께일터", opened_at=OPENED + 2 * HOUR),
        [*three(organisation="함께일터", due_at=OPENED)],
    ],
    ids=["one left", "no group", "two roles", "another way", "two groups", "early", "late"],
)
def test_one_for_several_is_not_booked_where_anything_else_is_possible(orders):
    assert propose_one("함께일터", *orders, amount=60_000).decision != "automatic"


def test_another_deposit_for_one_of_them_makes_it_doubtful():
    orders = three(organisation="함께일터")
    proposals = propose([deposit("함께일터", 60_000), deposit("라마바")], orders)

    assert [decision for decision, _, _ in proposals] == ["suggest", "suggest"]
    assert proposals[0][1:] == ("several", ALL)


@pytest.mark.parametrize("name", ["가나다", "함께일", "포럼 함께일터회원"])
def test_colleague_who_pays_for_all_is_suggested(name):
    proposal = propose_one(name, *three(organisation="함께일터"), amount=60_000)

    assert (proposal.decision, proposal.reason, proposal.targets) == ("suggest", "several", ALL)


def test_more_than_four_are_suggested_together_only_when_they_are_all():
    orders = [order(f"{n}", f"가나{n}", organisation="함께일터") for n in range(6)]
    proposal = propose_one("함께일터", *orders, amount=120_000)

    assert (proposal.decision, proposal.reason, len(proposal.targets)) == ("suggest", "several", 6)
    assert propose_one("함께일터", *orders, amount=100_000).reason == "over"


def test_all_of_an_organisation_after_the_deadline():
    orders = three(organisation="함께일터", due_at=OPENED)

    assert propose_one("함께일터", *orders, amount=60_000).reason == "late"


def test_same_person_twice_is_suggested_together():
    orders = [order("A", "홍길동"), order("B", "홍길동", 30_000)]
    proposal = propose_one("홍길동", *orders, amount=50_000)

    assert (proposal.decision, proposal.reason) == ("suggest", "several")
    assert proposal.targets == (("A", 20_000), ("B", 30_000))


def test_what_is_booked_is_not_suggested_to_others():
    orders = three(organisation="함께일터")
    booked, other = match_deposits([deposit("가나다"), deposit("함께일터", 70_000)], orders)

    assert booked.decision == "automatic"
    assert "A" not in {key for one in other.ranked for key, _ in one.targets}


def test_two_parts_are_suggested_with_what_they_complete():
    deposits = [deposit("홍길동", 15_000), deposit("포럼홍길동", 5_000), deposit("이영희", 5_000)]
    proposals = propose(deposits, [order("A", "홍길동"), order("B", "이영희")])

    assert proposals == [
        ("suggest", "parts", (("A", 15_000),)),
        ("suggest", "parts", (("A", 5_000),)),
        ("suggest", "under", (("B", 5_000),)),
    ]


def test_very_many_deposits_of_one_name_are_looked_at_in_part():
    deposits = [deposit("홍길동", 100 + number) for number in range(12)]
    proposals = propose(deposits, [order("A", "홍길동")])

    assert {reason for _, reason, _ in proposals} == {"under"}


def test_half_of_the_amount_once_is_not_two_parts():
    assert propose_one("홍길동", order("A", "홍길동"), amount=10_000).reason == "under"
