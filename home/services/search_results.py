"""What a visitor sees of a page that was found."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page
from wagtail.query import PageQuerySet

from .search_excerpt import Piece, excerpt, mark, pattern_of_all, same_words
from .search_words import Query


@dataclass(frozen=True)
class SameWord:
    """``found`` stands in the page and means what was ``typed``."""

    typed: str
    found: str


@dataclass(frozen=True)
class Result:
    title: tuple[Piece, ...]
    url: str
    kind: str
    shown_on: date | None  # Of writing, or on which it takes place; pages in use have no day.
    trail: tuple[str, ...]
    campaign: str
    excerpt: tuple[Piece, ...]
    same_words: tuple[SameWord, ...]


@dataclass(frozen=True)
class Kind:
    """A type of page with the number of its hits; ``slug`` stands in the address."""

    slug: str
    label: str
    count: int


def describe_kind(content_type: int, count: int) -> Kind:
    kind = ContentType.objects.get_for_id(content_type)
    return Kind(kind.model.removesuffix("page"), kind.name, count)


def describe_results(
    public: PageQuerySet, rows: list[Page], query: Query, loose_from: int
) -> tuple[Result, ...]:
    titles = _titles_above(public, rows)
    hits, days = pattern_of_all(query.wanted, loose_from), _days(rows)
    return tuple(
        Result(
            title=mark(row.title, hits),
            url=row.url or "",
            kind=describe_kind(row.content_type_id, 1).label,
            shown_on=row.published_on or days.get(row.pk),
            trail=tuple(titles[path] for path in _paths_above(row) if path in titles),
            campaign=titles.get(row.campaign_id, ""),
            excerpt=excerpt(row.text.split("\n")[1:], hits),
            same_words=_same_words(row.text, query, loose_from),
        )
        for row in rows
    )


def _days(rows: list[Page]) -> dict[int, date]:
    """When those take place that have such a day; one query for each type of them."""
    by_type = groupby(sorted(rows, key=_type_of), key=_type_of)
    days: dict[int, date] = {}
    for content_type, found in by_type:
        model: Any = ContentType.objects.get_for_id(content_type).model_class()
        if field := getattr(model, "day_field", ""):
            moments = model.objects.filter(pk__in=[row.pk for row in found])
            for pk, moment in moments.values_list("pk", field):
                days |= {pk: timezone.localdate(moment)} if moment else {}
    return days


def _type_of(row: Page) -> int:
    return row.content_type_id


def _same_words(text: str, query: Query, loose_from: int) -> tuple[SameWord, ...]:
    found = [(one.typed.said, same_words(text, one, loose_from)) for one in query.wanted]
    return tuple(SameWord(typed, word) for typed, word in found if word)


def _titles_above(public: PageQuerySet, rows: list[Page]) -> dict[object, str]:
    """Titles of public pages above the rows by path, and of their campaigns by key."""
    paths = {path for row in rows for path in _paths_above(row)}
    keys = {row.campaign_id for row in rows if row.campaign_id}
    pages = public.filter(Q(path__in=paths) | Q(pk__in=keys))
    titles: dict[object, str] = {}
    for pk, path, title in pages.values_list("pk", "path", "title"):
        titles |= {pk: title, path: title}
    return titles


def _paths_above(row: Page) -> list[str]:
    """From the page below the front page down to the parent."""
    step = Page.steplen
    return [row.path[:end] for end in range(step * 3, len(row.path), step)]
