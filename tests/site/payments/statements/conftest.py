import pytest
from django.utils.translation import override


@pytest.fixture(autouse=True)
def english():
    """Messages are compared in the words of the source."""
    with override("en"):
        yield
