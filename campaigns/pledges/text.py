"""Words that a text of ours must not use about people who stand at an election.

Public Official Election Act, articles 107 (drives for signatures), 108-3 (scores and ranks of
candidates), 110 (false words on who supports whom) and 58 (what electioneering is).
"""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Wording:
    """A kind of words, the article that forbids them, and what to write instead."""

    pattern: re.Pattern[str]
    article: str
    instead: Promise


ARTICLE = re.compile(r"(\d+)(?:-(\d+))?(?:\((\d+)\))?")
# Spaces inside a word are common in Korean: 낙선 운동, 서명 운동.
ENDORSING = (
    Wording(
        re.compile(r"지지(?!부진|율|대(?!회)|선(?!언)|체|물|[는도만]?\s*[않못])"),
        "58, 110",
        _("Write what was agreed: “signed an agreement on these demands”."),
    ),
    Wording(
        re.compile(r"당선(?!인|자|작)"),
        "58",
        _("Write “once the term of office begins”."),
    ),
    Wording(
        re.compile(r"낙선|낙천"),
        "58",
        _("Write only what somebody answered, in their own words."),
    ),
    Wording(
        re.compile(r"서명\s*운동"),
        "107",
        _("A petition and an agreement are two things. Write “policy agreement”."),
    ),
    Wording(
        re.compile(r"후보(?:자)?\s*(?:를\s*)?(?:추천|단일화)|추천\s*후보"),
        "58, 88",
        _("The coalition recommends nobody. Write only who answered."),
    ),
    Wording(
        re.compile(
            r"(?:좋은|나쁜|최악의|최고의|반대하는)\s*후보|심판하|뽑아\s*(?:주|야)|찍어\s*(?:주|야)"
        ),
        "58",
        _("Judge nobody. Write what is asked and what was answered."),
    ),
)
# “We give no points or ranks” may be said, and should.
DENIED = re.compile(
    r"(?:(?!며|하고|하여|해\s)[^.!?\n]){0,24}?"
    r"(?:지\s*(?:않|아니|못)|[이가]\s*아[니닙닌]|금지|없(?:습|이|는|음|다))"
)
RATING = (
    Wording(
        re.compile(
            r"(?<!우선)(?<!우선\s)순위|서열|총점|점수|득점|별점|등급|최우수|꼴찌|낙제"
            r"|[0-9]+\s*(?:위(?!원|탁|임|치|생)|점(?!검|포|심|차|진|유|용))|[A-F]\s*학점"
        ),
        "108-3",
        _("Candidates get no points, ranks or grades. Write each answer as it was given."),
    ),
)


def find_forbidden(text: str) -> list[str]:
    """The words of ``text`` that speak for or against somebody, as they stand there, once each."""
    return _found(text, ENDORSING)


def find_ratings(text: str) -> list[str]:
    """Words that give candidates points, ranks or grades; for texts about the comparison."""
    return _found(text, RATING)


def wording_of(word: str) -> Wording:
    """Why a word that was found is forbidden, and what to write instead."""
    return next(one for one in (*ENDORSING, *RATING) if one.pattern.search(word))


def articles_in_words(articles: str) -> str:
    """“93, 108-3(3)” as a Korean office cites it: 제93조, 제108조의3 제3항."""
    return ", ".join(_in_words(one) for one in articles.split(", "))


def _in_words(article: str) -> str:
    number, branch, paragraph = ARTICLE.fullmatch(article).groups()  # type: ignore[union-attr]  # ours
    words = gettext("article %(number)s") % {"number": number}
    if branch:
        words = gettext("article %(number)s-%(branch)s") % {"number": number, "branch": branch}
    if paragraph:
        words += gettext(", paragraph %(paragraph)s") % {"paragraph": paragraph}
    return words


def _found(text: str, wordings: tuple[Wording, ...]) -> list[str]:
    read = unicodedata.normalize("NFC", text)
    found = [
        match
        for one in wordings
        for match in one.pattern.finditer(read)
        if not DENIED.match(read, match.end())
    ]
    found.sort(key=lambda match: match.start())
    return list(dict.fromkeys(match.group() for match in found))
