import pytest

from accounts.defaults import DIRECTOR, EDITOR
from tests.factories.accounts import UserFactory
from tests.factories.home import NewsIndexPageFactory


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(role=EDITOR))
    return client


@pytest.fixture
def director(client):
    client.force_login(UserFactory(role=DIRECTOR))
    return client


@pytest.fixture
def news_list(home_page):
    return NewsIndexPageFactory(parent=home_page)
