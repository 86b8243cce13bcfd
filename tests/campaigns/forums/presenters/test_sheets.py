"""Who stands on the badges and on the list that is signed."""

import pytest

from campaigns.forums import services
from campaigns.forums.models import Order, Speaker
from campaigns.forums.presenters import make_badges, make_list, people_to_print
from campaigns.forums.presenters.sheets import badges_of, destroyed_by, tables_of
from tests.campaigns.forums.participant import asked, person

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def public_state(make_state):
    """Two free sessions, the first with a meal."""
    second = {"audience": "public", "seats_per_organisation": None}
    return make_state(first={"fee_krw": 0}, second=second)


def register(state, name, *, parts=("1부",), **told):
    registration = asked(state, people=[person(name, **told)], sessions=parts, email="")
    return services.place_order(state, registration)


def printed(state, session=None):
    return people_to_print(state.page, Order.objects.all(), session)


def test_only_sure_seats_by_name(public_state):
    for name in ("하늘", "가람"):
        register(public_state, name)
    services.cancel_order(register(public_state, "나무"))

    assert [ticket.name for ticket in printed(public_state)] == ["가람", "하늘"]


def test_who_has_not_paid_has_no_badge(state):
    services.place_order(state, asked(state))

    assert printed(state) == []


def test_one_session_has_its_own_people(public_state):
    first, second = public_state.sessions
    register(public_state, "가람", parts=["1부"])
    register(public_state, "하늘", parts=["1부", "2부"])

    assert [ticket.name for ticket in printed(public_state, second)] == ["하늘"]
    tables = tables_of(printed(public_state), [first, second])
    assert [table["rows"] for table in tables] == [[("가람", ""), ("하늘", "")], [("하늘", "")]]


def test_a_badge_says_organisation_sessions_and_meal(public_state):
    register(public_state, "가람", parts=["1부", "2부"], organisation="가온연합회")
    register(public_state, "하늘", takes_meal=False)

    badges = badges_of(public_state.page, printed(public_state), podium=False)

    assert badges == [
        {
            **{"name": "가람", "organisation": "가온연합회", "role": ""},
            **{"sessions": ["1부", "2부"], "meals": ["점심"]},
        },
        {"name": "하늘", "organisation": "", "role": "", "sessions": ["1부"], "meals": []},
    ]


def test_the_podium_comes_first_and_nobody_twice(public_state):
    for name in ("이을", "가람"):
        Speaker.objects.create(
            forum=public_state.page, name=name, role="discussant", affiliation="가온연합회"
        )
    register(public_state, "가람", organisation="가온연합회")

    badges = badges_of(public_state.page, printed(public_state), podium=True)

    role = Speaker.Role.DISCUSSANT.label
    assert [(badge["name"], badge["role"]) for badge in badges] == [("이을", role), ("가람", role)]


def test_the_list_is_kept_no_longer_than_people_were_told(public_state):
    forum = public_state.page
    register(public_state, "가람")
    told = destroyed_by(forum, printed(public_state))
    forum.retention_months += 9

    assert destroyed_by(forum, printed(public_state)) == told
    assert destroyed_by(forum, []) != told


def test_it_asks_as_often_for_many(public_state, django_assert_num_queries):
    register(public_state, "가람")
    with django_assert_num_queries(2):
        printed(public_state)
    for name in ("나무", "하늘"):
        register(public_state, name, parts=["1부", "2부"])

    with django_assert_num_queries(2):
        assert len(printed(public_state)) == 3


def test_both_papers_are_accessible_whatever_people_are_called(public_state):
    for name in ("가", "Alexander Hamilton", "제갈공명우", '#panic("x")', "가" * 40):
        register(public_state, name, organisation="긴이름" * 20)
    people = printed(public_state)

    for pdf in (
        make_badges(public_state.page, people, podium=True),
        make_list(public_state.page, people, public_state.sessions),
        make_list(public_state.page, [], public_state.sessions),
    ):
        assert pdf.startswith(b"%PDF-")
        assert b"pdfuaid" in pdf
