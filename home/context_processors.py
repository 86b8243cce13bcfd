"""What every page needs to know of the coalition: its name, menu, alert and footer."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page, Site, get_page_models

from messaging.registry import Sender

from .exceptions import DATABASE_AWAY
from .models import BasePage
from .presenters.actions import is_open
from .publishing import UntilPublished
from .requests import page_map


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
    privacy_officer_office: str = ""
    privacy_officer_phone: str = ""
    privacy_officer_email: str = ""
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
    *("phone", "email", "footer_note", "kakao_javascript_key"),
    *("privacy_officer", "privacy_officer_office"),
    *("privacy_officer_phone", "privacy_officer_email"),
    *("security_contact", "naver_site_verification", "google_site_verification"),
)
PAGES = ("privacy_policy_page", "official_petition_help_page", "action_page")
SETTINGS = (*TEXTS, *(f"{name}_id" for name in PAGES), "footer_links")
ITEM = ("label", "page_id", "links")
ALERT = ("kind", "text", "page_id", "link_label", "shows_until")


def _read_details() -> SiteDetails:
    """One query: a row per item of the menu, each with the words around every page."""
    rows = _read_rows()
    known = page_map()
    if not rows or known is None:
        return SiteDetails()
    words = rows[0]
    items = [_part(row, "sitesettings__menu_items", ITEM) for row in rows]
    settings = _part(words, "sitesettings", SETTINGS)
    alert = _part(words, "sitealert", ALERT)
    pages = _live_pages(known, settings, items, alert)
    return SiteDetails(
        **{name: settings[name] or "" for name in TEXTS},
        privacy_policy_url=_url(pages, settings["privacy_policy_page_id"]),
        official_petition_help_url=_url(pages, settings["official_petition_help_page_id"]),
        menu_items=tuple(
            Link(item["label"], pages[item["page_id"]].url, _links(item["links"], pages))
            for item in items
            if item["page_id"] in pages
        ),
        footer_links=_links(settings["footer_links"], pages),
        primary_action=_action(pages.get(settings["action_page_id"]), known, words),
        announced=_announced(alert, pages) if alert["text"] else None,
    )


def _read_rows() -> list[dict[str, Any]]:
    names = (
        *(f"sitesettings__{name}" for name in SETTINGS),
        *(f"sitesettings__menu_items__{name}" for name in ITEM),
        *(f"sitealert__{name}" for name in ALERT),
        *(column for model in _action_models() for column in _opening(model).values()),
    )
    sites = Site.objects.filter(is_default_site=True)
    return list(sites.order_by("sitesettings__menu_items__sort_order").values(*names))


def _part(row: dict[str, Any], path: str, names: Iterable[str]) -> dict[str, Any]:
    return {name: row[f"{path}__{name}"] for name in names}


def _live_pages(known, settings, items, alert) -> dict[int, Page]:
    """All pages that the words around a page lead to."""
    wanted = {*(settings[f"{name}_id"] for name in PAGES), alert["page_id"]}
    for item in items:
        wanted |= {item["page_id"], *(page_id for page_id, _label in _chosen(item["links"]))}
    wanted |= {page_id for page_id, _label in _chosen(settings["footer_links"])}
    return {key: page for key, page in known.pages(wanted - {None}).items() if page.live}


def _chosen(stream) -> Iterable[tuple[int | None, str]]:
    """The pages of a stream of links as stored: asking the blocks would load them one stream
    after the other."""
    for block in stream.raw_data if stream else ():
        yield block["value"].get("page"), block["value"].get("label") or ""


def _links(stream, pages) -> tuple[Link, ...]:
    return tuple(
        Link(label or pages[page_id].title, pages[page_id].url)
        for page_id, label in _chosen(stream)
        if page_id in pages
    )


def _url(pages, page_id) -> str:
    return (pages[page_id].url or "") if page_id in pages else ""


def _action_models() -> list[type[BasePage]]:
    return [model for model in get_page_models() if getattr(model, "is_action", False)]


def _opening(model: type[BasePage]) -> dict[str, str]:
    """What says whether an action is open, and where it stands beside the page of the button."""
    beside = f"sitesettings__action_page__{model._meta.model_name}"
    return {name: f"{beside}__{name}" for name in model.opening_fields}


def _action(page, known, words) -> Link | None:
    if not page:
        return None
    model = known.model(page.pk)
    if not getattr(model, "is_action", False):
        return Link(page.title, page.url)
    opening = {name: words[column] for name, column in _opening(model).items()}
    # With its type: Wagtail would ask for it.
    action = model(content_type_id=page.content_type_id, **opening)
    label = str(getattr(model, "action_label", page.title))
    return Link(label, page.url) if is_open(action) else None


def _announced(alert, pages) -> Alert:
    url = _url(pages, alert["page_id"])
    label = alert["link_label"] or (pages[alert["page_id"]].title if url else "")
    return Alert(alert["kind"], alert["text"], url, label, alert["shows_until"])


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
    officer = (
        *(details.privacy_officer, details.privacy_officer_office),
        *(details.privacy_officer_phone, details.privacy_officer_email),
    )
    return Sender(
        name=details.organisation_name or details.short_name,
        address=details.address,
        phone=details.phone,
        email=details.email,
        officer=" · ".join(filter(None, officer)),
    )
