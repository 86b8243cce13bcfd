"""A list of articles: narrowed by filters, cut into pages."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import InvalidPage, Page, Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ..forms import LABELS, FilterForm
from ..models import ArticleIndexPage
from ..publishing import UntilPublished
from ..requests import find_documents
from ..services.renditions import find_pictures

Facets = dict[str, list[tuple[str, str]]]


@dataclass(frozen=True)
class CurrentFilter:
    label: str
    value: str
    url_without: str


@dataclass(frozen=True)
class PageLink:
    number: int | None  # None: some are left out here.
    url: str
    is_current: bool


def _read_facets(index: ArticleIndexPage) -> Facets:
    """By filter, the values that live articles of a list have."""
    articles = index.articles()
    article_model = index.article_model
    kinds = dict(getattr(article_model, "Kind", ()) and article_model.Kind.choices)
    columns = (
        *(article_model.year_lookup, "themes__slug", "themes__name"),
        *("region__code", "region__short_name", "campaign__slug", "campaign__title"),
        *(("kind",) if kinds else ()),
    )
    rows = list(articles.order_by().values_list(*columns).distinct())
    years = sorted({row[0] for row in rows}, reverse=True)
    found = {row[7] for row in rows} if kinds else set()
    return {
        "kind": [(value, label) for value, label in kinds.items() if value in found],
        "year": [(str(year), _("%(year)d") % {"year": year}) for year in years],
        "theme": _pairs(rows, 1),
        "region": _pairs(rows, 3),
        "campaign": _pairs(rows, 5),
    }


def _pairs(rows: list[tuple], column: int) -> list[tuple[str, str]]:
    found = {(row[column], row[column + 1]) for row in rows if row[column]}
    return sorted(found, key=lambda pair: pair[1])


_facets = UntilPublished(_read_facets)


def facets_of(index: ArticleIndexPage) -> Facets:
    return _facets.about(index, index.pk)


class ArticleListPresenter:
    """One page of a list. Raises InvalidPage where there is no page of that number."""

    def __init__(self, index: ArticleIndexPage, query: dict[str, str]) -> None:
        self.index = index
        self.form = FilterForm(query, facets_of(index) if index.pk else {})
        self.filters = self.form.chosen
        self.page: Page = self._paginator.page(self._number(query.get("page") or "1"))

    @staticmethod
    def _number(text: str) -> int:
        if not (text.isascii() and text.isdigit()) or len(text) > 6:
            raise InvalidPage
        return int(text)

    @cached_property
    def _paginator(self) -> Paginator:
        return Paginator(self._narrowed(), self.index.per_page)

    def _narrowed(self):
        lookups = {
            "kind": "kind",
            "year": self.index.article_model.year_lookup,
            "theme": "themes__slug",
            "region": "region__code",
            "campaign": "campaign__slug",
        }
        chosen = {lookups[name]: value for name, value in self.filters.items()}
        return self.index.articles().filter(**chosen)

    @property
    def count(self) -> int:
        return self._paginator.count

    @property
    def form_is_useful(self) -> bool:
        return bool(self.form.fields)

    @cached_property
    def articles(self) -> list:
        found = list(self.page.object_list)
        if self.index.shows_pictures:
            _give_pictures(found)
        return found

    @property
    def first_page(self) -> bool:
        return self.page.number == 1

    @cached_property
    def current(self) -> list[CurrentFilter]:
        return [
            CurrentFilter(
                str(LABELS[name]),
                str(dict(self.form.fields[name].choices)[value]),
                self._url({n: v for n, v in self.filters.items() if n != name}),
            )
            for name, value in self.filters.items()
        ]

    @property
    def url_of_all(self) -> str:
        return self._url({})

    def _url(self, filters: dict[str, str], number: int = 1) -> str:
        query = urlencode({**filters, **({"page": number} if number > 1 else {})})
        address = self.index.url or ""
        return f"{address}?{query}" if query else address

    @property
    def previous_url(self) -> str:
        return self._url(self.filters, self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self._url(self.filters, self.page.number + 1) if self.page.has_next() else ""

    @cached_property
    def page_links(self) -> list[PageLink]:
        here = self.page.number
        elided = self._paginator.get_elided_page_range(here, on_each_side=1, on_ends=1)
        return [
            PageLink(number, self._url(self.filters, number), number == here)
            if isinstance(number, int)
            else PageLink(None, "", is_current=False)
            for number in elided
        ]


def _give_pictures(articles: list) -> None:
    pictures = find_pictures(article.picture_id for article in articles)
    for article in articles:
        article.picture = pictures.get(article.picture_id)


class ResourceListPresenter(ArticleListPresenter):
    """Each resource with the files of its newest version."""

    @cached_property
    def articles(self) -> list:
        pages = super().articles
        newest = {page.pk: _newest_document_ids(page) for page in pages}
        wanted = {pk for pks in newest.values() for pk in pks}
        documents = find_documents(wanted)
        for page in pages:
            page.newest_documents = [documents[pk] for pk in newest[page.pk] if pk in documents]
        return pages


def _newest_document_ids(page) -> list[int]:
    """From the raw stream: reading each page's blocks would ask once per page."""
    raw = next(iter(page.versions.raw_data), None)
    value = raw["value"] if raw else {}
    return [value[name] for name in ("pdf", "document") if value.get(name)]
