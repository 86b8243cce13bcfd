import pytest

from campaigns.forums import services
from campaigns.forums.services.depositors import depositor_name
from tests.campaigns.forums.participant import asked, payment_of

pytestmark = [pytest.mark.unit]


@pytest.mark.parametrize(
    ("name", "tail", "expected"),
    [
        ("홍길동", "", "토론회홍길동"),
        ("남궁 민수", "", "토론회남궁민수"),
        ("홍길동", "34", "토론홍길동34"),
        ("가나다라마", "", "토론가나다라마"),
        ("가나다라마바", "", "가나다라마바"),
        ("John Smith", "", "JohnSmith"),
    ],
)
def test_word_and_name_fit_into_what_a_bank_prints(name, tail, expected):
    assert depositor_name("토론회", name, tail) == expected


def test_a_word_of_one_letter_stands():
    assert depositor_name("총", "홍길동") == "총홍길동"


@pytest.mark.django_db
@pytest.mark.parametrize(("phone", "expected"), [("+821000001234", "34"), ("", "")])
def test_a_namesake_that_is_to_pay_adds_two_digits(state, phone, expected):
    services.place_order(state, asked(state))

    order = services.place_order(state, asked(state, phone=phone))

    assert payment_of(order).depositor_name == f"토론{'' if expected else '회'}한가람{expected}"


@pytest.mark.django_db
def test_a_namesake_that_has_paid_adds_nothing(state):
    first = services.place_order(state, asked(state))
    services.settle_order(str(first.public_id))

    order = services.place_order(state, asked(state))

    assert payment_of(order).depositor_name == "토론회한가람"
