"""One respondent, one contest, the demands, the log, the open data."""

import csv
import io
import json
import re

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.pledges.models import (
    Approval,
    Contest,
    DemandAnswer,
    DemandSet,
    PledgeRound,
    PublicNote,
    Respondent,
    Response,
)
from campaigns.pledges.services.demands import begin_version
from home.publishing import bump_public_version
from tests.factories.accounts import UserFactory
from tests.factories.pledge_board import (
    COMMENT,
    answered,
    asked,
    placed,
)
from tests.factories.pledge_demands import publish
from tests.factories.pledge_guards import approval_of
from tests.factories.pledges import contest_of

from .board_reading import read, words

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

Standing = Respondent.Standing


def test_the_page_of_one_shows_all_that_is_known(client, board, people):
    person = people[Standing.WITHDRAWN]
    PublicNote.objects.create(
        respondent=person,
        kind=PublicNote.Kind.WITHDRAWAL,
        reason="공약이 바뀌었습니다.",
        noted_on=timezone.localdate(),
        made_at=timezone.now(),
    )

    told = words(read(client, board, f"respondents/{person.public_id}/"))

    for what in ("1번째로 요구하는", COMMENT, "공약이 바뀌었습니다.", "2026-지방-", "협약 철회"):
        assert what in told, what
    declined = people[Standing.SIGNS_NONE]
    assert "어떤 협약에도 서명하지 않습니다." in read(
        client, board, f"respondents/{declined.public_id}/"
    )
    silent = people[Standing.NO_CONTACT]
    assert f"/pledges/contact/{silent.public_id}/" in read(
        client, board, f"respondents/{silent.public_id}/"
    )


def test_a_statement_that_is_held_back_says_why(client, board, people):
    person = people[Standing.SIGNS_NONE]
    Response.objects.filter(respondent=person).update(statement_held_reason="선관위 요청")

    told = read(client, board, f"respondents/{person.public_id}/")

    assert "선관위 요청" in told
    assert "어떤 협약에도" not in told


def test_candidates_of_a_contest_stand_side_by_side(client, board, people):
    html = read(client, board, f"contests/{Contest.objects.get().pk}/")

    assert [*re.findall(r'respondents/[^"]+">(.*?)</a>', html)] == [f"후보{n}" for n in range(1, 9)]
    assert html.count("said--accept_partly") == 3


def test_side_by_side_says_how_was_asked_and_why_a_cell_is_empty(client, board):
    person = placed(board.election, "한가람", Standing.ANSWERED)
    answered(person, ("accept", "accept_partly"))  # of three that are asked by now
    DemandAnswer.objects.filter(choice="accept_partly").update(
        held_reason="타인의 연락처가 있습니다."
    )
    told = words(read(client, board, f"contests/{Contest.objects.get().pk}/"))
    assert board.election.round.method_by in told
    assert "타인의 연락처가 있습니다." in told
    assert told.count(_("Not asked then")) == 1


def test_an_empty_contest_says_so(client, board):
    contest = contest_of(board.election)

    assert "해당하는 후보가 없습니다" in read(client, board, f"contests/{contest.pk}/")
    assert client.get(f"{board.url}contests/{contest.pk + 1}/").status_code == 404


def test_old_versions_of_the_demands_stay_readable(client, board):

    version = begin_version(DemandSet.objects.get(), user=UserFactory())
    version.demands.filter(number=1).update(title="새 요구 1")
    publish(version)

    told = words(read(client, board, "demands/"))

    assert "새 요구 1" in told
    assert "요구 1" in told.split("이전")[1]
    assert told.count("SHA-256") == 2


def test_the_log_tells_when_each_was_asked_and_why_later(client, board, people):
    asked(placed(board.election, "늦은이", Standing.ASKED), late_reason="연락처를 늦게 찾았습니다.")

    told = words(read(client, board, "log/"))

    assert "연락처를 늦게 찾았습니다." in told
    assert "2번" in told
    assert "아직 묻지 않음" in told
    assert client.get(f"{board.url}log/?page=2").status_code == 404


def test_open_data_says_the_same_as_the_board(client, board, people):
    rows = list(csv.DictReader(io.StringIO(read(client, board, "open-data/csv/").lstrip("\ufeff"))))
    told = json.loads(read(client, board, "open-data/json/"))

    assert {row["standing"] for row in rows} == {*Standing.values}
    assert [row["name"] for row in told["respondents"]] == [f"후보{n}" for n in range(1, 9)]
    answers = [
        (row["respondent_id"], row["demand_id"], row["answer"]) for row in rows if row["answer"]
    ]
    assert answers == [
        (person["respondent_id"], answer["demand_id"], answer["answer"])
        for person in told["respondents"]
        for answer in person["answers"]
    ]
    assert len(answers) == 9


@pytest.mark.parametrize("path", ["", "log/"])
def test_on_paper_candidates_are_named_only_after_an_approval(client, board, people, path):
    """공직선거법 art. 90, 93: from 120 days before the election."""
    assert "board-page--screen-only" in read(client, board, path)

    approval_of(Approval.Kind.PRINT, board.election, is_approved=True)

    assert "board-page--screen-only" not in read(client, board, path)


def test_answers_that_are_open_again_are_not_said_to_lack_a_consent(client, board, people):
    person = people[Standing.ANSWERED]
    Response.objects.filter(respondent=person).update(state=Response.State.REOPENED)
    told = words(read(client, board, f"respondents/{person.public_id}/"))
    assert _("The answers are open again. They are shown once they are handed in anew.") in told
    assert (
        _("The answers are shown once the candidate has agreed to their publication.") not in told
    )


def test_after_the_last_moment_nobody_is_led_to_a_page_that_takes_no_address(client, board, people):
    place = f"respondents/{people[Standing.NO_CONTACT].public_id}/"
    assert "/pledges/contact/" in read(client, board, place)
    PledgeRound.objects.update(answers_until=timezone.now())
    bump_public_version()
    assert "/pledges/contact/" not in read(client, board, place)


def test_candidates_are_counted_and_not_said_to_be_asked_who_were_not(client, board, people):
    told = words(read(client, board))
    assert f"후보 {len(people)}명" in told
    assert "물음" not in told
