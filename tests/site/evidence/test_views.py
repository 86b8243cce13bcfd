import io
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from evidence import verifier
from evidence.services import close_day, export_evidence
from tests.factories.evidence import EventFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LOG = "/verify/log/"
ADDRESSES = [
    "/verify/",
    LOG,
    f"{LOG}2026/",
    f"{LOG}heads.json",
    f"{LOG}heads.txt",
    f"{LOG}verifier.py",
]


@pytest.fixture
def heads(clock, home_page):
    """The last days of 2026 and the first of 2027."""
    clock.move_to("2026-12-30 15:30:00")
    made = []
    for _ in range(3):
        EventFactory()
        made.append(close_day())
        clock.tick(timedelta(days=1))
    return made


def hashes(answer):
    page = BeautifulSoup(answer.content, "html.parser")
    return [code.text for code in page.select(".seals code")]


@pytest.mark.parametrize("address", ADDRESSES)
def test_everybody_gets_the_same_bytes(client, heads, address, administrator):
    answer = client.get(address)
    first = answer.getvalue()
    client.force_login(administrator)

    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("public")
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert client.get(address).getvalue() == first


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_can_be_sent_there(client, heads, address):
    assert client.post(address).status_code == 405


def test_the_latest_year_is_shown_newest_first_and_the_others_by_their_address(client, heads):
    assert [str(head.date) for head in heads] == ["2026-12-30", "2026-12-31", "2027-01-01"]
    assert hashes(client.get(LOG)) == [heads[2].hash]
    assert hashes(client.get(f"{LOG}2026/")) == [heads[1].hash, heads[0].hash]


@pytest.mark.parametrize("year", [2025, 0, 99999])
def test_a_year_without_seals_is_not_there(client, heads, year):
    assert client.get(f"{LOG}{year}/").status_code == 404


def test_before_the_first_night_it_says_when_the_first_seal_comes(client, home_page):
    answer = client.get(LOG)

    assert (answer.status_code, hashes(answer)) == (200, [])
    assert client.get("/verify/").status_code == 200
    assert client.get(f"{LOG}heads.json").json() == {"heads": []}


def test_all_heads_can_be_saved(client, heads):
    saved = client.get(f"{LOG}heads.json").json()["heads"]
    lines = client.get(f"{LOG}heads.txt").content.decode().splitlines()

    assert [head["hash"] for head in saved] == [head.hash for head in heads]
    assert lines[0] == f"2026-12-30 1 {heads[0].root} {heads[0].hash}"
    assert len(lines) == 3


def test_what_was_saved_and_the_script_verify_an_exported_file(client, heads, tmp_path):
    for name in ("heads.json", "verifier.py"):
        (tmp_path / name).write_bytes(client.get(LOG + name).content)
    file = io.StringIO()
    export_evidence(file)
    (tmp_path / "evidence.jsonl").write_text(file.getvalue(), encoding="utf-8")
    told = [str(tmp_path / "evidence.jsonl"), "--heads", str(tmp_path / "heads.json")]

    assert verifier.main(told) == 0
    saved = (tmp_path / "heads.json").read_text().replace(heads[0].hash, "0" * 64)
    (tmp_path / "heads.json").write_text(saved)
    assert verifier.main(told) == 1


@pytest.mark.parametrize("days", [1, 3])
def test_a_page_costs_the_same_however_many_days(
    client, clock, home_page, days, django_assert_max_num_queries
):
    for _ in range(days):
        close_day()
        clock.tick(timedelta(days=1))
    client.get(LOG)

    with django_assert_max_num_queries(10) as asked:
        client.get(LOG)

    assert len(asked) == 2
