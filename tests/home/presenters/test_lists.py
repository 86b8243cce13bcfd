from datetime import date

import pytest
from django.core.paginator import InvalidPage
from wagtail.models import PageViewRestriction

from home.forms import LABELS
from home.models import ResourcePage, StatementPage
from home.presenters import ArticleListPresenter, ResourceListPresenter
from tests.conftest import publish
from tests.factories.home import (
    DocumentFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    RegionFactory,
    ReportIndexPageFactory,
    ReportPageFactory,
    ResourceIndexPageFactory,
    ResourcePageFactory,
    StatementIndexPageFactory,
    StatementPageFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.integration


@pytest.fixture
def news(home_page):
    return NewsIndexPageFactory(parent=home_page)


def titles(presenter):
    return [article.title for article in presenter.articles]


def test_the_newest_comes_first(news):
    NewsPageFactory(parent=news, title="먼저", published_on=date(2026, 1, 1))
    NewsPageFactory(parent=news, title="나중", published_on=date(2026, 2, 1))

    assert titles(ArticleListPresenter(news, {})) == ["나중", "먼저"]


def test_reports_are_in_the_order_of_their_years_and_narrowed_by_them(home_page):
    index = ReportIndexPageFactory(parent=home_page)
    for year in (2024, 2026, 2025):
        ReportPageFactory(parent=index, year=year, published_on=date(2026, 11, 1))

    assert titles(ArticleListPresenter(index, {})) == [
        "2026년 활동보고",
        "2025년 활동보고",
        "2024년 활동보고",
    ]
    assert titles(ArticleListPresenter(index, {"year": "2025"})) == ["2025년 활동보고"]


def test_a_list_is_narrowed_by_everything_at_once(news, campaign_page):
    care, law = ThemeFactory(slug="care", name="돌봄"), ThemeFactory(slug="law", name="법·제도")
    seoul = RegionFactory()
    wanted = NewsPageFactory(
        parent=news, title="찾는 글", campaign=campaign_page, region=seoul, themes=[care, law]
    )
    NewsPageFactory(parent=news, title="다른 해", published_on=date(2025, 1, 1), themes=[care])
    NewsPageFactory(parent=news, title="다른 주제", campaign=campaign_page, region=seoul)
    query = {"year": "2026", "theme": "care", "region": seoul.code, "campaign": campaign_page.slug}

    presenter = ArticleListPresenter(news, query)

    assert titles(presenter) == [wanted.title]
    assert presenter.count == 1
    assert [(f.label, f.value) for f in presenter.current] == [
        (str(LABELS["year"]), dict(presenter.form.fields["year"].choices)["2026"]),
        (str(LABELS["theme"]), "돌봄"),
        (str(LABELS["region"]), "서울"),
        (str(LABELS["campaign"]), campaign_page.title),
    ]
    assert presenter.current[1].url_without == (
        f"/news/?year=2026&region={seoul.code}&campaign={campaign_page.slug}"
    )
    assert presenter.url_of_all == "/news/"


def test_only_values_that_occur_among_live_pages_can_be_chosen(news):
    ThemeFactory(slug="unused")
    NewsPageFactory(parent=news, themes=[ThemeFactory(slug="care", name="돌봄")])
    NewsPageFactory(parent=news, published_on=date(2020, 1, 1), live=False)

    form = ArticleListPresenter(news, {}).form

    assert [value for value, _label in form.fields["year"].choices] == ["", "2026"]
    assert [value for value, _label in form.fields["theme"].choices] == ["", "care"]
    assert "region" not in form.fields
    assert "kind" not in form.fields


def test_statements_are_narrowed_by_kind(home_page):
    index = StatementIndexPageFactory(parent=home_page)
    StatementPageFactory(parent=index, title="성명서")
    StatementPageFactory(parent=index, title="논평", kind=StatementPage.Kind.COMMENT)

    presenter = ArticleListPresenter(index, {"kind": "comment"})

    assert titles(presenter) == ["논평"]
    assert [value for value, _label in presenter.form.fields["kind"].choices] == [
        "",
        "statement",
        "comment",
    ]


def test_a_value_that_does_not_occur_gives_the_whole_list(news):
    NewsPageFactory(parent=news, title="글")

    presenter = ArticleListPresenter(news, {"year": "1900"})

    assert titles(presenter) == ["글"]
    assert presenter.form.refused
    assert presenter.current == []


def test_a_new_theme_can_be_chosen_once_its_page_is_published(
    news, django_capture_on_commit_callbacks
):
    assert "theme" not in ArticleListPresenter(news, {}).form.fields

    page = NewsPageFactory(parent=news, live=False)
    page.themes = [ThemeFactory(slug="care")]
    with django_capture_on_commit_callbacks(execute=True):
        publish(page)

    assert "theme" in ArticleListPresenter(news, {}).form.fields


def test_pages_link_to_each_other_and_keep_the_filters(news):
    news.per_page = 2
    NewsPageFactory.create_batch(5, parent=news)

    first = ArticleListPresenter(news, {"year": "2026"})
    middle = ArticleListPresenter(news, {"year": "2026", "page": "2"})
    last = ArticleListPresenter(news, {"page": "3"})

    assert (first.previous_url, first.next_url) == ("", "/news/?year=2026&page=2")
    assert (middle.previous_url, middle.next_url) == (
        "/news/?year=2026",
        "/news/?year=2026&page=3",
    )
    assert (last.previous_url, last.next_url) == ("/news/?page=2", "")
    assert [link.number for link in middle.page_links] == [1, 2, 3]
    assert [link.is_current for link in middle.page_links] == [False, True, False]
    assert first.first_page
    assert not last.first_page


def test_far_pages_are_left_out_of_the_links(news):
    news.per_page = 1
    NewsPageFactory.create_batch(9, parent=news)

    links = ArticleListPresenter(news, {"page": "5"}).page_links

    assert [link.number for link in links] == [1, None, 4, 5, 6, None, 9]


@pytest.mark.parametrize("number", ["0", "2", "-1", "x", "1.0", "²", "9" * 30])
def test_a_page_that_is_not_there_is_refused(news, number):
    with pytest.raises(InvalidPage):
        ArticleListPresenter(news, {"page": number})


def test_an_empty_list_has_one_empty_page(news):
    presenter = ArticleListPresenter(news, {})

    assert presenter.articles == []
    assert presenter.count == 0
    assert not presenter.form_is_useful


def test_a_resource_is_listed_with_the_files_of_its_newest_version(home_page):
    index = ResourceIndexPageFactory(parent=home_page)
    hwpx, pdf, old = DocumentFactory(), DocumentFactory(), DocumentFactory()
    versions = [
        ("version", {"title": "새 판", "document": hwpx, "pdf": pdf}),
        ("version", {"title": "옛 판", "document": old}),
    ]
    ResourcePageFactory(parent=index, title="판이 둘", versions=versions)
    ResourcePageFactory(parent=index, title="파일 없음", published_on=date(2020, 1, 1))

    articles = ResourceListPresenter(index, {}).articles

    assert [page.newest_documents for page in articles] == [[pdf, hwpx], []]


def test_a_file_that_was_deleted_is_not_listed(home_page):
    index = ResourceIndexPageFactory(parent=home_page)
    document = DocumentFactory()
    ResourcePageFactory(parent=index, versions=[("version", {"title": "판", "document": document})])
    document.delete()

    assert ResourceListPresenter(index, {}).articles[0].newest_documents == []
    assert ResourcePage.objects.count() == 1


def test_a_draft_of_a_list_has_no_filters():
    class Draft:
        pk = None
        url = None
        per_page = 10
        shows_pictures = False
        article_model = ResourcePage

        def articles(self):
            return ResourcePage.objects.none()

    presenter = ArticleListPresenter(Draft(), {})

    assert presenter.url_of_all == ""
    assert presenter.current == []


def test_what_not_everybody_may_read_is_not_listed_nor_a_filter(news):
    NewsPageFactory(parent=news, title="모두에게", published_on=date(2026, 1, 1))
    hidden = NewsPageFactory(parent=news, title="회원에게", published_on=date(2024, 1, 1))
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")

    presenter = ArticleListPresenter(news, {})

    assert titles(presenter) == ["모두에게"]
    assert [value for value, _label in presenter.form.fields["year"].choices] == ["", "2026"]


def test_who_may_read_a_list_sees_what_is_in_it(news):
    NewsPageFactory(parent=news, title="회원에게")
    PageViewRestriction.objects.create(page=news, restriction_type="login")

    assert titles(ArticleListPresenter(news, {})) == ["회원에게"]
