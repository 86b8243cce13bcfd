from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home.presenters import (
    ArticlePresenter,
    OpEdPresenter,
    ResourcePresenter,
    StatementPresenter,
)
from tests.conftest import publish
from tests.factories.home import (
    DocumentFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    OpEdIndexPageFactory,
    OpEdPageFactory,
    RegionFactory,
    ResourcePageFactory,
    StatementPageFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.integration


@pytest.fixture
def news(home_page):
    return NewsIndexPageFactory(parent=home_page)


def test_an_article_says_what_it_is_sorted_under(news, campaign_page):
    page = NewsPageFactory(
        parent=news,
        themes=[ThemeFactory(name="돌봄")],
        region=RegionFactory(),
        campaign=campaign_page,
    )

    presenter = ArticlePresenter(page)

    assert presenter.topics == ("돌봄", "서울")
    assert presenter.campaign.pk == campaign_page.pk


def test_an_article_of_a_hidden_campaign_does_not_name_it(news, campaign_page):
    page = NewsPageFactory(parent=news, campaign=campaign_page, action_page=campaign_page)
    campaign_page.unpublish()
    page.refresh_from_db()

    presenter = ArticlePresenter(page)

    assert presenter.campaign is None
    assert presenter.action is None


def test_next_texts_are_of_the_same_campaign_first_then_the_newest(news, campaign_page):
    def make(title, month, **kwargs):
        return NewsPageFactory(
            parent=news, title=title, published_on=date(2026, month, 1), **kwargs
        )

    page = make("이 글", 6, campaign=campaign_page)
    make("가장 새 글", 9)
    make("둘째", 8)
    make("셋째", 7)
    make("같은 캠페인", 1, campaign=campaign_page)
    make("숨은 글", 10, live=False)

    others = ArticlePresenter(page).others

    assert [other.title for other in others] == ["같은 캠페인", "가장 새 글", "둘째"]


def test_a_change_is_shown_once_it_is_published_and_in_the_draft_before(news):
    page = publish(NewsPageFactory(parent=news, body=[("heading", "처음")]))
    assert "처음" in ArticlePresenter(page).body
    page.body = [("heading", "고친 글")]

    assert "처음" in ArticlePresenter(page).body
    assert "고친 글" in ArticlePresenter(page, is_draft=True).body

    publish(page)
    assert "고친 글" in ArticlePresenter(page).body


def test_an_article_that_was_deleted_meanwhile_shows_what_it_held(news):
    page = NewsPageFactory(parent=news, body=[("heading", "처음")])
    same = type(page).objects.get(pk=page.pk)
    same.delete()

    assert "처음" in ArticlePresenter(page).body


def test_the_first_signatories_are_shown_and_the_rest_is_folded(db):
    page = StatementPageFactory(signatories="\n".join(f"단체 {n:02}" for n in range(11, 0, -1)))

    presenter = StatementPresenter(page)

    assert presenter.first_signatories == [f"단체 {n:02}" for n in range(1, 9)]
    assert presenter.more_signatories == ["단체 09", "단체 10", "단체 11"]


def test_signatories_are_sorted_as_koreans_do_and_named_once(db):
    page = StatementPageFactory(signatories="나래자활센터\n\n(사)가람협회\n  나래자활센터 \n다울")

    assert StatementPresenter(page).signatories == ["(사)가람협회", "나래자활센터", "다울"]


@pytest.mark.parametrize(
    ("is_draft", "hours", "told"), [(True, 1, True), (True, -1, False), (False, 1, False)]
)
def test_an_embargo_is_told_to_editors_while_it_lasts(db, is_draft, hours, told):
    page = StatementPageFactory(embargo_at=timezone.now() + timedelta(hours=hours))

    assert StatementPresenter(page, is_draft=is_draft).is_embargoed is told


def test_plain_text_is_offered_of_what_is_published(home_page):
    page = StatementPageFactory(parent__parent=home_page, slug="bill")

    assert StatementPresenter(page).plain_text_url == "/statements/bill/plain.txt"
    assert StatementPresenter(page, is_draft=True).plain_text_url == ""


@pytest.mark.parametrize(("permitted", "shown"), [(True, True), (False, False)])
def test_a_whole_op_ed_stands_here_only_with_permission(home_page, permitted, shown):
    page = OpEdPageFactory(
        parent=OpEdIndexPageFactory(parent=home_page),
        may_reprint=True,
        body=[("heading", "전문")],
    )
    page.may_reprint = permitted

    assert OpEdPresenter(page).shows_body is shown


def test_the_newest_version_of_a_resource_stands_apart(db):
    document = DocumentFactory()
    versions = [("version", {"title": title, "document": document}) for title in "다나가"]

    presenter = ResourcePresenter(ResourcePageFactory(versions=versions))

    assert presenter.newest["title"] == "다"
    assert [version["title"] for version in presenter.older] == ["나", "가"]
    assert ResourcePresenter(ResourcePageFactory(slug="no-file")).newest is None


def test_no_text_that_not_everybody_may_read_is_named_as_the_next(news):
    page = NewsPageFactory(parent=news)
    NewsPageFactory(parent=news, title="모두에게")
    hidden = NewsPageFactory(parent=news, title="회원에게")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")

    assert [other.title for other in ArticlePresenter(page).others] == ["모두에게"]
