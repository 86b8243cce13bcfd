"""What every page needs to know of the coalition: its name, menu, alert and footer."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page, Site

from messaging.registry import Sender

from .exceptions import DATABASE_AWAY
from .models import SiteAlert, SiteSettings
from .publishing import UntilPublished


@dataclass(frozen=True)
class Link:
    """A way to a page, with the ways that a menu opens below it."""

    title: str
    url: str
    links: tuple["Link", ...] = field(default=())


@dataclass(frozen=True)
class Alert:
    kind: str
    text: str
    url: str
    label: str
    shows_until: datetime | None


@dataclass(frozen=True)
class SiteDetails:
    """The words around every page, read once and kept until something is published."""

    organisation_name: str = ""
    short_name: str = ""
    representatives: str = ""
    registration_number: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    privacy_officer: str = ""
    footer_note: str = ""
    kakao_javascript_key: str = ""
    security_contact: str = ""
    naver_site_verification: str = ""
    google_site_verification: str = ""
    privacy_policy_url: str = ""
    official_petition_help_url: str = ""
    menu_items: tuple[Link, ...] = field(default=())
    footer_links: tuple[Link, ...] = field(default=())
    primary_action: Link | None = None
    announced: Alert | None = None

    @property
    def alert(self) -> Alert | None:
        """What is announced, unless its time is over: these details may be a minute old."""
        if self.announced is None:
            return None
        until = self.announced.shows_until
        return self.announced if until is None or timezone.now() < until else None


TEXTS = (
    *("organisation_name", "short_name", "representatives", "registration_number", "address"),
    *("phone", "email", "privacy_officer", "footer_note", "kakao_javascript_key"),
    *("security_contact", "naver_site_verification", "google_site_verification"),
)


def _read_details() -> SiteDetails:
    site = Site.objects.filter(is_default_site=True).first()
    if not site:
        return SiteDetails()
    settings = SiteSettings.objects.filter(site=site).first() or SiteSettings(site=site)
    items = list(settings.menu_items.all()) if settings.pk else []
    alert = SiteAlert.objects.filter(site=site).exclude(text="").first()
    pages = _live_pages(settings, items, alert)
    return SiteDetails(
        **{name: getattr(settings, name) for name in TEXTS},
        privacy_policy_url=_url(pages, settings.privacy_policy_page_id),
        official_petition_help_url=_url(pages, settings.official_petition_help_page_id),
        menu_items=tuple(
            Link(item.label, pages[item.page_id].url, _links(item.links, pages))
            for item in items
            if item.page_id in pages
        ),
        footer_links=_links(settings.footer_links, pages),
        primary_action=_action(pages.get(settings.action_page_id)),
        announced=alert and _announced(alert, pages),
    )


def _live_pages(settings, items, alert) -> dict[int, Page]:
    """All pages that the words around a page lead to, with one query however many there are."""
    wanted = {settings.privacy_policy_page_id, settings.official_petition_help_page_id}
    wanted |= {settings.action_page_id, alert and alert.page_id}
    for item in items:
        wanted |= {item.page_id, *(page_id for page_id, _label in _chosen(item.links))}
    wanted |= {page_id for page_id, _label in _chosen(settings.footer_links)}
    return Page.objects.live().in_bulk(wanted - {None})


def _chosen(stream) -> Iterable[tuple[int | None, str]]:
    """The pages of a stream of links as stored: asking the blocks would load them one stream
    after the other."""
    for block in stream.raw_data:
        yield block["value"].get("page"), block["value"].get("label") or ""


def _links(stream, pages) -> tuple[Link, ...]:
    return tuple(
        Link(label or pages[page_id].title, pages[page_id].url)
        for page_id, label in _chosen(stream)
        if page_id in pages
    )


def _url(pages, page_id) -> str:
    return (pages[page_id].url or "") if page_id in pages else ""


def _action(page) -> Link | None:
    if not page:
        return None
    specific = page.specific
    if not getattr(specific, "is_open", lambda: True)():
        return None
    return Link(str(getattr(specific, "action_label", specific.title)), specific.url)


def _announced(alert, pages) -> Alert:
    url = _url(pages, alert.page_id)
    label = alert.link_label or (pages[alert.page_id].title if url else "")
    return Alert(alert.kind, alert.text, url, label, alert.shows_until)


site_details = UntilPublished(_read_details)


def site_settings(_request):
    return {"site_settings": SimpleLazyObject(_details_or_none_yet)}


def _details_or_none_yet() -> SiteDetails:
    """Pages that say the database is away must not need it."""
    try:
        return site_details()
    except DATABASE_AWAY:
        return SiteDetails()


def mail_sender() -> Sender:
    details = site_details()
    return Sender(
        name=details.organisation_name or details.short_name,
        address=details.address,
        phone=details.phone,
        email=details.email,
    )
