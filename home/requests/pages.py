"""All pages by key and address, read at once and kept until something is published."""

from django.db import DEFAULT_DB_ALIAS
from django.utils.functional import cached_property
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from ..publishing import UntilPublished

KEPT = {
    *("id", "title", "slug", "path", "depth", "url_path", "live", "content_type_id"),
    *("alias_of_id", "locale_id"),
}
# In the model's own order, as ``from_db`` takes them.
FIELDS = tuple(f.attname for f in Page._meta.concrete_fields if f.attname in KEPT)


class PageMap:
    """All pages, live or not, with what links to them need."""

    def __init__(self, root_path, rows):
        self.root_path = root_path
        self.rows = {row[FIELDS.index("id")]: row for row in rows}

    @cached_property
    def live_by_url_path(self):
        pages = map(self.page, self.rows)
        return {page.url_path: page.pk for page in pages if page.live}

    @cached_property
    def by_path(self):
        return {row[FIELDS.index("path")]: key for key, row in self.rows.items()}

    def page(self, key):
        """The page, its other fields to be read when asked for; None where there is none."""
        row = self.rows.get(key)
        return row and Page.from_db(DEFAULT_DB_ALIAS, FIELDS, row)

    def pages(self, keys):
        """By key. A page that is younger than the map is asked for."""
        young = [key for key in keys if key not in self.rows]
        found = {key: self.page(key) for key in keys if key in self.rows}
        return found | (Page.objects.in_bulk(young) if young else {})

    def address(self, page):
        """Where a live page is, from the root of the site; else nothing."""
        if not page or not page.live or not page.url_path.startswith(self.root_path):
            return ""
        return f"/{page.url_path[len(self.root_path) :]}"

    def trail(self, page):
        """The live pages above ``page``, from the front page down."""
        steps = range(2 * page.steplen, len(page.path), page.steplen)
        keys = [self.by_path.get(page.path[:length]) for length in steps]
        return [above for above in map(self.page, keys) if above and above.live]

    def nearest(self, path):
        """The live page at this address or above it, and the parts of the address below it."""
        parts = [part for part in path.split("/") if part]
        for length in range(len(parts), -1, -1):
            address = "".join(f"{part}/" for part in parts[:length])
            if key := self.live_by_url_path.get(self.root_path + address):
                return self.page(key), parts[length:]
        return None, parts


def _read_map():
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        return None
    return PageMap(site.root_page.url_path, Page.objects.values_list(*FIELDS))


def _read_documents():
    documents = get_document_model().objects.only("id", "file")
    return {document.pk: document.url for document in documents}


page_map = UntilPublished(_read_map)
document_addresses = UntilPublished(_read_documents)
