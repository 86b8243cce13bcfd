"""Korean words in an index that only knows whole words: as pairs of syllables.

Both tokenisers we live with, FTS5 and PostgreSQL's, take 사회적경제기본법을 for one word. So
texts and queries are cut by the same rules into overlapping pairs (기본 본법), and a query finds
the rows that hold all of its pairs. That is a first choice, not the answer: where exactness
counts, ``home.services.search`` looks into the text itself. Phrases would not do: PostgreSQL
keeps 256 positions per word at most and counts no further than 16,383, so it would miss what
stands at the end of a long report.
"""

from .fields import MARK, BigramField
from .pairs import find_words, normal, pairs_of_query, pairs_of_text
from .queries import all_pairs

__all__ = [
    "MARK",
    "BigramField",
    "all_pairs",
    "find_words",
    "normal",
    "pairs_of_query",
    "pairs_of_text",
]
