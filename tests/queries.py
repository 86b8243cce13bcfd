"""Counting the queries of a request."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

# Asked once a second, by whichever request comes first: no part of what a page costs.
POLL = '"home_publicversion"'


def read(client, address, query=None):
    """The page's HTML and how many queries it took."""
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode(), sum(POLL not in one["sql"] for one in asked)
