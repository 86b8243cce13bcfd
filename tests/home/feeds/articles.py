"""Lists and texts of the newsroom, published as the tests of feeds and sitemap need them."""

from datetime import date

from home.models import (
    NewsIndexPage,
    NewsPage,
    OpEdIndexPage,
    OpEdPage,
    ReportIndexPage,
    ReportPage,
    ResourceIndexPage,
    ResourcePage,
    StatementIndexPage,
    StatementPage,
)
from tests.factories.tree import publish

INDEXES = {
    NewsPage: NewsIndexPage,
    StatementPage: StatementIndexPage,
    ReportPage: ReportIndexPage,
    OpEdPage: OpEdIndexPage,
    ResourcePage: ResourceIndexPage,
}
NEEDED = {
    ReportPage: {"year": 2026},
    OpEdPage: {"outlet": "가온신문", "author": "김연대"},
}


def list_of(model, home):
    index_model = INDEXES[model]
    slug = model.__name__.removesuffix("Page").lower()
    home.refresh_from_db()
    existing = index_model.objects.child_of(home).first()
    return existing or publish(
        home.add_child(instance=index_model(title=slug, slug=slug, summary="목록입니다."))
    )


def write(home, model=NewsPage, **fields):
    parent = list_of(model, home)
    number = parent.get_children().count() + 1
    fields = NEEDED.get(model, {}) | {"published_on": date(2026, 11, 2)} | fields
    page = model(**{"title": f"글 {number}", "slug": f"text-{number}"} | fields)
    parent.refresh_from_db()
    return publish(parent.add_child(instance=page))
