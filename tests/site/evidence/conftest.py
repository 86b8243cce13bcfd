import pytest
from django.db import connection

from evidence.append_only import drop_statements

TABLES = ["evidence_event", "evidence_dayhead"]


@pytest.fixture
def without_triggers(db):
    """For one test: what somebody could do who owns the database."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for statement in drop_statements(connection.vendor, table):
                cursor.execute(statement)
