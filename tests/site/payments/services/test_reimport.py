"""Files of any periods, in any order, twice or overlapping: the same deposits, booked once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payments.models import Deposit
from payments.services.comparison import find_faults
from payments.services.imports import request_import, run_import
from tests.factories.accounts import UserFactory
from tests.factories.payments import BankAccountFactory, balances
from tests.site.payments.kb import HEAD, kb_file

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
# Few of each, so that equal deposits by the same and by different people are frequent.
MONTH = st.lists(
    st.tuples(st.sampled_from(["김철수", "이영희"]), st.sampled_from([20_000, 5_000])),
    min_size=1,
    max_size=8,
)
PERIODS = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=4)


def parts_of(content, periods):
    """The file cut to these lines each, and in the end the whole."""
    text = content.decode("cp949")
    head_lines = HEAD.count("\n")
    head, lines = text.splitlines()[:head_lines], text.splitlines()[head_lines:]
    for first, last in periods:
        part = lines[min(first, last) : max(first, last)]
        if part:
            yield "\n".join([*head, *part, ""]).encode("cp949")
    yield content


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(MONTH, PERIODS)
def test_no_order_of_files_loses_or_doubles_a_deposit(things, db, deposits, periods):
    account, user = BankAccountFactory(), UserFactory()
    before = balances()  # of the examples before
    content = kb_file(account, *deposits, first=timezone.now() - timedelta(days=1))

    for part in parts_of(content, periods):
        job = request_import(account, content=part, file_name="a.csv", user=user)
        run_import(job.public_id)

    rows = Deposit.objects.filter(account=account)
    assert sorted(row.amount_krw for row in rows) == sorted(won for _name, won in deposits)
    assert sorted(row.name for row in rows) == sorted(name for name, _won in deposits)
    total = sum(won for _name, won in deposits)
    assert balances()["bank"] - before.get("bank", 0) == total
    assert balances()["unassigned"] - before.get("unassigned", 0) == -total
    assert [*find_faults()] == []
