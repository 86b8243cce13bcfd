"""Links in texts, written from the kept addresses of pages and files."""

from django.utils.html import format_html
from wagtail.documents import rich_text as documents
from wagtail.rich_text import pages

from .files import find_documents
from .pages import page_map

NOWHERE = "<a>"  # As Wagtail writes it: the words stay, the link is gone.


class PageLinkHandler(pages.PageLinkHandler):
    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        known = page_map()
        if known is None:
            return super().expand_db_attributes_many(attrs_list)
        found = known.pages({key for attrs in attrs_list if (key := _key(attrs))})
        return [_link(known.address(found.get(_key(attrs)))) for attrs in attrs_list]


class DocumentLinkHandler(documents.DocumentLinkHandler):
    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        found = find_documents({key for attrs in attrs_list if (key := _key(attrs))})
        files = [found.get(_key(attrs)) for attrs in attrs_list]
        return [_link(file.url if file else "") for file in files]


def _key(attrs):
    key = attrs.get("id", "")
    return int(key) if key.isdecimal() else 0


def _link(address):
    return format_html('<a href="{}">', address) if address else NOWHERE
