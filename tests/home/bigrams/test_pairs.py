import unicodedata

import pytest

from home.bigrams import all_pairs, find_words, pairs_of_query, pairs_of_text


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("기본법", "기본 본법 법"),
        ("법", "법"),
        ("사회적 경제", "사회 회적 적경 경제 제"),
        ("끝났다. 이제", "끝났 났다 다 이제 제"),
        ("둘\n셋", "둘 셋"),
        ("SDGs를 2026년", "sdgs 를 2026 년"),
        ("social economy", "social economy"),
        ("社會 연대", "社會 會연 연대 대"),
        ("밑_줄", "밑 줄"),
        ("", ""),
        ("!? 🙂", ""),
    ],
)
def test_text_is_cut_into_pairs(text, tokens):
    assert pairs_of_text(text) == tokens.split()
    assert pairs_of_text(unicodedata.normalize("NFD", text)) == tokens.split()


@pytest.mark.parametrize(
    ("word", "tokens"),
    [("기본법", "기본 본법"), ("법", "법"), ("SDGs를", "sdgs 를"), ("", "")],
)
def test_query_is_cut_by_the_same_rules_without_its_end(word, tokens):
    assert pairs_of_query(word) == tokens.split()
    assert set(pairs_of_query(word)) <= set(pairs_of_text(word))


def test_words_of_a_query_are_letters_and_digits_only():
    assert find_words("'기본법' & title:(법*) a_b") == ["기본법", "title", "법", "a", "b"]


def test_query_without_a_word_is_none():
    assert all_pairs("?!") is None
