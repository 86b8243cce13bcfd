import pytest

from home.sorting import initial, sorting_name

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("name", "sorted_as"),
    [
        ("(사)가온돌봄협회", "가온돌봄협회"),
        ("사단법인 나래", "나래"),
        ("㈜ 다울", "다울"),
        ("사회적협동조합 두레", "두레"),
        ("마루재단", "마루재단"),
        ("(사)", "(사)"),
    ],
)
def test_a_legal_form_before_the_name_does_not_sort(name, sorted_as):
    assert sorting_name(name) == sorted_as


@pytest.mark.parametrize(
    ("name", "letter"),
    [("(사)가온", "ㄱ"), ("까치", "ㄱ"), ("힘찬", "ㅎ"), ("iCOOP", "I"), ("21세기", "#")],
)
def test_a_directory_lists_under_the_first_letter(name, letter):
    assert initial(name) == letter
