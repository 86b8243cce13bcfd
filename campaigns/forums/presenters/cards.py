"""Forums on pages of others: the front page, a campaign's hub."""

from django.utils import timezone

from home.dates import korean_date, korean_time
from home.registry import UpcomingEvent

from ..models import ForumPage

SHOWN = 6


def when_of(page: ForumPage) -> str:
    """2026년 12월 11일(금) 오전 10시"""
    return f"{korean_date(page.starts_at)} {korean_time(page.starts_at, spoken=page.spoken_hours)}"


def card_notes(pages: list) -> dict[int, str]:
    """When each of these pages that is a forum takes place, for its card elsewhere."""
    return {p.pk: when_of(p) for p in pages if isinstance(p, ForumPage) and p.starts_at}


def upcoming_events() -> list[UpcomingEvent]:
    """What everybody may see and is still to come, the next first."""
    pages = ForumPage.objects.live().public().filter(ends_at__gt=timezone.now())
    return [
        UpcomingEvent(
            title=page.title,
            url=page.url or "",
            starts_at=page.starts_at,
            when=when_of(page),
            place=page.place,
            kind=str(page.get_kind_display()),
            note=str(page.get_change_display()) if page.change else "",
        )
        for page in pages.order_by("starts_at", "pk").defer_streamfields()[:SHOWN]
    ]
