"""A forum in the words of schema.org, for search engines."""

from django.utils import timezone

from .forum import ForumPresenter

STATUSES = {"cancelled": "EventCancelled", "postponed": "EventPostponed"}
HOME = "https://schema.org/"


def structured_event(forum: ForumPresenter) -> dict[str, object]:
    page = forum.page
    told = {
        "@type": "Event",
        "name": page.title,
        "description": page.share_description or page.slogan,
        "url": page.public_url,
        "inLanguage": "ko-KR",
        "startDate": _moment(page.starts_at),
        "endDate": _moment(page.ends_at),
        "eventStatus": HOME + STATUSES.get(page.change, "EventScheduled"),
        "eventAttendanceMode": HOME + _mode(page),
        "location": _location(page),
        "organizer": _organisers(forum),
        "offers": [_offer(forum, session) for session in forum.public],
    }
    return {name: value for name, value in told.items() if value}


def _moment(value) -> str:
    return timezone.localtime(value).isoformat() if value else ""


def _mode(page) -> str:
    if page.online_url:
        return "MixedEventAttendanceMode" if page.place else "OnlineEventAttendanceMode"
    return "OfflineEventAttendanceMode"


def _location(page) -> dict[str, object] | None:
    if page.place:
        return {"@type": "Place", "name": page.place, "address": page.address or page.place}
    # Where one takes part from afar is told to registered people only.
    return {"@type": "VirtualLocation", "url": page.public_url} if page.online_url else None


def _organisers(forum) -> list[dict[str, str]]:
    return [{"@type": "Organization", "name": host.organisation.name} for host in forum.parts.hosts]


def _offer(forum: ForumPresenter, session) -> dict[str, object]:
    left = {told.session.pk: told.left for told in forum.seats}
    gone = forum.state not in ("open", "upcoming") or left.get(session.pk) == 0
    return {
        "@type": "Offer",
        "name": str(session),
        "price": session.fee_krw,
        "priceCurrency": "KRW",
        "availability": HOME + ("SoldOut" if gone else "InStock"),
        "url": forum.page.public_url,
    }
