from datetime import date

import pytest
from django.db.models import Q
from wagtail.models import PageViewRestriction

from home.models import NewsPage, OpEdPage, StatementPage
from home.presenters.latest import article_models, latest_texts, latest_texts_by_region
from tests.factories.home import (
    ImageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    OpEdIndexPageFactory,
    OpEdPageFactory,
    RegionFactory,
    ReportIndexPageFactory,
    ReportPageFactory,
    StatementIndexPageFactory,
    StatementPageFactory,
)

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

ALL = [StatementPage, NewsPage, OpEdPage]


@pytest.fixture
def news(home_page):
    return NewsIndexPageFactory(parent=home_page)


@pytest.fixture
def statements(home_page):
    return StatementIndexPageFactory(parent=home_page)


def titles(texts):
    return [text.title for text in texts]


def test_texts_of_all_types_come_together_the_newest_first(home_page, news, statements):
    NewsPageFactory(parent=news, title="소식", published_on=date(2026, 11, 3))
    StatementPageFactory(
        parent=statements, title="논평", kind="comment", slug="a", published_on=date(2026, 11, 5)
    )
    OpEdPageFactory(
        parent=OpEdIndexPageFactory(parent=home_page), title="기고", published_on=date(2026, 11, 4)
    )

    first, second, third = latest_texts(ALL)

    assert (first.title, first.url, first.kind_label) == ("논평", "/statements/a/", "논평")
    assert (second.title, second.is_op_ed) == ("기고", True)
    assert (third.title, third.kind_label, third.is_op_ed) == ("소식", "소식", False)
    assert titles(latest_texts(ALL, limit=2)) == ["논평", "기고"]


def test_drafts_and_private_texts_are_left_out(home_page, news, statements):
    NewsPageFactory(parent=news, title="초안", live=False)
    StatementPageFactory(parent=statements, title="비공개")
    PageViewRestriction.objects.create(page=statements)

    assert latest_texts(ALL) == []


def test_what_is_chosen_holds_for_every_type(home_page, news):
    NewsPageFactory(parent=news, title="서울", region=RegionFactory())
    NewsPageFactory(parent=news, title="전국")
    year = ReportPageFactory(parent=ReportIndexPageFactory(parent=home_page), year=2025)

    assert titles(latest_texts(article_models(), Q(region__code="11"))) == ["서울"]
    assert year.title in titles(latest_texts(article_models()))


def test_a_text_names_its_picture(news):
    image = ImageFactory()
    with_one = NewsPageFactory(parent=news, picture=image, published_on=date(2026, 11, 18))
    NewsPageFactory(parent=news)

    first, second = latest_texts(ALL)

    assert (first.pk, first.picture_id) == (with_one.pk, image.pk)
    assert second.picture_id is None


def test_each_region_has_its_newest(news):
    seoul = RegionFactory()
    for day in (1, 2, 3):
        NewsPageFactory(parent=news, title=f"{day}", region=seoul, published_on=date(2026, 11, day))

    assert {key: titles(texts) for key, texts in latest_texts_by_region(2).items()} == {
        seoul.pk: ["3", "2"]
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_three_texts_cost_as_much_as_one(news, statements, rows, django_assert_num_queries):
    NewsPageFactory.create_batch(rows, parent=news)
    StatementPageFactory.create_batch(rows, parent=statements)
    latest_texts(ALL)

    with django_assert_num_queries(1):
        assert len(latest_texts(ALL)) == 2 * rows
