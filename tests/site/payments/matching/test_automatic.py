"""What is booked without a person, and what never is."""

from datetime import timedelta

import pytest

from .orders import HOUR, OPENED, deposit, order, propose, propose_one

pytestmark = [pytest.mark.unit, pytest.mark.sqlite_smoke]
FULL = (("A", 20_000),)


@pytest.mark.parametrize(
    "printed",
    [
        "홍길동",
        " 홍 길 동 ",
        "포럼홍길동",
        "홍길동 포럼",
        "토론회 홍길동",
        "토론회+홍길동",
        "포럼토론회홍길동",
        "홍길동(포럼)",
        "홍길동2",
        "홍길동260601",
        "홍길동-포럼-1",
        "1홍길동",
        "\u1112\u1169\u11bc\u1100\u1175\u11af\u1103\u1169\u11bc",
    ],
)
def test_name_in_any_guise_and_exact_amount(printed):
    proposal = propose_one(printed, order("A", "홍길동"), order("B", "이영희"))

    assert (proposal.decision, proposal.reason) == ("automatic", "name")
    assert (proposal.targets, proposal.ranked) == (FULL, ())


@pytest.mark.parametrize(
    "printed",
    [
        "(주)함께일터",
        "㈜함께일터",
        "함께일터(주)",
        "주식회사 함께일터",
        "주)함께일터",
        "포럼(주)함께 일터",
    ],
)
def test_organisation_in_any_guise(printed):
    proposal = propose_one(printed, order("A", "홍길동", organisation="㈜ 함께일터"))

    assert (proposal.decision, proposal.reason, proposal.targets) == (
        "automatic",
        "organisation",
        FULL,
    )


@pytest.mark.parametrize("printed", ["(사)마을", "사단법인 마을", "사)마을", "마을(사"])
def test_association_in_any_guise(printed):
    assert propose_one(printed, order("A", "홍", organisation="마을")).decision == "automatic"


@pytest.mark.parametrize("printed", ["김영희", "포럼김영희", "포럼홍길동엄마", "홍길동엄마"])
def test_announced_depositor(printed):
    announced = "김영희" if "김" in printed else "포럼홍길동엄마"
    proposal = propose_one(printed, order("A", "홍길동", depositor_name=announced))

    assert (proposal.decision, proposal.reason, proposal.targets) == (
        "automatic",
        "depositor",
        FULL,
    )


def test_attendee_may_pay():
    assert propose_one("이영희", order("A", ("홍길동", "이영희"))).targets == FULL


@pytest.mark.parametrize(
    ("printed", "tail"),
    [
        ("홍길동5678", "5678"),
        ("홍길동78", "5678"),
        ("홍길동01012345678", "5678"),
        ("5678홍길동", "56-78"),
    ],
)
def test_phone_digits_tell_namesakes_apart(printed, tail):
    orders = [order("B", "홍길동", phone_tail="1234"), order("A", "홍길동", phone_tail=tail)]
    proposal = propose_one(printed, *orders)

    assert (proposal.decision, proposal.reason, proposal.targets) == ("automatic", "digits", FULL)


def test_marked_deposit_outdoes_the_bare_name():
    orders = [order("A", "홍길동", phone_tail="1234"), order("B", "홍길동", phone_tail="5678")]
    proposals = propose([deposit("홍길동"), deposit("홍길동34"), deposit("홍길동")], orders)

    assert [decision for decision, _, _ in proposals] == ["suggest", "automatic", "suggest"]


@pytest.mark.parametrize("digits", ["99", "9999", "01012349999"])
def test_digits_of_another_phone_are_not_booked(digits):
    proposal = propose_one(f"홍길동{digits}", order("A", "홍길동", phone_tail="1234"))

    assert (proposal.decision, proposal.reason) == ("suggest", "other_digits")
    assert proposal.targets == FULL


@pytest.mark.parametrize(
    ("orders", "reason"),
    [
        ([order("A", "홍길동"), order("B", "홍길동")], "namesakes"),
        ([order("A", "홍길동"), order("B", "김철수", depositor_name="홍길동")], "namesakes"),
        ([order("A", "홍길동"), order("B", ("김철수", "홍길동"))], "namesakes"),
        ([order("A", "홍길동"), order("B", "김철수", organisation="홍길동")], "namesakes"),
        ([order("A", "홍길동"), order("B", "홍길동", opened_at=OPENED + 2 * HOUR)], "namesakes"),
        ([order("A", "홍길동"), *(order(f"{n}", "홍길동", 10_000) for n in range(2))], "namesakes"),
        ([order("A", "홍길동", opened_at=OPENED + 2 * HOUR)], "early"),
        ([order("A", "홍길동", due_at=OPENED + HOUR / 2)], "late"),
    ],
)
def test_what_another_order_or_the_time_makes_doubtful_is_not_booked(orders, reason):
    proposal = propose_one("홍길동", *orders)

    assert (proposal.decision, proposal.reason) == ("suggest", reason)
    assert FULL in [one.targets for one in proposal.ranked]


def test_two_deposits_for_one_order_are_not_booked():
    proposals = propose(
        [deposit("홍길동", key="1"), deposit("홍길동", key="2")], [order("A", "홍길동")]
    )

    assert proposals == [("suggest", "twice", FULL)] * 2


def test_organisation_and_participant_both_paying_is_not_booked():
    orders = [order("A", "홍길동", organisation="함께일터")]
    proposals = propose([deposit("홍길동"), deposit("함께일터")], orders)

    assert [reason for _, reason, _ in proposals] == ["twice", "twice"]


def test_very_many_namesakes_are_not_booked():
    orders = [order("A", "홍길동"), *(order(f"{n}", "홍길동", 30_000) for n in range(20))]

    assert propose_one("홍길동", *orders).decision == "suggest"


def test_word_of_one_event_tells_two_orders_apart():
    orders = [order("A", "홍길동"), order("B", "홍길동", prefix_words=("교육",), group="course")]

    assert propose_one("포럼홍길동", *orders).targets == FULL
    assert propose_one("교육홍길동", *orders).targets == (("B", 20_000),)
    assert propose_one("홍길동", *orders).decision == "suggest"


def test_bank_that_prints_the_day_only_is_taken_at_its_word():
    day = OPENED.replace(hour=0)

    assert propose_one("홍길동", order("A", "홍길동"), at=day).decision == "automatic"
    assert propose_one("홍길동", order("A", "홍길동"), at=day - timedelta(days=1)).reason == "early"


def test_payment_without_deadline_is_never_late():
    assert propose_one("홍길동", order("A", "홍길동", due_at=None)).decision == "automatic"


def test_memo_that_names_somebody_else_is_not_booked():
    orders = [order("A", "박순이"), order("B", "홍길동", 30_000)]

    assert propose_one("박순이", *orders, memo="홍길동 참가비").decision == "automatic"
    assert propose_one("박순이", *orders, memo="박순이").decision == "automatic"
    assert propose_one("박순이", *orders, memo="포럼홍길동").decision == "suggest"


def test_name_that_may_be_cut_down_to_a_shorter_one_is_not_booked():
    orders = [
        order("A", "홍길", organisation="서울사회적경제"),
        order("B", "이", organisation="서울사회적경제지원센터"),
    ]

    assert propose_one("서울사회적경제", *orders).decision == "suggest"
    assert propose_one("서울사회적경제", orders[0]).decision == "automatic"


def test_long_name_that_was_surely_cut_is_booked_if_there_is_no_other():
    orders = [order("A", "홍", organisation="가람사회적경제지원센터협의회")]
    other = order("B", "홍", organisation="가람사회적경제지원센터연합회")
    proposal = propose_one("가람사회적경제지원센", *orders)

    assert (proposal.decision, proposal.reason, proposal.targets) == (
        "automatic",
        "truncated",
        FULL,
    )
    assert propose_one("가람사회적경제지원", *orders).decision == "suggest"
    assert propose_one("토론회 토론회 가람사", *orders).decision == "suggest"
    assert propose_one("가람사회적경제지원센", *orders, other).decision == "suggest"
