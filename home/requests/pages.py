"""All pages by key and address, read at once and kept until something is published."""

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q
from django.utils.functional import cached_property
from wagtail.models import Page, Site

from ..publishing import UntilPublished
from .sites import SITE_COLUMNS, KnownSite, keep_root_paths

KEPT = {
    *("id", "title", "slug", "path", "depth", "url_path", "live", "content_type_id"),
    *("alias_of_id", "locale_id"),
}
# In the model's own order, as ``from_db`` takes them.
FIELDS = tuple(f.attname for f in Page._meta.concrete_fields if f.attname in KEPT)
PATH, URL_PATH, LIVE = map(FIELDS.index, ("path", "url_path", "live"))
TYPE = ("content_type__app_label", "content_type__model")
# A row per restriction and per site: nearly always one for each page.
COLUMNS = (*FIELDS, *TYPE, "share_card__file", "view_restrictions__id", *SITE_COLUMNS)


class PageMap:
    """All pages, live or not, with what links to them need."""

    def __init__(self, root_path, rows):
        self.root_path = root_path
        self.rows, self.types, self.card_files, self.restricted = {}, {}, {}, set()
        for row in rows:
            key, (*kind, card, restriction) = row[FIELDS.index("id")], row[len(FIELDS) :]
            self.rows[key], self.types[key] = row[: len(FIELDS)], tuple(kind)
            if card:
                self.card_files[key] = card
            if restriction:
                self.restricted.add(key)

    @cached_property
    def live_by_url_path(self):
        return {row[URL_PATH]: key for key, row in self.rows.items() if row[LIVE]}

    @cached_property
    def site_root_paths(self):
        return Site.get_site_root_paths()

    @cached_property
    def by_path(self):
        return {row[PATH]: key for key, row in self.rows.items()}

    @cached_property
    def private_q(self):
        """As Wagtail's: true of pages that not everybody may see. Without asking for them."""
        paths = [self.rows[key][PATH] for key in self.restricted]
        private = (Q(path__startswith=path) for path in paths)
        return Q(*private, _connector=Q.OR) if paths else Q(pk__in=[])

    def is_open(self, page):
        """Whether the page is live and everybody may see it."""
        return page.live and self.restricted.isdisjoint(self.line(page.path))

    def line(self, path):
        """The keys of the page at this place in the tree and of those above it."""
        ends = range(Page.steplen, len(path) + 1, Page.steplen)
        return [key for end in ends if (key := self.by_path.get(path[:end]))]

    def model(self, key):
        """The type of a page; None where its code is gone."""
        try:
            return apps.get_model(*self.types[key])
        except LookupError:
            return None

    def page(self, key):
        """The page, its other fields to be read when asked for; None where there is none."""
        row = self.rows.get(key)
        if row is None:
            return None
        page = Page.from_db(DEFAULT_DB_ALIAS, FIELDS, row)
        # Where Wagtail keeps them: each page would ask the cache for itself.
        page._wagtail_cached_site_root_paths = self.site_root_paths
        return page

    def pages(self, keys):
        """By key. A page that is younger than the map is asked for."""
        young = [key for key in keys if key not in self.rows]
        found = {key: self.page(key) for key in keys if key in self.rows}
        return found | (Page.objects.in_bulk(young) if young else {})

    def open_pages(self, *models):
        """Pages of these types that everybody may see, in the order of the tree."""
        pages = [self.page(key) for key in self.rows if self.model(key) in models]
        return [page for page in pages if self.is_open(page)]

    @cached_property
    def actions(self):
        """Live pages that say how to take part, below live pages."""
        pages = [
            self.page(key) for key in self.rows if getattr(self.model(key), "is_action", False)
        ]
        return [page for page in pages if page.live and self.is_below_live(page)]

    def actions_of(self, page):
        """Those right below a page, for whoever may see that one."""
        own = [one for one in self.actions if one.path[: -Page.steplen] == page.path]
        return [one for one in own if one.pk not in self.restricted]

    def others_of(self, page):
        """Those right below a page that everybody may see and that ask for nothing."""
        keys = [key for key, row in self.rows.items() if row[PATH][: -Page.steplen] == page.path]
        below = [self.page(key) for key in keys if not getattr(self.model(key), "is_action", True)]
        return [one for one in below if one.live and one.pk not in self.restricted]

    def is_below_live(self, page):
        above = self.page(self.by_path.get(page.path[: -Page.steplen]))
        return bool(above and above.live)

    def read_cards(self, pages):
        """These pages with what cards show of them, in the order of the tree; one query."""
        models = {page.pk: model for page in pages if (model := self.model(page.pk))}
        return _read_cards(models) if models else []

    def address(self, page):
        """Where a live page is, from the root of the site; else nothing."""
        if not page or not page.live or not page.url_path.startswith(self.root_path):
            return ""
        return f"/{page.url_path[len(self.root_path) :]}"

    def trail(self, page):
        """The live pages above ``page``, from the front page down."""
        above = map(self.page, self.line(page.path)[1:-1])
        return [one for one in above if one.live]

    def nearest(self, path):
        """The live page at this address or above it, and the parts of the address below it."""
        parts = [part for part in path.split("/") if part]
        for length in range(len(parts), -1, -1):
            address = "".join(f"{part}/" for part in parts[:length])
            if key := self.live_by_url_path.get(self.root_path + address):
                return self.page(key), parts[length:]
        return None, parts


def _read_cards(models):
    parts = {model: model._meta.model_name for model in models.values()}
    pages = Page.objects.live().filter(pk__in=models).order_by("path")
    beside = [f"{part}__{name}" for model, part in parts.items() for name in model.read_with]
    texts = [
        f"{part}__{name}" for model, part in parts.items() for name in model.get_streamfield_names()
    ]
    read = pages.select_related(*parts.values(), *beside).defer(*texts)
    return [getattr(page, parts[models[page.pk]]) for page in read]


def _read_map():
    width = len(COLUMNS) - len(SITE_COLUMNS)
    rows = list(Page.objects.order_by("path").values_list(*COLUMNS))
    roots = (row for row in rows if row[width])
    sites = {KnownSite(row[FIELDS.index("url_path")], *row[width:]) for row in roots}
    keep_root_paths(sites)
    default = next((site for site in sites if site.is_default), None)
    return default and PageMap(default.root_path, [row[:width] for row in rows])


page_map = UntilPublished(_read_map)


def private_q():
    """What is true of pages that not everybody may see."""
    known = page_map()
    return known.private_q if known else Page.objects.private_q()
