"""What was typed survives a database that is away."""

import re

import pytest
from django.db import connection

from campaigns.forums.models import Order
from tests.campaigns.forums.participant import EMAIL, NAME
from tests.campaigns.forums.views.conftest import APPLY

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]


def set_read_only(value):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SET default_transaction_read_only = {value}")
        else:
            cursor.execute(f"PRAGMA query_only = {value}")


@pytest.fixture
def read_only_database(transactional_db):
    """From ``begin()`` on, the database takes no writes, as a replica or a full disk."""
    yield lambda: set_read_only("on")
    set_read_only("off")


@pytest.mark.sqlite_smoke
def test_a_read_only_database_keeps_what_was_typed(client, register, read_only_database):
    read_only_database()

    response = register()

    assert (response.status_code, response["Retry-After"]) == (503, "60")
    html = response.content.decode()
    assert f'action="{APPLY}"' in html
    assert f'value="{NAME}"' in html
    assert f'value="{EMAIL}"' in html

    set_read_only("off")
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html)
    again = client.post(APPLY, dict(fields), headers={"sec-fetch-site": "same-origin"})
    assert again.status_code == 303
    assert Order.objects.get().name == NAME
