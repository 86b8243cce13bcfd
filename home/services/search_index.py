"""Keeping the index whole, whatever happened to the tasks that should have done it."""

from django.db.models import Model
from modelsearch.index import get_indexed_models
from modelsearch.query import PlainText
from wagtail.search.backends import get_search_backend

from ..bigrams import MARK, BigramField

AT_ONCE = 50


def index_what_is_missing() -> int:
    """Index what the index lacks, or holds by the rules of an older version; return how many.

    Wagtail indexes a page when it is saved. This finds the pages of a site that was upgraded or
    brought over, and those whose task was lost. Safe to call twice.
    """
    return sum(_index_missing(model) for model in _models_in_pairs())


def _models_in_pairs() -> list[type[Model]]:
    return [
        model
        for model in get_indexed_models()
        if any(isinstance(field, BigramField) for field in model.get_search_fields())
    ]


def _index_missing(model: type[Model]) -> int:
    backend = get_search_backend()
    indexed = backend.autocomplete(PlainText(MARK), model).get_queryset().order_by()
    manager = model._default_manager
    missing = list(manager.exclude(pk__in=indexed.values("pk")).values_list("pk", flat=True))
    for start in range(0, len(missing), AT_ONCE):
        rows = manager.filter(pk__in=missing[start : start + AT_ONCE])
        backend.add_bulk(model, list(rows))
    return len(missing)
