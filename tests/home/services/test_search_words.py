import unicodedata

import pytest

from home.services.search_words import (
    LONGEST_QUERY,
    MOST_WORDS,
    Form,
    is_spaceless,
    read_group,
    read_query,
    strip_particle,
)

ACT = "사경기본법, 사회적경제기본법, 사회연대경제 기본법"


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        *(("사회적경제를", "사회적경제"), ("기본법은", "기본법"), ("서명이", "서명")),
        *(("협약식에서", "협약식"), ("국회의", "국회"), ("지역으로", "지역"), ("서울로", "서울")),
        *(("시민과", "시민"), ("정부와", "정부"), ("연대로", "연대"), ("제주도", "제주")),
        *(
            ("회의에서는", "회의"),
            ("국회로부터", "국회"),
            ("sdgs를", "sdgs"),
            ("2026년도", "2026년"),
        ),
        *(("회의", "회의"), ("도시", "도시"), ("결과", "결과"), ("법을", "법을"), ("만", "만")),
        # A particle that does not fit the sound before it is none.
        *(("토론회은", "토론회은"), ("서명를", "서명를"), ("무대과", "무대과")),
    ],
)
def test_particle_is_taken_off_where_it_can_be_one(word, stem):
    assert strip_particle(word) == stem


def test_query_keeps_what_was_typed_beside_the_stem():
    (wanted,) = read_query("사회적경제를").wanted

    assert (wanted.typed, wanted.stem, wanted.same) == (
        Form(("사회적경제를",)),
        Form(("사회적경제",)),
        (),
    )


def test_words_are_read_once_each_in_one_case_and_in_nfc():
    query = read_query(unicodedata.normalize("NFD", "기본법  SDGs 기본법"))

    assert query.text == "기본법 SDGs 기본법"
    assert query.words == ("기본법", "sdgs")
    assert not query.left_out


@pytest.mark.parametrize("typed", ["사경기본법", "사경기본법을"])
def test_synonyms_are_added(typed):
    (wanted,) = read_query(typed, [ACT]).wanted

    assert wanted.forms == (
        Form(("사경기본법",)),
        Form(("사회적경제기본법",)),
        Form(("사회연대경제기본법",)),
    )


@pytest.mark.parametrize(
    "typed", ["사회연대경제 기본법", "사회연대경제 기본법을", "사회 연대 경제 기본법"]
)
def test_synonym_of_several_words_is_taken_together(typed):
    (wanted, rest) = read_query(f"{typed} 제정", [ACT]).wanted

    assert wanted.stem == Form(("사회연대경제기본법",))
    assert Form(("사경기본법",)) in wanted.same
    assert rest.same == ()


def test_synonym_inside_a_longer_word_is_exchanged():
    (wanted,) = read_query("사경기본법안", [ACT]).wanted

    assert wanted.same == (Form(("사회적경제기본법안",)), Form(("사회연대경제기본법안",)))


def test_synonym_of_latin_words_stays_several_words():
    (wanted,) = read_query("사회적경제", ["사회적경제, Social Economy"]).wanted

    assert wanted.same == (Form(("social", "economy")),)
    (wanted,) = read_query("social economy", ["사회적경제, Social Economy"]).wanted
    assert wanted.same == (Form(("사회적경제",)),)


def test_words_of_two_groups_add_up():
    (wanted,) = read_query("돌봄법", ["돌봄법, 통합돌봄법", "돌봄법, 돌봄기본법"]).wanted

    assert [form.said for form in wanted.same] == ["통합돌봄법", "돌봄기본법"]


def test_group_leaves_out_what_is_no_word():
    assert read_group(" 기본법 ,, !, 기본법") == (Form(("기본법",)),)


def test_long_query_is_cut():
    words = [f"낱말{number}" for number in range(MOST_WORDS + 1)]

    assert len(read_query(" ".join(words)).wanted) == MOST_WORDS
    assert read_query(" ".join(words)).left_out
    assert len(read_query("가" * 10_000).text) == LONGEST_QUERY
    assert read_query("가" * 10_000).left_out


def test_only_longer_words_of_syllables_may_hold_spaces():
    assert is_spaceless("사회적경제")
    assert not is_spaceless("이사회")
    assert is_spaceless("이사회", 2)
    assert not is_spaceless("2026년도")
