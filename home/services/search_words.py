"""What a visitor means with a query: words, their stems, and what means the same."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..bigrams import find_words, normal
from ..bigrams.pairs import ALL_SYLLABLES

LONGEST_QUERY = 200
MOST_WORDS = 8
# Spaces inside a longer word are nobody's concern: 사회적경제 is 사회적 경제. In a shorter one they
# are: 이사회 is not in "조직이 사회적".
SPACELESS_FROM = 4

ANY, AFTER_CONSONANT, AFTER_VOWEL = "any", "after a consonant", "after a vowel"
PARTICLES = {
    **dict.fromkeys(("은", "이", "을", "과", "으로"), AFTER_CONSONANT),
    **dict.fromkeys(("는", "가", "를", "와", "로"), AFTER_VOWEL),
    **dict.fromkeys(("의", "에", "도", "만", "에서", "에게", "부터", "까지", "처럼"), ANY),
    **dict.fromkeys(("보다", "마다", "하고", "에는", "에도", "에서는", "에서의"), ANY),
    **dict.fromkeys(("으로의", "으로는", "으로서", "으로써", "으로부터"), AFTER_CONSONANT),
    **dict.fromkeys(("로의", "로는", "로서", "로써", "로부터"), AFTER_VOWEL),
}
LONGEST_FIRST = sorted(PARTICLES, key=len, reverse=True)
SHORTEST_STEM = 2
HANGUL_FROM, HANGUL_TO, FINALS = ord("가"), ord("힣"), 28
FINAL_RIEUL = 8  # 서울로, not 서울으로


@dataclass(frozen=True)
class Form:
    """One way to say it: words that must all be there."""

    words: tuple[str, ...]

    @property
    def said(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True)
class Wanted:
    """One thing looked for. ``typed`` is as it was typed, ``stem`` without a particle."""

    typed: Form
    stem: Form
    same: tuple[Form, ...] = ()

    @property
    def forms(self) -> tuple[Form, ...]:
        return (self.stem, *self.same)


@dataclass(frozen=True)
class Query:
    """``text`` goes back into the input; ``left_out`` says that it was too long to search all."""

    text: str
    wanted: tuple[Wanted, ...]
    left_out: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(wanted.stem.said for wanted in self.wanted)


def read_query(typed: str, synonyms: Iterable[str] = ()) -> Query:
    """Read what was typed into the search field, whatever it is.

    ``synonyms`` are lists of words that mean the same, with commas between.
    """
    text = " ".join(normal(typed).split())
    words = find_words(text[:LONGEST_QUERY].lower())
    groups = [read_group(line) for line in synonyms]
    wanted = _join_synonyms(words[:MOST_WORDS], groups)
    left_out = len(text) > LONGEST_QUERY or len(words) > MOST_WORDS
    return Query(text[:LONGEST_QUERY], tuple(dict.fromkeys(wanted)), left_out)


def read_group(line: str) -> tuple[Form, ...]:
    """The words of one line of synonyms, each once."""
    forms = (_form(find_words(word.lower())) for word in line.split(","))
    return tuple(dict.fromkeys(form for form in forms if form.words))


def _form(words: list[str]) -> Form:
    """사회적 경제 기본법 is one word; "social economy" remains two."""
    joined = "".join(words)
    if len(joined) >= SPACELESS_FROM and ALL_SYLLABLES.fullmatch(joined):
        return Form((joined,))
    return Form(tuple(words))


def strip_particle(word: str) -> str:
    """사회적경제를 → 사회적경제. What is left has two syllables at least, and fits the particle."""
    for particle in LONGEST_FIRST:
        stem = word.removesuffix(particle)
        if stem != word and len(stem) >= SHORTEST_STEM and _fits(stem[-1], particle):
            return stem
    return word


def _fits(last: str, particle: str) -> bool:
    rule = PARTICLES[particle]
    if rule == ANY or not HANGUL_FROM <= ord(last) <= HANGUL_TO:
        return True
    final = (ord(last) - HANGUL_FROM) % FINALS
    ends_in_vowel = final == 0 or (final == FINAL_RIEUL and particle.startswith("로"))
    return ends_in_vowel == (rule == AFTER_VOWEL)


def _join_synonyms(words: list[str], groups: list[tuple[Form, ...]]) -> list[Wanted]:
    """Take neighbours together that are one entry of a group: "사회연대경제 기본법" is one word."""
    wanted = []
    start = 0
    while start < len(words):
        end = next(end for end in range(len(words), start, -1) if _is_one(words[start:end], groups))
        wanted.append(_wanted(words[start:end], groups))
        start = end
    return wanted


def _is_one(words: list[str], groups: list[tuple[Form, ...]]) -> bool:
    return len(words) == 1 or any(_stem(words) in group for group in groups)


def _stem(words: list[str]) -> Form:
    return _form([*words[:-1], strip_particle(words[-1])])


def _wanted(words: list[str], groups: list[tuple[Form, ...]]) -> Wanted:
    stem = _stem(words)
    same = [form for group in groups for form in _same(stem, group)]
    return Wanted(_form(words), stem, tuple(dict.fromkeys(form for form in same if form != stem)))


def _same(stem: Form, group: tuple[Form, ...]) -> list[Form]:
    """The other entries of the group; 사경기본법안 means 사회적경제기본법안."""
    if stem in group:
        return [form for form in group if form != stem]
    return [
        Form((stem.said.replace(known.said, other.said),))
        for known in group
        if len(stem.words) == len(known.words) == 1 and known.said in stem.said
        for other in group
        if other != known and len(other.words) == 1
    ]


def with_spaces(word: str) -> str:
    """A pattern, of Python and of PostgreSQL, for a word of syllables with spaces inside.

    A short one has to begin where a word begins: 이 사회, but not the end of 곳이 사회적.
    """
    spaced = " ?".join(word)
    return spaced if len(word) >= SPACELESS_FROM else f"(?<![가-힣]){spaced}"


def is_spaceless(word: str, from_length: int = SPACELESS_FROM) -> bool:
    """Whether the word may be found with spaces inside it."""
    return len(word) >= from_length and bool(ALL_SYLLABLES.fullmatch(word))
