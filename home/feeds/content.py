"""The full texts of a feed: absolute addresses, pictures, nothing that runs."""

import re
from collections.abc import Iterable
from html import escape

from bs4 import Tag
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, Value
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.whitelist import (
    DEFAULT_ELEMENT_RULES,
    Whitelister,
    allow_without_attributes,
)

from ..models import Article, OpEdPage, SiteDocument, SiteImage
from ..requests import page_map
from .blocks import NOTHING, listed, picture, stream_html

LINK = re.compile(r'<a\b[^>]*\blinktype="(page|document)"[^>]*>')
EMBED = re.compile(r'<embed\b[^>]*\bembedtype="image"[^>]*>')
ID = re.compile(r'\bid="(\d+)"')
ALT = re.compile(r'\balt="([^"]*)"')
WIDEST = 1200
# XML 1.0 has no place for these, not even escaped.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def legal(text: object) -> str:
    return NOT_XML.sub("", str(text))


def full_texts(articles: Iterable[Article]) -> list[str]:
    """The text of each article as HTML, with the same few queries however many there are."""
    texts = [_stored(article) for article in articles]
    found = _References("".join(texts))
    return [legal(_Cleaner().clean(found.resolve(text))) for text in texts]


def _stored(article: Article) -> SafeString:
    """As stored: an op-ed whose outlet permits no reprinting gives its excerpt only."""
    parts = [picture({"image": article.picture_id, "alt_text": article.title})]
    parts.append(listed(getattr(article, "gist_lines", ())))
    if isinstance(article, OpEdPage):
        parts.append(_quoted(article))
    if not isinstance(article, OpEdPage) or article.may_reprint:
        parts.append(stream_html(article.body.raw_data))
    for stream in ("sections", "versions", "files"):
        if hasattr(article, stream):
            parts.append(stream_html(getattr(article, stream).raw_data))
    if names := getattr(article, "signatory_list", ()):
        parts.append(format_html("<p>{}</p>", ", ".join(names)))
    return format_html_join("\n", "{}", ([part] for part in parts if part))


def _quoted(op_ed: OpEdPage) -> SafeString:
    passage = (
        format_html("<blockquote><p>{}</p></blockquote>", op_ed.excerpt)
        if op_ed.excerpt
        else NOTHING
    )
    if not op_ed.original_url:
        return passage
    words = _("Read the original in %(outlet)s") % {"outlet": op_ed.outlet}
    return passage + format_html('<p><a href="{}">{}</a></p>', op_ed.original_url, words)


class _References:
    """What the texts refer to, looked up with one query per kind."""

    def __init__(self, html: str) -> None:
        links = [(match[1], _id(match[0])) for match in LINK.finditer(html)]
        pages = {pk for kind, pk in links if kind == "page"}
        documents = {pk for kind, pk in links if kind == "document"}
        pictures = {_id(match[0]) for match in EMBED.finditer(html)}
        known = page_map()
        live = [page for page in known.pages(pages).values() if page.live] if known else []
        files = _read_files(documents, pictures)
        self.urls = {("page", page.pk): page.url for page in live if page.url}
        self.urls |= {
            ("document", pk): SiteDocument.from_db(DEFAULT_DB_ALIAS, ["id", "file"], [pk, name]).url
            for kind, pk, name, _size, _width in files
            if kind == "document"
        }
        self.pictures = _picture_urls(row for row in files if row[0] == "picture")

    def resolve(self, html: str) -> str:
        return EMBED.sub(self._image, LINK.sub(self._link, html))

    def _link(self, match: re.Match[str]) -> str:
        url = self.urls.get((match[1], _id(match[0])))
        return f'<a href="{escape(url)}">' if url else "<a>"

    def _image(self, match: re.Match[str]) -> str:
        url = self.pictures.get(_id(match[0]))
        alt = ALT.search(match[0])
        return f'<img src="{escape(url)}" alt="{alt[1] if alt else ""}"/>' if url else ""


def _id(tag: str) -> int:
    number = ID.search(tag)
    return int(number[1]) if number else 0


File = tuple[str, int, str, str | None, int | None]


def _read_files(documents: set[int], pictures: set[int]) -> list[File]:
    """Kind, key and name; of pictures a row for each stored size with its name and width."""
    columns = ("kind", "pk", "file", "size", "wide")
    given = SiteDocument.objects.filter(pk__in=documents).order_by()
    stored = SiteImage.objects.filter(pk__in=pictures).order_by()
    sizes = {"size": F("renditions__file"), "wide": F("renditions__width")}
    rows = [
        stored.annotate(kind=Value("picture"), **sizes).values_list(*columns),
        given.annotate(kind=Value("document"), size=Value(""), wide=Value(0)).values_list(*columns),
    ]
    return list(rows[0].union(rows[1], all=True))


def _picture_urls(sizes: Iterable[File]) -> dict[int, str]:
    """The largest stored size that suits a reader, else the picture as it was given."""
    chosen: dict[int, tuple[int, str]] = {}
    for _kind, pk, original, name, width in sizes:
        fits = name and name.endswith((".jpg", ".jpeg", ".png", ".webp")) and width <= WIDEST
        candidate = (width, name) if fits else (0, original)
        chosen[pk] = max(chosen.get(pk, candidate), candidate)
    return {pk: default_storage.url(name) for pk, (_width, name) in chosen.items()}


def _absolute(url: str) -> str:
    return settings.SITE_URL + url if url.startswith("/") and not url.startswith("//") else url


class _Cleaner(Whitelister):
    element_rules = DEFAULT_ELEMENT_RULES | dict.fromkeys(
        ("blockquote", "figcaption", "figure", "table", "td", "th", "tr"),
        allow_without_attributes,
    )

    def clean_tag_node(self, doc: Tag, tag: Tag) -> None:
        if tag.name in ("script", "style", "iframe", "object"):
            tag.decompose()
            return
        super().clean_tag_node(doc, tag)
        for name in ("href", "src"):
            if name in (tag.attrs or {}):
                tag[name] = _absolute(tag[name])
