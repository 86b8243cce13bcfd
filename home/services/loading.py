"""Reads all that a page shows, however much it is, with one query per kind of thing."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import ForeignKey, Model
from wagtail.fields import StreamField
from wagtail.models import Page

from ..blocks.loading import loaded, references
from ..models import BasePage, SiteImage
from .renditions import find_pictures

Finder = Callable[[Iterable[int]], dict[int, Any]]
Keys = dict[type[Model], Iterable[int | None]]
Found = dict[type[Model], dict[int, Any]]
Field = Any  # Django's own are generic in what they hold; it does not matter here.


def load_content(page: BasePage, known: dict[type[Model], Finder], more: Keys) -> Found:
    """Read what the page's texts and fields point at, and ``more``; returns all that was read.

    ``known`` gives pages and files by key: whoever serves visitors has them without asking. Safe
    to call twice; the second time reads nothing.
    """
    if getattr(page, "_content_is_loaded", False):
        return {}
    streams = [getattr(page, field.name) for field in _fields(page, StreamField)]
    wanted = _wanted(page, streams)
    for model, keys in more.items():
        wanted[model] |= {key for key in keys if key}
    found = _find(wanted, {SiteImage: find_pictures, **known})
    for field in _pointers(page):
        if (key := getattr(page, field.attname)) and not field.is_cached(page):
            field.set_cached_value(page, found[field.related_model][key])
    with loaded(found):
        for stream in streams:
            list(stream)  # Turns what is stored into what is shown.
    page._content_is_loaded = True
    return found


def _find(wanted: dict[type[Model], set[int]], finders: dict[type[Model], Finder]) -> Found:
    """What is there under these keys; None under the others."""
    found: Found = {}
    for model, keys in wanted.items():
        those = finders.get(model, model._default_manager.in_bulk)(keys)
        found[model] = {key: those.get(key) for key in keys}
    return found


def pictures_of(page: BasePage) -> set[int]:
    """Keys of all pictures on the page."""
    streams = [getattr(page, field.name) for field in _fields(page, StreamField)]
    return _wanted(page, streams).get(SiteImage, set())


def _wanted(page: BasePage, streams: list[Any]) -> dict[type[Model], set[int]]:
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for field in _pointers(page):
        if key := getattr(page, field.attname):
            wanted[field.related_model].add(key)
    for stream in streams:
        for model, key in references(stream.stream_block, list(stream.raw_data)):
            wanted[model].add(key)
    return wanted


def _fields(page: BasePage, kind: type) -> list[Field]:
    return [field for field in page._meta.concrete_fields if isinstance(field, kind)]


def _pointers(page: BasePage) -> list[Field]:
    """The page's own fields that hold a picture or a page; not those that every page has."""
    return [
        field
        for field in _fields(page, ForeignKey)
        if field.model is not Page
        and field.related_model in (SiteImage, Page)
        and not field.remote_field.parent_link
    ]
