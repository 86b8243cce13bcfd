import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from home.publishing import forget_everything
from petitions import services
from tests.conftest import publish
from tests.factories.petitions import SignatureFactory, TallyFactory

from .conftest import COUNT, PETITION, queries_of

pytestmark = pytest.mark.integration


@pytest.mark.sqlite_smoke
def test_the_count_is_small_and_whole(client, petition_page):
    TallyFactory(petition=petition_page, online=99_999_999, paper=99_999_999)

    response = client.get(COUNT)

    assert len(response.content) <= 200
    assert set(json.loads(response.content)) == {"confirmed", "online", "paper", "goal", "as_of"}
    assert json.loads(response.content)["confirmed"] == 199_999_998
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=1"


def test_the_count_says_of_when_it_is_in_seoul(client, petition_page, clock):
    TallyFactory(petition=petition_page, online=501)

    count = json.loads(client.get(COUNT).content)

    assert count == {
        "confirmed": 501,
        "online": 501,
        "paper": 0,
        "goal": 1000,
        "as_of": "2026-11-24T12:00:00+09:00",
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_the_count_costs_one_query(client, petition_page, rows):
    TallyFactory(petition=petition_page)
    SignatureFactory.create_batch(rows, petition=petition_page, confirmed=True)
    client.get(COUNT)

    assert queries_of(client, COUNT)[0] == 1


@pytest.mark.parametrize("address", ["/campaigns/count.json", "/count.json", "/a/b/count.json"])
def test_where_no_petition_is_nothing_is_counted(client, petition_page, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_count_can_only_be_read(client, petition_page, method):
    assert getattr(client, method)(COUNT).status_code == 405


def test_the_count_rises_and_falls(client, signature):
    def counted():
        services.fold_counts()
        return json.loads(client.get(COUNT).content)["confirmed"]

    assert counted() == 0
    services.confirm_signature(signature.public_id)
    assert counted() == 1
    services.withdraw_signature(signature.public_id)
    assert counted() == 0


def test_a_petition_opens_and_closes_for_readers(client, petition_page, clock):
    petition_page.opens_at = timezone.now() + timedelta(minutes=1)
    petition_page.closes_at = timezone.now() + timedelta(minutes=2)
    publish(petition_page)
    cache.clear()
    shown = []
    for _minute in range(3):
        forget_everything()
        shown.append(f'action="{PETITION}sign/"' in client.get(PETITION).content.decode())
        clock.tick(timedelta(minutes=1))

    assert shown == [False, True, False]


def test_the_page_does_not_carry_the_exact_moment_of_a_signature(client, petition_page):
    moment = timezone.now().replace(minute=41, second=17)
    SignatureFactory(petition=petition_page, confirmed=True, created_at=moment)

    html = client.get(PETITION).content.decode()

    [told] = re.findall(r'<time datetime="([^"]+)"', html)
    assert told == timezone.localtime(moment).strftime("%Y-%m-%dT%H:00%z")
