"""What everybody may read: the page of a forum, its free seats, its hours, the list of all."""

from datetime import timedelta

from django.core.paginator import InvalidPage
from django.http import Http404, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from home.context_processors import site_details
from home.requests import page_map
from home.views import KAKAO_HOSTS

from ..models import ForumIndexPage, ForumPage
from ..presenters import (
    ForumListPresenter,
    coming_calendar,
    forum_calendar,
    present_forum,
    seats_as_json,
    structured_event,
)

PUBLIC = "public, max-age=0, s-maxage=1"
KEPT, MOST = timedelta(days=30), 200


def show_forum(request, page):
    """The page of a forum, published or as its editor has it."""
    is_draft = getattr(request, "is_preview", False)
    forum = present_forum(page, timezone.now(), is_draft=is_draft)
    context = page.get_context(request)
    context["forum"] = forum
    if not is_draft:
        context["structured"] = [structured_event(forum)]
    response = TemplateResponse(request, "forums/forum_page.html", context)
    if site_details().kakao_javascript_key:
        response._csp_update = KAKAO_HOSTS
    return response


def show_index(request, page):
    context = page.get_context(request)
    try:
        number = request.GET.get("page") or "1"
        context["list"] = ForumListPresenter(page, number, timezone.now())
    except InvalidPage as error:
        raise Http404 from error
    return TemplateResponse(request, "forums/forum_index_page.html", context)


def _live_forum(page_path):
    """The forum at this address that everybody may see."""
    known = page_map()
    near, rest = known.nearest(page_path) if known else (None, [])
    forums = ForumPage.objects.live().public()
    page = None if rest or near is None else forums.filter(pk=near.pk).first()
    if page is None:
        raise Http404
    return page


@require_safe
def seats(_request, page_path):
    """How many seats are left of what is for everybody, for pages that stay open."""
    now = timezone.now()
    forum = present_forum(_live_forum(page_path), now)
    response = JsonResponse(seats_as_json(forum.seats, now))
    response["Cache-Control"] = PUBLIC
    return response


@require_safe
def calendar(_request, page_path):
    page = _live_forum(page_path)
    forum = present_forum(page, timezone.now())
    return _as_calendar(forum_calendar(page, forum.parts.sessions), "forum.ics")


@require_safe
def events(_request, page_path):
    """All meetings, to subscribe to: what is for everybody, from a month ago on."""
    known = page_map()
    near, rest = known.nearest(page_path) if known else (None, [])
    index = ForumIndexPage.objects.live().public().filter(pk=near.pk) if near else None
    if rest or index is None or not index.exists():
        raise Http404
    forums = ForumPage.objects.live().public().filter(ends_at__gt=timezone.now() - KEPT)
    pages = forums.order_by("starts_at", "pk").prefetch_related("sessions")[:MOST]
    title = f"{site_details().organisation_name} · {index.get().title}"
    return _as_calendar(coming_calendar(pages, title), "events.ics")


def _as_calendar(text, name):
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = PUBLIC
    return response
