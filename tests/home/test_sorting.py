import pytest

from home.sorting import initial, names_in, sorting_name

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


@pytest.mark.parametrize(
    "text",
    [
        "나래\n(사)가온\n다울",
        "1. 나래\n2. (사)가온\n3.다울",
        "1) 나래\r\n(2) (사)가온\r\n③ 다울",
        "1\t나래\n2\t(사)가온\n3\t다울",
        "- 나래\n• (사)가온\n ○ 다울\n\n",
        "나래, (사)가온、다울,",
        "나래\n나래\n(사)가온, 다울",
    ],
)
def test_a_pasted_list_is_read_however_it_was_written(text):
    assert names_in(text) == ["(사)가온", "나래", "다울"]


@pytest.mark.parametrize(
    "name",
    ["4.16연대", "21세기모임", "3.1운동기념회", "가온·나래", "○○구협의회", "다울(서울, 부산)"],
)
def test_a_name_keeps_its_numbers_and_brackets(name):
    assert names_in(name) == [name]
