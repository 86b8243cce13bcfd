from datetime import date

import pytest
from django.utils.translation import override

from home.network.models import Body
from home.network.presenters import read_body_tree
from home.publishing import public_version
from tests.factories.network import BodyFactory, MeetingFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


def shape(shown):
    return {one.body.name: shape(one.parts) for one in shown}


def test_bodies_stand_under_their_kind_and_parts_under_their_body():
    policy = BodyFactory(name="정책위원회", sort_order=2)
    BodyFactory(name="법제도 분과", kind=Body.Kind.SUBCOMMITTEE, parent=policy)
    BodyFactory(name="총회", kind=Body.Kind.GOVERNING, sort_order=1)
    BodyFactory(name="지역정책협의회", ended=True)

    tree = read_body_tree()

    assert {group.label: shape(group.bodies) for group in tree.groups} == {
        str(Body.Kind.GOVERNING.label): {"총회": {}},
        str(Body.Kind.COMMITTEE.label): {"정책위원회": {"법제도 분과": {}}},
    }
    assert shape(tree.ended) == {"지역정책협의회": {}}
    assert not tree.is_empty


def test_a_part_of_a_body_that_ended_stands_by_itself():
    ended = BodyFactory(name="지역정책협의회", ended=True)
    BodyFactory(name="지역 분과", kind=Body.Kind.SUBCOMMITTEE, parent=ended)

    [group] = read_body_tree().groups

    assert shape(group.bodies) == {"지역 분과": {}}


@pytest.mark.parametrize(
    ("began_on", "words"),
    [
        (date(2017, 6, 1), "Became what it is in 2017년\u00a06월; before: 지역정책협의회"),
        (None, "Before: 지역정책협의회"),
    ],
)
def test_a_body_says_what_it_was_before(began_on, words):
    before = BodyFactory(name="지역정책협의회", ended=True, ended_on=date(2017, 5, 31))
    BodyFactory(name="지역위원회", predecessor=before, began_on=began_on)

    tree = read_body_tree()

    with override("en"):
        assert tree.groups[0].bodies[0].lineage == words
        assert tree.ended[0].lineage == tree.ended[0].began == ""
        assert tree.ended[0].ended == "2017년\u00a05월"


def test_the_meetings_of_this_year_are_counted(clock):
    body = BodyFactory()
    MeetingFactory.create_batch(2, body=body, held_on=date(2026, 5, 1))
    MeetingFactory(body=body, held_on=date(2025, 5, 1))

    assert read_body_tree().groups[0].bodies[0].body.meetings_held == 2


def test_many_members_are_shown_in_two_parts():
    body = BodyFactory()
    for number in range(14):
        body.seats.create(name=f"위원 {number}", sort_order=number)
    body.save()

    [shown] = read_body_tree().groups[0].bodies

    assert [seat.name for seat in shown.more_seats] == ["위원 12", "위원 13"]
    assert len(shown.first_seats) == 12


def test_without_bodies_the_tree_is_empty(db):
    assert read_body_tree().is_empty


@pytest.mark.parametrize("rows", [1, 3])
def test_the_tree_takes_the_same_queries_for_one_body_and_three(rows, django_assert_num_queries):
    for body in BodyFactory.create_batch(rows, predecessor=BodyFactory(ended=True)):
        body.seats.create(name="김연대")
        body.save()
        MeetingFactory(body=body)

    public_version()
    with django_assert_num_queries(2):
        read_body_tree()
    with django_assert_num_queries(0):
        read_body_tree()
