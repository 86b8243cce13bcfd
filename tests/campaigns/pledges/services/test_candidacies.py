"""Candidates step by step."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from campaigns.pledges import services
from campaigns.pledges.exceptions import MoveRefusedError
from campaigns.pledges.models import Candidacy, Office
from tests.factories.pledges import DAY, SOURCE, CandidacyFactory, contest_of, jongno

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
Status = Candidacy.Status
PROOF = services.Proof(DAY, SOURCE, "소식")


@pytest.fixture
def candidacy(election):
    return CandidacyFactory(contest=contest_of(election))


def test_a_step_is_kept_with_its_day_and_source(candidacy, user):
    services.move_candidacy(candidacy, Status.REGISTERED, PROOF, user=user)
    services.move_candidacy(candidacy, Status.REGISTERED, PROOF, user=user)

    candidacy.refresh_from_db()
    (change,) = candidacy.changes.all()
    assert (candidacy.status, candidacy.status_on) == (Status.REGISTERED, DAY)
    assert (change.before, change.after, change.source, change.made_by) == (
        *("preliminary", "registered", SOURCE),
        user,
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Status.PRELIMINARY, Status.ELECTED),
        (Status.DIED, Status.REGISTERED),
        (Status.WITHDRAWN, Status.REGISTERED),
        (Status.ELECTED, Status.NOT_ELECTED),
    ],
)
def test_steps_that_cannot_be(candidacy, user, before, after):
    Candidacy.objects.update(status=before)

    with pytest.raises(MoveRefusedError):
        services.move_candidacy(candidacy, after, PROOF, user=user)
    assert candidacy.changes.count() == 0


def test_a_mistake_is_taken_back_and_stays_in_the_story(candidacy, user):
    services.move_candidacy(candidacy, Status.DIED, PROOF, user=user)
    services.take_back_move(candidacy, "다른 사람이었음", user=user)

    candidacy.refresh_from_db()
    assert candidacy.status == Status.PRELIMINARY
    assert [one.reason for one in candidacy.changes.all()] == ["다른 사람이었음", "소식"]


def test_where_nothing_was_moved_nothing_is_taken_back(candidacy, user):
    with pytest.raises(MoveRefusedError):
        services.take_back_move(candidacy, "실수", user=user)


def test_what_is_wrong_is_put_right(candidacy, user):
    values = {"name": "한가람", "party_name": "", "ballot_number": "3"}

    assert services.correct_candidacy(candidacy, values, PROOF, user=user)
    assert not services.correct_candidacy(candidacy, values, PROOF, user=user)

    candidacy.refresh_from_db()
    assert (candidacy.party, candidacy.ballot_number) == (str(Candidacy.NOBODYS), "3")
    assert candidacy.changes.count() == 2


def test_somebody_is_entered_once(election):
    contest = contest_of(election)
    values = {"name": "남궁바다", "hanja": "", "party_name": ""}
    entered = [
        services.enter_candidacy(
            contest, values, PROOF, status=Status.ANNOUNCED, birth_on=date(1970, 1, 31)
        )
        for _ in range(2)
    ]

    assert entered[0] == entered[1]
    assert entered[0].birth_year == 1970


def test_the_database_keeps_a_person_to_one_candidacy_in_a_contest(candidacy):
    with pytest.raises(IntegrityError), transaction.atomic():
        CandidacyFactory(contest=candidacy.contest)


def test_a_contest_is_opened_once(election):
    region = jongno()
    first, is_new = services.open_contest(election, Office.CITY_COUNCIL, region, "종로구 가선거구")
    again, is_new_again = services.open_contest(
        election, Office.CITY_COUNCIL, region, "종로구가선거구"
    )

    assert (first, is_new, is_new_again) == (again, True, False)
    assert str(first.post) == "서울특별시 종로구가선거구 " + str(Office.CITY_COUNCIL.label)


def test_the_whole_country_has_no_region(election):
    contest, _is_new = services.open_contest(election, Office.PRESIDENT, jongno(), "아무 곳")

    assert (contest.post.region, contest.post.district_name) == (None, "")
    assert str(contest.post) == str(Office.PRESIDENT.label)


def test_contests_know_how_many_stand(election):
    contest = contest_of(election)
    CandidacyFactory(contest=contest)
    CandidacyFactory(contest=contest, name="남궁바다", status=Status.WITHDRAWN, missing_since=DAY)

    (row,) = services.contests_of(election)

    assert (row.standing, row.missing) == (1, 1)
