import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.home import (
    NewsIndexPageFactory,
    NewsPageFactory,
    OpEdIndexPageFactory,
    OpEdPageFactory,
    ReportIndexPageFactory,
    ReportPageFactory,
    ResourceIndexPageFactory,
    ResourcePageFactory,
    StatementIndexPageFactory,
    StatementPageFactory,
)

INDEXES = {
    "news": (NewsIndexPageFactory, NewsPageFactory),
    "statements": (StatementIndexPageFactory, StatementPageFactory),
    "reports": (ReportIndexPageFactory, ReportPageFactory),
    "op-eds": (OpEdIndexPageFactory, OpEdPageFactory),
    "resources": (ResourceIndexPageFactory, ResourcePageFactory),
}


@pytest.fixture(params=INDEXES)
def kind(request, home_page):
    """A list and the factory of what stands in it, for each kind."""
    index_factory, page_factory = INDEXES[request.param]
    return index_factory(parent=home_page), page_factory


def read(client, address, query=None):
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def cost(client, address):
    with CaptureQueriesContext(connection) as asked:
        read(client, address)
    return len(asked)
