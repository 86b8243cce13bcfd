"""The board narrowed by what stands in its address; few queries and bytes for many."""

import re

import pytest
from django.utils import timezone

from campaigns.pledges.models import (
    Respondent,
)
from home.publishing import forget_everything
from tests.factories.home import RegionFactory
from tests.factories.pledge_board import (
    board_of,
    crowd,
    placed,
)
from tests.factories.pledge_demands import demand_set, pledge_round
from tests.factories.pledge_guards import coming_election
from tests.factories.pledges import contest_of, jongno
from tests.queries import read as count_queries

from .board_reading import read

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

Standing = Respondent.Standing


def test_a_region_shows_its_own_and_what_is_asked_there_besides(client, board):
    district = jongno()
    demand_set(board.election, region=district.parent, count=1)
    here = placed(
        board.election,
        "여기",
        Standing.ASKED,
        contest=contest_of(board.election, "mayor", district),
    )
    there = contest_of(board.election, region=_province("26", "부산광역시", "부산"))
    placed(board.election, "저기", Standing.ASKED, contest=there)

    html = read(client, board, "?region=11")

    assert ">여기</a>" in html
    assert ">저기</a>" not in html
    assert "서울 1" in html
    assert here.name in read(client, board, f"?region=11&district={district.code}")
    assert "빼고 보여 드립니다" in read(client, board, "?region=99")


def _province(code, name, short_name):
    return RegionFactory(code=code, name=name, short_name=short_name)


def test_the_map_and_the_table_count_the_same(client, board, people):
    busan = contest_of(board.election, region=_province("26", "부산광역시", "부산"))
    for number in range(3):
        placed(board.election, f"부산{number}", Standing.ASKED, contest=busan)

    html = read(client, board)
    tiles = dict(re.findall(r'<a href="[^"]*region=(\d+)#answers"[^>]*>[^<]*<small>(\d+)명', html))

    assert tiles == {"11": "8", "26": "3"}
    for code, number in tiles.items():
        shown = read(client, board, f"?region={code}").count('<th scope="row">')
        assert shown == int(number)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("office=mayor", ["둘", "셋"]),
        ("party=나래당", ["둘"]),
        ("party=-", ["셋"]),
        ("q=하나", ["하나"]),
        ("q=없는이름", []),
        ("party=나래당&office=governor", []),
    ],
)
def test_it_can_be_narrowed_by_what_stands_in_the_address(client, board, query, names):
    mayor = contest_of(board.election, "mayor", jongno())
    placed(board.election, "하나", Standing.ASKED)
    placed(board.election, "둘", Standing.ASKED, contest=mayor, party_name="나래당")
    placed(board.election, "셋", Standing.ASKED, contest=mayor, party_name="")

    assert re.findall(r'respondents/[^"]+">(.*?)</a>', read(client, board, f"?{query}")) == names


def test_a_party_stands_under_its_own_heading(client, board):
    Respondent.objects.create(
        election=board.election,
        kind="party",
        party_name="가온당",
        standing=Standing.ASKED,
        standing_on=timezone.localdate(),
    )

    html = read(client, board)
    person = Respondent.objects.get()

    assert "정당·선거본부" in html
    assert "전국" in read(client, board, f"respondents/{person.public_id}/")
    assert "가온당" in read(client, board, "?party=가온당")
    assert "가온당" in read(client, board, "open-data/csv/")


@pytest.mark.parametrize("size", [1, 60])
def test_few_queries_however_many_stand(client, board, django_assert_max_num_queries, size):
    crowd(board.election, size)
    forget_everything()
    client.get("/")

    with django_assert_max_num_queries(10):  # The first visit reads what is kept for all.
        client.get(board.url)
    with django_assert_max_num_queries(4):
        client.get(f"{board.url}?order=name")
    forget_everything()
    _html, after_publishing = count_queries(client, board.url)
    assert after_publishing <= 13  # The frame of all pages is read anew too.


def test_a_full_page_is_small(client, campaign_page):
    election = coming_election()
    demand_set(election, count=12)
    pledge_round(election)
    board = board_of(campaign_page, election)
    crowd(election, 60)

    assert len(client.get(board.url).content) < 200_000
    assert client.get(f"{board.url}?page=2").status_code == 200
    for wrong in ("0", "3", "x", "9999999"):
        assert client.get(f"{board.url}?page={wrong}").status_code == 404, wrong
