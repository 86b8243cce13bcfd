"""What its owner reads of data that a law wants kept."""

from datetime import UTC, date, datetime

import pytest
from django.utils.html import escape

from home.dates import korean_date
from rights.models import RetainedRecord
from rights.presenters import as_document
from rights.registry import TRADE_PAYMENTS
from rights.services import gather_everything
from tests.factories.kept_by_law import NAME
from tests.petitions.citizen import EMAIL

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LAW = escape(str(TRADE_PAYMENTS.law))
LAST_DAY = korean_date(date(2031, 11, 2))


@pytest.fixture
def kept(clock, home_page, payments):
    payments.pay("over", EMAIL)
    payments.pay("running", EMAIL, forum_ended_at=datetime(2027, 1, 1, tzinfo=UTC))
    return payments


def test_the_page_tells_law_and_last_day_and_offers_no_erasure(client, kept, mine):
    page = client.get(mine).content.decode()

    assert page.count(LAW) == 2
    assert page.count(LAST_DAY) == 2
    assert f"{mine}{NAME}/over/leave/" not in page


@pytest.mark.sqlite_smoke
def test_erasing_everything_says_what_stays_and_why(client, kept, mine):
    page = client.get(f"{mine}erase/").content.decode()
    assert page.count(LAW) == 2
    assert page.count(LAST_DAY) == 2

    answer = client.post(f"{mine}erase/")

    assert answer.url == f"{mine}?done=erased-kept"
    assert [row.key for row in RetainedRecord.objects.all()] == ["over"]
    again = client.get(answer.url).content.decode()
    assert again.count("남궁바다") == 2


@pytest.mark.parametrize("key", ["over", "running"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_tries_to_erase_it_reads_the_reason(client, kept, mine, method, key):
    client.post(f"{mine}erase/")

    answer = getattr(client, method)(f"{mine}{NAME}/{key}/leave/")

    assert answer.status_code == 200
    assert LAW in answer.content.decode()
    assert LAST_DAY in answer.content.decode()
    assert len(gather_everything(EMAIL).held) == 2


def test_another_address_finds_nothing_of_it(client, kept, mine):
    kept.rows["over"].address = "other@mail.example"

    assert client.get(f"{mine}{NAME}/over/leave/").status_code == 404


def test_both_files_tell_it(client, kept, mine):
    client.post(f"{mine}erase/")

    rows = as_document(gather_everything(EMAIL))["rows"]
    told = {row["key"]: row["kept_by_law"] for row in rows}
    page = client.get(f"{mine}download/html/").content.decode()

    assert {key: law["kept_apart"] for key, law in told.items()} == {"over": True, "running": False}
    assert {law["period"] for law in told.values()} == {TRADE_PAYMENTS.period}
    assert page.count(LAW) == 2


def test_where_nothing_must_stay_all_is_erased(client, mine, signature):
    assert client.post(f"{mine}erase/").url == f"{mine}?done=erased-all"
