from datetime import date

import pytest

from home.content_checks import check_page
from tests.factories.home import (
    ImageFactory,
    NewsPageFactory,
)


@pytest.fixture
def news(home_page, clock):
    """News that leaves nothing to be said. It is 24 November 2026, noon in Seoul."""
    return NewsPageFactory(slug="news-1", summary="한 줄", published_on=date(2026, 11, 24))


@pytest.fixture
def image(db):
    return ImageFactory(description="광장", credit="연대회의", portrait_consent="no_faces")


def found(news, level=None):
    return [(f.level, f.message) for f in check_page(news) if level in (None, f.level)]


def only(news):
    [finding] = check_page(news)
    return finding


def write(news, *blocks):
    field = news._meta.get_field("body")
    news.body = field.to_python([{"type": kind, "value": value} for kind, value in blocks])
    return news
