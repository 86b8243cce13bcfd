"""What staff find in Wagtail's own lists and choosers."""

import pytest
from django.urls import reverse
from modelsearch.query import PlainText
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from home.bigrams.backend import cut_query
from home.models import SiteDocument, SiteImage
from tests.factories.home import (
    DocumentFactory,
    ImageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_smoke]


@pytest.fixture
def act(home_page):
    index = NewsIndexPageFactory(parent=home_page)
    NewsPageFactory(parent=index, title="돌봄 소식")
    return NewsPageFactory(parent=index, title="사회적경제기본법을 제정하라", live=False)


@pytest.mark.parametrize(
    "name",
    ["wagtailadmin_pages:search", "wagtailadmin_explore_root", "wagtailadmin_choose_page_search"],
)
@pytest.mark.parametrize("query", ["기본법", '제정 "기본법"'])
def test_editor_finds_a_word_inside_a_word(admin_client, act, name, query):
    answer = admin_client.get(reverse(name), {"q": query})

    assert act.title in answer.text
    assert "돌봄 소식" not in answer.text


@pytest.mark.parametrize("query", ["기본법", "제정하라 기본법", "'기본법*"])
def test_pages_are_found_by_pairs(act, query):
    assert [found.pk for found in Page.objects.all().autocomplete(query)] == [act.pk]


def test_query_without_a_word_finds_nothing(act):
    assert list(Page.objects.all().autocomplete("!?")) == []


def test_quotes_around_nothing_are_overlooked(admin_client, act):
    answer = admin_client.get(reverse("wagtailadmin_pages:search"), {"q": '기본법 "!" "?"'})

    assert act.title in answer.text
    assert admin_client.get(reverse("wagtailadmin_pages:search"), {"q": '"!"'}).status_code == 200


def test_other_queries_stay_as_they_are():
    query = PlainText("기본") | PlainText("돌봄")

    assert cut_query(query) is query


def test_models_without_pairs_are_searched_as_wagtail_does(administrator):
    backend = get_search_backend()

    assert not backend.autocomplete("기본법", type(administrator))


def test_pictures_and_documents_are_found_by_a_word_inside_their_title(db):
    image, document = ImageFactory(title="국회앞기자회견"), DocumentFactory(title="기본법안전문")

    assert list(SiteImage.objects.all().autocomplete("기자회견")) == [image]
    assert list(SiteDocument.objects.all().autocomplete("법안")) == [document]
