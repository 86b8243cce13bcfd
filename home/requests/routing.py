"""Which page is served, and all that it shows, with few queries."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.http import Http404
from wagtail.models import Page

from ..models import BasePage, SiteImage
from ..services import load_content
from .pages import page_map


def route(request, path):
    """Wagtail's answer to "which page", as ``Page.route_for_request`` keeps it; None if unknown."""
    known = page_map()
    near, rest = known.nearest(path) if known else (None, [])
    page = near and _read(near)
    if page is None:
        return None
    try:
        result = page.route(request, rest)
    except Http404:
        return None
    if isinstance(result.page, BasePage):
        prepare(result.page)
    return result


def prepare(page):
    """Read at once what the page's template is going to show."""
    known = page_map()
    if known is not None:
        page.trail = known.trail(page)
        load_content(page, known.pages)


def _read(near):
    """The whole of a page that the map knows, if it is still there."""
    model = ContentType.objects.get_for_id(near.content_type_id).model_class()
    if model is None:
        return None
    same = {"pk": near.pk, "url_path": near.url_path, "live": True}
    return model._default_manager.filter(**same).select_related(*_joined(model)).first()


def _joined(model) -> Iterable[str]:
    """What a page points at besides pages and pictures: a region, a contact."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if field.many_to_one
        and field.model is not Page
        and not issubclass(field.related_model, (Page, SiteImage))
    ]
