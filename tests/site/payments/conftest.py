import pytest

from payments import registry
from tests.factories.accounts import UserFactory
from tests.factories.payments import PURPOSE, Things


@pytest.fixture
def things(monkeypatch):
    """What the tests' payments are for, registered as a tool does it."""
    things = Things()
    monkeypatch.setitem(registry._purposes, PURPOSE, things.purpose())
    return things


@pytest.fixture
def treasurer(db):
    return UserFactory()
