"""What the election commission gets to read."""

import pytest

from campaigns.pledges.presenters.inquiry_package import SHOWN, make_package, paper_values
from campaigns.pledges.services.co_hosts import add_co_host
from tests.factories.network import OrganisationFactory
from tests.factories.pledge_guards import coming_election, prepared_election, respondent_of
from tests.factories.pledges import CandidacyFactory, contest_of

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def test_it_says_the_method_the_labels_and_the_words(user):
    election = prepared_election()
    add_co_host(election, OrganisationFactory(name="나눔연구소"), user=user)

    said = paper_values(election)

    assert [value for _label, value in said["method"]][1] == "정책위원 일곱 명"
    assert (len(said["labels"]), said["hosts"], len(said["demands"])) == (8, ["나눔연구소"], 3)
    assert [row[1] for row in said["words"]][3].count("107") == 1


def test_the_preview_keeps_the_order_fixed_before():
    election = prepared_election()
    contest = contest_of(election)
    for name, number in (("하늘", "2"), ("가람", "10"), ("나루", "1")):
        CandidacyFactory(contest=contest, name=name, ballot_number=number)
    respondent_of(election, "다온")

    assert [row[2] for row in paper_values(election)["board"]] == ["다온", "나루", "하늘", "가람"]

    election.round.order = "name"
    election.round.save()
    assert [row[2] for row in paper_values(election)["board"]] == ["가람", "나루", "다온", "하늘"]


def test_paper_holds_the_first_and_the_table_all(django_assert_max_num_queries):
    election = coming_election()
    contest = contest_of(election)
    for number in range(SHOWN + 2):
        CandidacyFactory(contest=contest, name=f"후보{number:03}", ballot_number=str(number))
    respondent_of(election, "마지막")

    with django_assert_max_num_queries(10):
        said = paper_values(election)

    assert (len(said["board"]), said["more"], said["respondents"]) == (SHOWN, 3, SHOWN + 3)


def test_even_an_election_without_anything_can_be_asked_about():
    assert make_package(coming_election())[:2] == b"PK"
