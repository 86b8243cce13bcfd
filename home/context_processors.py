"""What every page needs to know of the coalition: its name, menu and footer."""

from dataclasses import dataclass, field

from django.utils.functional import SimpleLazyObject
from wagtail.models import Site

from messaging.registry import Sender

from .exceptions import DATABASE_AWAY
from .models import SiteSettings
from .publishing import UntilPublished


@dataclass(frozen=True)
class Link:
    title: str
    url: str


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
    privacy_policy_url: str = ""
    official_petition_help_url: str = ""
    menu_items: tuple[Link, ...] = field(default=())
    primary_action: Link | None = None


TEXTS = (
    *("organisation_name", "short_name", "representatives", "registration_number", "address"),
    *("phone", "email", "privacy_officer", "footer_note", "kakao_javascript_key"),
)


def _read_details() -> SiteDetails:
    site = Site.objects.filter(is_default_site=True).first()
    settings = site and SiteSettings.objects.filter(site=site).first()
    if not settings:
        return SiteDetails()
    items = settings.menu_items.select_related("page")
    return SiteDetails(
        **{name: getattr(settings, name) for name in TEXTS},
        privacy_policy_url=_url(settings.privacy_policy_page),
        official_petition_help_url=_url(settings.official_petition_help_page),
        menu_items=tuple(Link(i.label, i.page.url) for i in items if i.page.live),
        primary_action=_action(settings.action_page),
    )


def _url(page) -> str:
    return page.url or "" if page and page.live else ""


def _action(page) -> Link | None:
    if not page or not page.live:
        return None
    specific = page.specific
    if not getattr(specific, "is_open", lambda: True)():
        return None
    return Link(str(getattr(specific, "action_label", specific.title)), specific.url)


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
