import pytest
from django.urls import reverse

from tests.factories.accounts import UserFactory


@pytest.fixture
def keeper(db):
    return UserFactory(role="회계 담당")


@pytest.fixture
def director(db):
    return UserFactory(role="사무국장(승인자)")


@pytest.fixture
def desk(client, keeper):
    """A browser in which the treasurer is logged in."""
    client.force_login(keeper)
    return client


@pytest.fixture
def press(desk):
    """Send a form to a screen by name; the page that follows, as text."""

    def press(name, *args, browser=desk, **data):
        answer = browser.post(reverse(name, args=args), data, follow=True)
        assert answer.status_code in (200, 422)
        return answer.content.decode()

    return press
