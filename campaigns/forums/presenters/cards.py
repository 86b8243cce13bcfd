"""Forums on pages of others: the front page, a campaign's hub."""

from django.utils import timezone

from home.dates import korean_date, korean_time
from home.registry import UpcomingEvent

from ..models import ForumPage


def when_of(page: ForumPage) -> str:
    """2026년 12월 11일(금) 오전 10시"""
    return f"{korean_date(page.starts_at)} {korean_time(page.starts_at, spoken=page.spoken_hours)}"


def card_notes(pages: list) -> dict[int, str]:
    """When each of these pages that is a forum takes place, for its card elsewhere."""
    return {p.pk: when_of(p) for p in pages if isinstance(p, ForumPage) and p.starts_at}


def upcoming_events(pages: list) -> list[UpcomingEvent]:
    """What of these pages is a forum still to come."""
    now = timezone.now()
    forums = (page for page in pages if isinstance(page, ForumPage))
    return [_event(page) for page in forums if page.ends_at and page.ends_at > now]


def _event(page: ForumPage) -> UpcomingEvent:
    return UpcomingEvent(
        title=page.title,
        url=page.url or "",
        starts_at=page.starts_at,
        when=when_of(page),
        place=page.place,
        kind=str(page.get_kind_display()),
        note=str(page.get_change_display()) if page.change else "",
    )
