"""Which page is served, and all that it shows, with few queries."""

from collections.abc import Iterable

from django.db.models import Exists
from django.http import Http404
from wagtail.models import Page, PageViewRestriction

from ..models import BasePage, SiteDocument, SiteImage
from ..services import load_content
from .files import find_documents
from .pages import page_map


def route(request, path):
    """Wagtail's answer to "which page", as ``Page.route_for_request`` keeps it; None if unknown."""
    known = page_map()
    near, rest = known.nearest(path) if known else (None, [])
    page = near and _read(near, known)
    if page is None:
        return None
    try:
        result = page.route(request, rest)
    except Http404:
        return None
    if isinstance(result.page, BasePage):
        result.page.trail = known.trail(result.page)
        if not result.page.loads_late:
            prepare(result.page)
    return result


def prepare(page, more=None):
    """Read at once what the page's template is going to show.

    ``more`` are keys by model of what else is wanted; returns what there is, by model and key.
    """
    known = page_map()
    if known is None:
        return {}
    page.trail = known.trail(page)
    return load_content(page, {Page: known.pages, SiteDocument: find_documents}, more or {})


def _read(near, known):
    """The whole of a page that the map knows, if it is still there and in its place."""
    model = known.model(near.pk)
    if model is None:
        return None
    same = {"pk": near.pk, "path": near.path, "url_path": near.url_path, "live": True}
    restrictions = PageViewRestriction.objects.filter(page__in=_restricting(near, known))
    pages = model._default_manager.filter(**same).annotate(is_restricted=Exists(restrictions))
    return pages.select_related(*(_joined(model) or [None])).first()


def _restricting(near, known) -> set[int]:
    """The page, those above it and, as Wagtail wants, those that any of them is an alias of."""
    keys = set(known.line(near.path))
    for _generation in range(2):
        keys |= {page.alias_of_id for page in map(known.page, keys) if page and page.alias_of_id}
    return keys


def _joined(model) -> Iterable[str]:
    """What a page points at besides pages and pictures: a region, a contact."""
    named = [
        field.name
        for field in model._meta.concrete_fields
        if field.many_to_one
        and field.model is not Page
        and not issubclass(field.related_model, (Page, SiteImage))
    ]
    return [*named, *getattr(model, "read_with", ())]
