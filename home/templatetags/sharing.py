"""What a page says of itself to search engines, messengers and feed readers."""

import json
import re
from dataclasses import dataclass

from django import template
from django.conf import settings
from django.core.files.storage import default_storage
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from ..requests import page_map

register = template.Library()

# As in Django's json_script: a value can't end the element or open another.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
PAGE_NUMBER = re.compile("[0-9]{1,6}")


def absolute(address: str) -> str:
    return settings.SITE_URL + address if address.startswith("/") else address


@register.simple_tag
def share_image(page):
    """The address of the page's card; of the site's own picture until it is drawn."""
    known = page_map()
    name = known and known.card_files.get(page.pk)
    return absolute(default_storage.url(name) if name else static("img/share.png"))


@register.simple_tag(takes_context=True)
def canonical_url(context, page):
    """The page's own address. Pages of a list stand for themselves, filtered lists do not."""
    request = context.get("request")
    asked = request.GET if request else {}
    number = asked.get("page", "")
    if list(asked) == ["page"] and PAGE_NUMBER.fullmatch(number) and int(number) > 1:
        return f"{page.public_url}?page={int(number)}"
    return page.public_url


@dataclass(frozen=True)
class Feed:
    title: str
    url: str
    media_type: str


@register.simple_tag
def feeds_of(page, organisation):
    """The feeds a reader finds from this page: of everything, and of the list it is."""
    sources = [(organisation, f"{settings.SITE_URL}/feed/")]
    if page.feed_url:
        sources.insert(0, (f"{organisation} {page.title}".strip(), page.feed_url))
    return [
        Feed(title, url, media_type)
        for title, rss in sources
        for url, media_type in (
            (rss, "application/rss+xml"),
            (f"{rss}atom/", "application/atom+xml"),
        )
    ]


@register.simple_tag(takes_context=True)
def structured_data(context, page):
    """JSON-LD: what kind of page this is, and where it stands. Data, so no policy forbids it."""
    details = context.get("site_settings")
    told = (*_page_itself(page, details), *context.get("structured", ()))
    known = [_organisation(details), *told, *_breadcrumbs(page)]
    text = json.dumps({"@context": "https://schema.org", "@graph": known}, ensure_ascii=False)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text.translate(ESCAPES)),  # noqa: S308 (no <, > or & is left)
    )


def _organisation(details):
    told = {
        "@type": "Organization",
        "@id": f"{settings.SITE_URL}/#organization",
        "url": f"{settings.SITE_URL}/",
        "logo": absolute(static("img/icon-512.png")),
    }
    for name, field in (
        *(("name", "organisation_name"), ("alternateName", "short_name")),
        *(("address", "address"), ("telephone", "phone"), ("email", "email")),
    ):
        if value := getattr(details, field, ""):
            told[name] = value
    return told


def _page_itself(page, details):
    if page.schema_type not in ("Article", "NewsArticle"):
        return
    publisher = {"@id": f"{settings.SITE_URL}/#organization"}
    told = {
        "@type": page.schema_type,
        "mainEntityOfPage": page.public_url,
        "headline": page.title,
        "description": page.share_description,
        "image": [share_image(page)],
        "inLanguage": "ko-KR",
        "articleSection": page.share_tag,
        "author": {"@type": "Person", "name": page.byline} if page.byline else publisher,
        "publisher": publisher,
    }
    for name, moment in (
        ("datePublished", page.published_date),
        ("dateModified", page.last_published_at),
    ):
        if moment:
            told[name] = moment.isoformat()
    yield {name: value for name, value in told.items() if value}


def _breadcrumbs(page):
    steps = [*((above.title, absolute(above.url or "/")) for above in page.trail)]
    if not steps:
        return
    steps.append((str(page.crumb_title), page.public_url))
    yield {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(steps, start=1)
        ],
    }
