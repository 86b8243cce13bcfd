"""The public board: everybody alike, nothing before its time, no rank of any kind."""

import re

import pytest
from django.utils import timezone

from campaigns.pledges.models import (
    Contest,
    DemandAnswer,
    Respondent,
    Response,
)
from campaigns.pledges.services.takedowns import take_board_down, take_comment_down
from tests.factories.pledge_board import (
    COMMENT,
    agreed,
    answered,
    board_of,
    everybody,
    placed,
)
from tests.factories.pledge_guards import request_of
from tests.factories.pledges import seoul

from .board_reading import read, row_of, words

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

Standing = Respondent.Standing
PAGES = ("", "log/", "demands/", "open-data/csv/", "open-data/json/")


@pytest.mark.sqlite_smoke
def test_everybody_stands_there_with_one_of_eight_labels_and_its_day(client, board, people):
    html = read(client, board)

    for standing, person in people.items():
        row = row_of(html, person.name)
        assert str(Standing(standing).label) in row, standing
        assert f"{timezone.localdate().month}월" in row, standing


def test_no_two_labels_share_a_word_or_a_glyph(client, board, people):
    html = read(client, board)
    legend = html.split("board-legend")[1].split("</section>")[0]

    assert len(re.findall("<dt>", legend)) == len(Standing.values)
    assert len({*re.findall(r"<dt>(.*?)</dt>", legend)}) == len(Standing.values)
    assert len({*re.findall(r'<path d="(.*?)"', legend)}) == len(Standing.values)
    assert len({*re.findall(r"<dd>(.*?)</dd>", legend)}) == len(Standing.values)


def test_answers_stand_word_for_word_where_they_are_public(client, board, people):
    html = read(client, board)

    for standing in (Standing.ANSWERED, Standing.AGREED, Standing.WITHDRAWN):
        row = row_of(html, people[standing].name)
        assert all(word in row for word in ("수용", "부분 수용", "수용하지 않음")), standing
    assert "두 번" not in html
    assert "2번 더 요청" in row_of(html, people[Standing.NO_ANSWER].name)


@pytest.mark.parametrize("path", ["", "?region=11", "?order=name", "?demand=1"])
def test_nobody_gets_a_total_a_share_or_a_rank(client, board, people, path):
    html = read(client, board, path)

    assert "%" not in words(html)
    assert not re.search(r"(?<!\d)\d위|점수:|등급:|\d+개 수용|합계|평균|총 \d", words(html))
    assert "sort" not in html
    assert [*re.findall(r"order=(\w+)", html)] <= ["ballot", "name"] * 20


def test_only_two_neutral_orders_can_be_asked_for(client, board, people):
    def names(path):
        return re.findall(r'respondents/[^"]+">(.*?)</a>', read(client, board, path))

    assert names("") == names("?order=ballot") == [f"후보{n}" for n in range(1, 9)]
    assert names("?order=accepted") == names("")


def test_ballot_numbers_count_as_numbers(client, board):
    for number in ("10", "2", "1-나", "1-가"):
        placed(board.election, f"이름{number}", Standing.ASKED, ballot_number=number)

    found = re.findall(r'respondents/[^"]+">(.*?)</a>', read(client, board))

    assert found == ["이름1-가", "이름1-나", "이름2", "이름10"]


def test_before_it_is_released_no_candidate_is_named(client, campaign_page):
    board = board_of(campaign_page, is_released=False)
    person = everybody(board.election)[Standing.AGREED]

    html = read(client, board)

    assert person.name not in html
    assert "답은 아직 공개 전입니다" in html
    assert "요구 1" in html
    for path in (*PAGES[1:2], *PAGES[3:], f"respondents/{person.public_id}/"):
        assert client.get(board.url + path).status_code == 404, path
    assert client.get(f"{board.url}contests/{Contest.objects.first().pk}/").status_code == 404


def test_a_board_that_was_taken_down_is_gone_at_once(
    client, board, people, user, django_capture_on_commit_callbacks
):
    assert people[Standing.AGREED].name in client.get(board.url).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        take_board_down(board.election, request_of(), user=user)

    assert people[Standing.AGREED].name not in client.get(board.url).content.decode()
    assert client.get(f"{board.url}open-data/csv/").status_code == 404


@pytest.mark.parametrize("state", [Response.State.IN_PROGRESS, Response.State.REOPENED])
def test_what_is_still_being_answered_is_shown_to_nobody(client, board, state):
    person = placed(board.election, "쓰는중", Standing.ASKED)
    answered(person, state=state)

    for path in ("", f"respondents/{person.public_id}/", *PAGES[3:]):
        assert COMMENT not in read(client, board, path)
    assert "부분 수용" not in row_of(read(client, board), "쓰는중")


def test_answers_without_consent_to_publication_are_not_shown(client, board):
    person = placed(board.election, "비공개", Standing.ANSWERED)
    answered(person, is_public=False)

    html = read(client, board) + read(client, board, f"respondents/{person.public_id}/")

    assert COMMENT not in html
    assert "후보가 공개에 동의하면 답을 싣습니다." in html


def test_an_agreement_in_force_says_what_both_signed_whatever_is_typed_now(client, board):
    person = placed(board.election, "다시쓰는중", Standing.AGREED)
    agreement = agreed(person, choices=("accept", "accept", "accept"))
    Response.objects.filter(pk=agreement.response_id).update(state=Response.State.REOPENED)
    DemandAnswer.objects.update(choice="decline", comment="몰래 고친 말")

    row = row_of(read(client, board), "다시쓰는중")

    assert "수용하지 않음" not in row
    assert "몰래 고친 말" not in read(client, board, f"respondents/{person.public_id}/")


@pytest.mark.parametrize("make", [answered, agreed])
def test_a_comment_that_was_taken_down_is_shown_nowhere(client, board, user, make):
    person = placed(board.election, "한가람", Standing.AGREED)
    make(person)
    answer = DemandAnswer.objects.get(choice="accept_partly")
    pages = (f"respondents/{person.public_id}/", "?demand=2", *PAGES[3:])
    assert all(COMMENT in read(client, board, path) for path in pages)

    take_comment_down(answer, request_of(), user=user)
    Response.objects.update(state=Response.State.REOPENED)

    assert not any(COMMENT in read(client, board, path) for path in pages)


def test_everybody_gets_the_same_bytes_and_caches_may_keep_them(client, board, people):
    first, second = client.get(board.url), client.get(board.url)

    assert first.content == second.content
    assert "public" in first["Cache-Control"]
    assert not first.cookies


def test_no_petition_is_asked_for_above_candidates(client, board, people):
    """공직선거법 art. 107: no signatures beside candidates."""
    header = read(client, board).split("<main")[0]

    assert "btn-act" not in header
    assert "site-alert" not in header


def test_the_campaign_leads_to_it(client, board):
    assert board.url in read(client, board.get_parent().specific)
    assert seoul().name in read(client, board)


def test_an_editor_sees_it_before_it_is_published(rf, board, people):
    assert board.make_preview_request().status_code == 200
