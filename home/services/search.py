"""Search over all public pages.

The index gives the pages that hold all pairs of syllables; the text itself decides. Both databases
give the same pages in the same order: words in the title first, then as typed before without
particle or by a synonym, then the newest.
"""

from collections import Counter
from dataclasses import dataclass
from functools import reduce
from math import ceil
from operator import and_, or_

from django.db import connection
from django.db.models import Case, F, QuerySet, When
from django.db.models.functions import Coalesce, TruncDate
from modelsearch.query import SearchQuery
from wagtail.models import Page
from wagtail.query import PageQuerySet

from ..bigrams import all_pairs
from ..models import (
    NewsPage,
    OpEdPage,
    ReportPage,
    ResourcePage,
    SearchSynonym,
    StatementPage,
)
from .search_matching import holds, without_spaces
from .search_results import Kind, Result, describe_kind, describe_results
from .search_words import SHORTEST_STEM, SPACELESS_FROM, Query, Wanted, read_query

PER_PAGE = 10
ARTICLES = (NewsPage, StatementPage, ReportPage, OpEdPage, ResourcePage)
# Where the index keeps the text as it can be read.
TEXT_COLUMN = {"postgresql": "index_entries__body_text", "sqlite": "index_entries__body"}


@dataclass(frozen=True)
class Answer:
    """``total`` counts all types, ``count`` those of the chosen one."""

    query: Query
    results: tuple[Result, ...] = ()
    kinds: tuple[Kind, ...] = ()
    kind: str = ""
    total: int = 0
    count: int = 0
    page: int = 1
    pages: int = 1

    @property
    def first(self) -> int:
        """The number of the first result on this page."""
        return (self.page - 1) * PER_PAGE + 1

    @property
    def previous_page(self) -> int:
        """0 where there is none."""
        return self.page - 1

    @property
    def next_page(self) -> int:
        """0 where there is none."""
        return self.page + 1 if self.page < self.pages else 0


def search_pages(typed: str, *, kind: str = "", page: int = 1) -> Answer:
    """Find public pages; never raises, whatever was typed.

    Where nothing holds the words as they are, spaces inside short words are overlooked as well.
    """
    query = read_query(typed, SearchSynonym.objects.values_list("words", flat=True))
    if not query.wanted:
        return Answer(query)
    public = Page.objects.live().public()
    for loose_from in (SPACELESS_FROM, SHORTEST_STEM):
        # Keys alone: the texts are looked through once, and only those of one page leave.
        found = list(_in_order(_find(public, query, loose_from), query, loose_from))
        if found:
            return _answer(public, query, found, kind, page, loose_from)
    return Answer(query)


def _answer(
    public: PageQuerySet,
    query: Query,
    found: list[tuple[int, int]],
    slug: str,
    page: int,
    loose_from: int,
) -> Answer:
    kinds = _count_kinds(found)
    chosen = next((kind for kind in kinds if kind.slug == slug), None)
    keys = [pk for pk, kind in found if chosen is None or kind == kinds[chosen]]
    pages = ceil(len(keys) / PER_PAGE)
    page = min(max(page, 1), pages)
    rows = _read(keys[(page - 1) * PER_PAGE : page * PER_PAGE])
    return Answer(
        query=query,
        results=describe_results(public, rows, query, loose_from),
        kinds=tuple(kinds),
        kind=chosen.slug if chosen else "",
        total=len(found),
        count=len(keys),
        page=page,
        pages=pages,
    )


def _read(keys: list[int]) -> list[Page]:
    """These pages with their texts, in this order."""
    pages = Page.objects.annotate(
        text=F(TEXT_COLUMN[connection.vendor]),
        published_on=Coalesce(*_of_articles("published_on")),
        campaign_id=Coalesce(*_of_articles("campaign_id")),
    )
    found = pages.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _find(public: PageQuerySet, query: Query, loose_from: int) -> QuerySet[Page]:
    """The public pages that hold all that is wanted."""
    pairs = reduce(and_, [_pairs(wanted) for wanted in query.wanted])
    text = F(TEXT_COLUMN[connection.vendor])
    found = public.autocomplete(pairs, order_by_relevance=False)
    return (
        found.get_queryset()
        .order_by()
        .alias(text=text)
        .alias(spaceless=without_spaces(text), spaceless_title=without_spaces(F("title")))
        .filter(holds("text", "spaceless", [one.forms for one in query.wanted], loose_from))
    )


def _pairs(wanted: Wanted) -> SearchQuery:
    return reduce(or_, [all_pairs(form.said) for form in wanted.forms])


def _in_order(
    found: QuerySet[Page], query: Query, loose_from: int
) -> "QuerySet[Page, tuple[int, int]]":
    """Keys of the pages and of their types."""
    typed = [(one.typed,) for one in query.wanted]
    forms = [one.forms for one in query.wanted]
    cases = [
        When(holds("title", "spaceless_title", typed, loose_from), then=3),
        When(holds("title", "spaceless_title", forms, loose_from), then=2),
    ]
    if any(one.forms != (one.typed,) for one in query.wanted):
        cases.append(When(holds("text", "text", typed, loose_from), then=1))
    rank = Case(*cases, default=0)
    newest = Coalesce(*_of_articles("published_on"), TruncDate("first_published_at"))
    order = (rank.desc(), newest.desc(nulls_last=True), "-pk")
    return found.order_by(*order).values_list("pk", "content_type")


def _of_articles(field: str) -> list[str]:
    return [f"{model._meta.model_name}__{field}" for model in ARTICLES]


def _count_kinds(found: list[tuple[int, int]]) -> dict[Kind, int]:
    """Kinds with hits, the most frequent first, and the content type of each."""
    counts = Counter(kind for _pk, kind in found)
    kinds = {describe_kind(pk, count): pk for pk, count in counts.items()}
    return dict(sorted(kinds.items(), key=lambda item: (-item[0].count, item[0].slug)))
