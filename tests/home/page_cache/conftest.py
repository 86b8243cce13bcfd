import pytest

from home.page_cache import PageCache

from .site import Answers


@pytest.fixture
def site():
    return Answers()


@pytest.fixture
def cache(site):
    return PageCache(site)
