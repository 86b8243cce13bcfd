"""Wagtail's search in the database, for Korean: what staff type is cut as the index was."""

from django.db.models import QuerySet
from modelsearch.backends.base import EmptySearchResults
from modelsearch.query import And, Phrase, PlainText
from wagtail.models import Page
from wagtail.search.backends import database

from .fields import BigramField
from .queries import all_pairs


class KoreanSearch:
    """Goes before a backend of Wagtail's. Queries that are cut already stay as they are."""

    def autocomplete(self, query, model_or_queryset, fields=None, **options):
        if not is_cut(model_or_queryset):
            return super().autocomplete(query, model_or_queryset, fields=fields, **options)
        pairs = cut_query(query)
        if pairs is None:
            return EmptySearchResults()
        return super().autocomplete(pairs, model_or_queryset, **options)


def is_cut(model_or_queryset):
    """Whether the index holds pairs for this model."""
    model = model_or_queryset
    if isinstance(model_or_queryset, QuerySet):
        model = model_or_queryset.model
    fields = model.get_search_fields() if hasattr(model, "get_search_fields") else ()
    return issubclass(model, Page) or any(isinstance(field, BigramField) for field in fields)


def cut_query(query):
    """The same query in pairs, None where no word is left. A phrase asks for all of its words."""
    if isinstance(query, str):
        return all_pairs(query)
    if isinstance(query, PlainText | Phrase):
        return all_pairs(query.query_string)
    if isinstance(query, And):
        parts = [part for part in map(cut_query, query.subqueries) if part is not None]
        return And(parts) if parts else None
    return query


def SearchBackend(params):  # noqa: N802 (the name that Wagtail looks for)
    """The backend for the database at hand."""
    backend = type(database.SearchBackend(params))
    return type("KoreanSearchBackend", (KoreanSearch, backend), {})(params)
