import pytest
from modelsearch.query import PlainText
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from home import bigrams
from home.services import index_what_is_missing, search_pages
from home.services import search_index as module
from tests.factories.home import DocumentFactory, NewsIndexPageFactory, NewsPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_smoke]


def indexed():
    return set(get_search_backend().autocomplete(PlainText(bigrams.MARK), Page).get_queryset())


def test_pages_of_an_older_site_are_indexed_once(home_page, monkeypatch):
    monkeypatch.setattr(module, "AT_ONCE", 2)
    index = NewsIndexPageFactory(parent=home_page)
    pages = [NewsPageFactory(parent=index, title=f"기본법 {number}") for number in range(3)]
    DocumentFactory()
    index_what_is_missing()
    get_search_backend().reset_indexes()
    assert search_pages("기본법").total == 0

    counts = index_what_is_missing(), index_what_is_missing()

    assert counts == (len(pages) + 3, 0)  # The list, the front page and the document as well.
    assert search_pages("기본법").total == len(pages)


def test_pages_cut_by_older_rules_are_cut_anew(home_page, monkeypatch):
    index_what_is_missing()
    assert index_what_is_missing() == 0

    for name in ("home.bigrams.fields", "home.services.search_index"):
        monkeypatch.setattr(f"{name}.MARK", "yeondaepairs2x")

    assert index_what_is_missing() > 0
    assert index_what_is_missing() == 0


def test_nothing_is_left_of_a_deleted_page(home_page):
    index = NewsIndexPageFactory(parent=home_page)
    page = NewsPageFactory(parent=index, title="기본법")

    page.delete()

    assert page.pk not in {found.pk for found in indexed()}
