import pytest

from home.services.search_excerpt import (
    LENGTH,
    WITHOUT_HIT,
    Piece,
    excerpt,
    mark,
    pattern_of_all,
    same_words,
)
from home.services.search_words import read_query


def hits(typed, synonyms=(), loose_from=4):
    return pattern_of_all(read_query(typed, synonyms).wanted, loose_from)


def said(pieces):
    return "".join(piece.text for piece in pieces)


def marked(pieces):
    return [piece.text for piece in pieces if piece.is_hit]


def test_words_are_marked_as_they_stand():
    assert mark("국회는 SDGs 기본법을 봅니다", hits("sdgs 기본법")) == (
        Piece("국회는 "),
        Piece("SDGs", is_hit=True),
        Piece(" "),
        Piece("기본법", is_hit=True),
        Piece("을 봅니다"),
    )


@pytest.mark.parametrize(
    ("typed", "text", "words"),
    [
        ("사회적경제", "사회적 경제와 사회적경제", ["사회적 경제", "사회적경제"]),
        ("이사회", "조직이 사회적 이사회", ["이사회"]),
        ("기본법을", "기본법을 위한 기본법", ["기본법을", "기본법"]),
        ("사경기본법", "사회적경제기본법", ["사회적경제기본법"]),
        ("기본법", "<b>기본법</b>", ["기본법"]),
    ],
)
def test_what_was_found_is_marked(typed, text, words):
    pieces = mark(text, hits(typed, ["사경기본법, 사회적경제기본법"]))

    assert marked(pieces) == words
    assert said(pieces) == text


def test_passage_around_the_hit_begins_with_a_whole_word():
    line = (
        "앞에 놓인 문장입니다. " * 20 + "여기에 기본법이 있습니다. " + "뒤에 놓인 문장입니다. " * 20
    )

    pieces = excerpt(["제목이 아닌 줄", line], hits("기본법"))

    assert marked(pieces) == ["기본법"]
    assert said(pieces).startswith("…")
    assert said(pieces).endswith("…")
    assert said(pieces)[1:4] in ("앞에 ", "놓인 ", "문장입")
    assert len(said(pieces)) <= LENGTH + 2


def test_spaces_in_a_short_word_are_marked_where_a_word_begins():
    pieces = mark("마흔두 곳이 사회적으로, 이 사회에서", hits("이사회", loose_from=2))

    assert [piece.text for piece in pieces if piece.is_hit] == ["이 사회"]


def test_passage_in_a_text_without_spaces_begins_with_the_hit():
    assert said(excerpt(["가" * 100 + "기본법"], hits("기본법"))) == "…기본법"


def test_without_a_hit_the_beginning_is_shown():
    assert said(excerpt(["짧은 요약"], hits("기본법"))) == "짧은 요약"
    assert said(excerpt(["가" * 500, "둘째"], hits("기본법"))) == "가" * WITHOUT_HIT + "…"
    assert excerpt([], hits("기본법")) == ()


def test_same_words_are_told_only_where_the_typed_one_is_missing():
    (wanted,) = read_query("사경기본법", ["사경기본법, 사회적경제기본법"]).wanted

    assert same_words("우리는 사회적경제 기본법을", wanted, 4) == "사회적경제 기본법"
    assert same_words("사경기본법과 사회적경제기본법", wanted, 4) == ""
    assert same_words("다른 글", wanted, 4) == ""
    (alone,) = read_query("사경기본법").wanted
    assert same_words("사회적경제기본법", alone, 4) == ""
