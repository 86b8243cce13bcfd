"""Lists looked at, taken over, sent in again."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.pledges import services
from campaigns.pledges.exceptions import ListChangedError, ListDecidedError, ListFaultyError
from campaigns.pledges.models import Candidacy, CandidacyChange, CandidateImport, Contest, Office
from tests.factories.pledges import (
    COUNCIL,
    DAY,
    GOVERNORS,
    LIST,
    MAYOR,
    CandidacyFactory,
    contest_of,
    csv_file,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
Stage, Status = CandidateImport.Stage, Candidacy.Status
LATER = date(2026, 5, 20)


def named(name):
    return Candidacy.objects.get(name=name)


def changes_of(name):
    rows = CandidacyChange.objects.filter(candidacy__name=name).order_by("pk")
    return [(row.field, row.before, row.after) for row in rows]


@pytest.mark.sqlite_smoke
def test_a_list_brings_its_contests_and_candidates(take_over):
    done = take_over()

    assert (done.added, done.changed, done.missing, done.row_count) == (4, 0, 0, 4)
    assert done.rows is None
    offices = Contest.objects.values_list(
        "post__office", "post__region__name", "post__district_name"
    )
    assert set(offices) == {
        (Office.GOVERNOR, "서울특별시", ""),
        (Office.MAYOR, "종로구", ""),
        (Office.CITY_COUNCIL, "종로구", "종로구가선거구"),
    }
    row = named("한가람")
    assert (row.status, row.status_on, row.birth_year) == (Status.REGISTERED, DAY, 1970)
    assert (row.commission_number, row.ballot_number, row.hanja) == ("100", "1", "韓가람")
    assert set(Contest.objects.values_list("listed_at", flat=True)) == {done.decided_at}


def test_of_the_birth_date_only_the_year_is_kept(send_in):
    job = send_in()

    stored = repr(job.rows) + repr(CandidateImport.objects.values())
    assert "0131" not in stored
    assert "01-31" not in stored


def test_the_same_file_again_changes_nothing(take_over, send_in, user):
    take_over()
    job = send_in()

    plan = services.plan_import(job)
    assert plan.does_nothing
    assert plan.unchanged == 4
    services.apply_import(job, plan.digest, lapse_missing=True, user=user)
    assert Candidacy.objects.count() == 4
    assert CandidacyChange.objects.count() == 0


def test_another_party_name_and_state_are_written_down(take_over):
    take_over()
    changed = GOVERNORS[0].replace("가온당", "무소속").replace("등록", "사퇴")

    done = take_over(csv_file([changed, *LIST[1:]]), retrieved_on=LATER)

    assert (done.added, done.changed) == (0, 1)
    row = named("한가람")
    assert (row.party_name, row.status, row.status_on) == ("", Status.WITHDRAWN, LATER)
    assert sorted(changes_of("한가람")) == [
        ("party_name", "가온당", ""),
        ("status", "registered", "withdrawn"),
    ]


def test_who_is_not_in_the_list_is_missing_and_not_deleted(take_over):
    take_over()

    done = take_over(csv_file([GOVERNORS[1], MAYOR, COUNCIL]), retrieved_on=LATER)
    assert done.missing == 1
    assert named("한가람").missing_since == LATER
    assert named("한가람").status == Status.REGISTERED

    again = take_over(retrieved_on=LATER)
    assert (again.changed, again.missing) == (0, 0)
    assert named("한가람").missing_since is None
    assert changes_of("한가람") == [
        ("missing_since", "", "2026-05-20"),
        ("missing_since", "2026-05-20", ""),
    ]


def test_a_list_says_nothing_of_offices_that_it_does_not_name(take_over, send_in):
    take_over()

    assert services.plan_import(send_in(csv_file([MAYOR]))).missing == []


@pytest.mark.parametrize(("lapse", "status"), [(True, Status.LAPSED), (False, Status.PRELIMINARY)])
def test_who_did_not_register_lapses_if_staff_say_so(take_over, lapse, status):
    take_over(stage=Stage.PRELIMINARY)

    take_over(csv_file([GOVERNORS[1], MAYOR, COUNCIL]), lapse_missing=lapse)

    row = named("한가람")
    assert row.status == status
    assert (row.missing_since is None) == lapse
    assert named("남궁바다").status == Status.REGISTERED


def test_whoever_lapsed_by_mistake_comes_back_with_the_whole_list(take_over):
    take_over(stage=Stage.PRELIMINARY)
    take_over(csv_file([GOVERNORS[1]]), lapse_missing=True)

    take_over()

    assert named("한가람").status == Status.REGISTERED


def test_a_preliminary_list_takes_no_registration_back(take_over, send_in):
    take_over()

    assert services.plan_import(send_in(stage=Stage.PRELIMINARY)).does_nothing


def test_a_state_that_cannot_be_is_a_problem_of_its_line(take_over, send_in, user):
    take_over(csv_file([GOVERNORS[0].replace("등록", "사망")]))
    job = send_in(csv_file([GOVERNORS[0]]))

    plan = services.plan_import(job)

    assert plan.problems == [(2, "move")]
    with pytest.raises(ListFaultyError):
        services.apply_import(job, plan.digest, lapse_missing=False, user=user)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (MAYOR.replace("서울특별시", "세울특별시"), "province"),
        (MAYOR.replace("종로구", "종노구"), "region"),
        (MAYOR.replace("20260603,4,", "20260603,,"), "office"),
        (MAYOR.replace("19810909", "1981"), "birth"),
    ],
)
def test_one_bad_line_keeps_the_whole_list_out(send_in, user, line, code):
    job = send_in(csv_file([*GOVERNORS, line]))

    plan = services.plan_import(job)

    assert plan.problems == [(4, code)]
    with pytest.raises(ListFaultyError):
        services.apply_import(job, plan.digest, lapse_missing=False, user=user)
    assert Candidacy.objects.count() == 0
    assert Contest.objects.count() == 0


def test_the_office_may_be_said_above_the_file(send_in):
    job = send_in(csv_file([MAYOR.replace("20260603,4,", "20260603,,")]), office=Office.MAYOR)

    assert services.plan_import(job).problems == []


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (GOVERNORS[0], "twice"),
        (GOVERNORS[1].replace(",101,", ",100,"), "twice"),
        (GOVERNORS[0].replace(",100,", ",102,"), "twice"),
    ],
)
def test_somebody_who_stands_twice_in_the_file(send_in, second, code):
    plan = services.plan_import(send_in(csv_file([GOVERNORS[0], second])))

    assert plan.problems == [(2, code), (3, code)]


def test_namesakes_are_told_apart_by_number_or_birth_date(send_in, take_over):
    other = GOVERNORS[0].replace(",100,", ",102,").replace("19700131", "19880808")
    take_over(csv_file([GOVERNORS[0], other]))
    assert Candidacy.objects.filter(name="한가람").count() == 2

    nameless = [
        line.replace(",100,", ",,")
        .replace(",102,", ",,")
        .replace("19700131", "")
        .replace("19880808", "")
        for line in (GOVERNORS[0], other)
    ]
    plan = services.plan_import(send_in(csv_file(nameless)))
    assert plan.problems == [(2, "namesake"), (3, "namesake")]


def test_a_list_without_numbers_finds_people_by_name_and_birth_date(take_over, send_in):
    take_over()
    without = [
        line.replace(f",{number},", ",,")
        for line, number in zip(LIST, (100, 101, 200, 300), strict=True)
    ]

    assert services.plan_import(send_in(csv_file(without))).does_nothing


def test_a_list_with_names_only_finds_the_only_one(take_over, send_in):
    take_over(csv_file([GOVERNORS[0]]))
    bare = GOVERNORS[0].replace(",100,", ",,").replace("19700131", "")

    plan = services.plan_import(send_in(csv_file([bare])))

    assert plan.does_nothing
    assert plan.unchanged == 1


def test_who_was_entered_by_hand_gets_number_and_year(take_over, election):
    CandidacyFactory(contest=contest_of(election))

    done = take_over(csv_file([GOVERNORS[0]]))

    assert (done.added, done.changed) == (0, 1)
    row = named("한가람")
    assert (row.commission_number, row.birth_year) == ("100", 1970)
    assert take_over(csv_file([GOVERNORS[0]])).changed == 0


def test_two_lines_for_one_person_known_by_name_are_told(send_in, election):
    CandidacyFactory(contest=contest_of(election))
    other = GOVERNORS[0].replace(",100,", ",102,").replace("19700131", "19880808")

    plan = services.plan_import(send_in(csv_file([GOVERNORS[0], other])))

    assert plan.problems == [(3, "twice")]


def test_a_list_without_birth_dates_changes_a_party_only(take_over):
    take_over(csv_file([GOVERNORS[0]]))
    nameless = GOVERNORS[0].replace("19700131", "").replace("가온당", "다솜당")

    assert take_over(csv_file([nameless])).changed == 1
    assert named("한가람").birth_year == 1970
    assert changes_of("한가람") == [("party_name", "가온당", "다솜당")]


def test_what_changed_since_it_was_looked_at_is_not_done(send_in, election, user):
    job = send_in()
    digest = services.plan_import(job).digest
    CandidacyFactory(contest=contest_of(election))

    with pytest.raises(ListChangedError):
        services.apply_import(job, digest, lapse_missing=False, user=user)


def test_a_list_is_decided_once(send_in, user):
    job = send_in()
    digest = services.plan_import(job).digest
    services.apply_import(job, digest, lapse_missing=False, user=user)

    with pytest.raises(ListDecidedError):
        services.apply_import(job, digest, lapse_missing=False, user=user)
    with pytest.raises(ListDecidedError):
        services.discard_import(job, user=user)
    assert Candidacy.objects.count() == 4


def test_a_discarded_list_leaves_nothing(send_in, user):
    done = services.discard_import(send_in(), user=user)

    assert (done.state, done.rows) == (CandidateImport.State.DISCARDED, None)
    assert not Contest.objects.exists()


def test_a_thousand_lines_cost_as_many_queries_as_three(send_in, user):
    def cost(count):
        lines = [
            GOVERNORS[0].replace(",100,", f",{count}{n},").replace("한가람", f"한가람{count}번{n}")
            for n in range(count)
        ]
        with CaptureQueriesContext(connection) as queries:
            job = send_in(csv_file(lines))
            plan = services.plan_import(job)
            services.apply_import(job, plan.digest, lapse_missing=False, user=user)
        return len(queries)

    assert cost(3) + 1 >= cost(400)
    assert Candidacy.objects.count() == 403
