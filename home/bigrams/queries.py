from functools import reduce
from operator import and_

from modelsearch.query import PlainText, SearchQuery

from .pairs import find_words, pairs_of_query

MOST_WORDS = 10
LONGEST_WORD = 40


def all_pairs(text: str) -> SearchQuery | None:
    """A query for the rows that hold all pairs of ``text``; None where it has no word at all.

    For ``autocomplete``: each token may also be the beginning of one.
    """
    words = find_words(text)[:MOST_WORDS]
    tokens = [token for word in words for token in pairs_of_query(word[:LONGEST_WORD])]
    queries = [PlainText(token) for token in dict.fromkeys(tokens)]
    return reduce(and_, queries) if queries else None
