import pytest

from campaigns.forums.exceptions import SeatsTakenError
from campaigns.forums.models import ForumSession, SeatPool
from campaigns.forums.services import sync_pools
from tests.factories.forums import ForumPageFactory, InvitationFactory, public_session
from tests.factories.orders import make_order

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

KINDS = ("session__part", "kind", "invitation", "capacity", "taken")


@pytest.fixture
def forum(db):
    return ForumPageFactory(first={"meal_capacity": 80})


def pools_of(forum):
    pools = SeatPool.objects.filter(forum=forum).order_by("session__sort_order", "pk")
    return list(pools.values_list(*KINDS))


def take(forum, kind, taken):
    SeatPool.objects.filter(forum=forum, kind=kind, session__part="1부").update(taken=taken)


@pytest.mark.sqlite_smoke
def test_each_session_and_its_meals_have_a_pool(forum):
    assert pools_of(forum) == [
        ("1부", "session", None, 100, 0),
        ("1부", "meal", None, 80, 0),
        ("2부", "session", None, 60, 0),
    ]


def test_twice_is_as_good_as_once(forum):
    before = pools_of(forum)

    sync_pools(forum)

    assert pools_of(forum) == before


@pytest.mark.parametrize(
    ("seats", "allowed", "capacity"), [(2, 2, 2), (5, 2, 2), (1, 2, 1), (3, None, 3)]
)
def test_an_organisation_gets_no_more_than_code_and_session_allow(seats, allowed, capacity):
    forum = ForumPageFactory(second={"seats_per_organisation": allowed})
    invitation = InvitationFactory(forum=forum, seats=seats)

    assert pools_of(forum)[-1] == ("2부", "organisation", invitation.pk, capacity, 0)


def test_a_personal_code_opens_what_is_for_invited_people():
    forum = ForumPageFactory(second={"audience": "invited", "seats_per_organisation": None})
    personal = InvitationFactory(forum=forum, personal=True, seats=1)
    InvitationFactory(forum=forum)

    assert pools_of(forum)[2:] == [
        ("2부", "session", None, 60, 0),
        ("2부", "organisation", personal.pk, 1, 0),
    ]


def test_a_revoked_code_gets_no_pool(forum):
    InvitationFactory(forum=forum, revoked=True)

    assert len(pools_of(forum)) == 3


def test_more_seats_than_before(forum):
    take(forum, "session", 100)
    ForumSession.objects.filter(forum=forum, part="1부").update(capacity=120)

    sync_pools(forum)

    assert pools_of(forum)[0] == ("1부", "session", None, 120, 100)


def test_no_limit_any_more(forum):
    take(forum, "meal", 80)
    ForumSession.objects.filter(forum=forum, part="1부").update(meal_capacity=None)

    sync_pools(forum)

    assert pools_of(forum)[1] == ("1부", "meal", None, None, 80)


@pytest.mark.parametrize(
    ("kind", "field", "name"),
    [
        ("session", "capacity", "1부 특별 토론회"),
        ("meal", "meal_capacity", "1부 특별 토론회 · 점심"),
    ],
)
def test_never_fewer_than_are_taken(forum, kind, field, name):
    take(forum, kind, 42)
    ForumSession.objects.filter(forum=forum, part="1부").update(**{field: 41})

    with pytest.raises(SeatsTakenError) as refusal:
        sync_pools(forum)

    assert (refusal.value.name, refusal.value.taken) == (name, 42)
    ForumSession.objects.filter(forum=forum, part="1부").update(**{field: 42})
    sync_pools(forum)


def test_fewer_for_an_organisation_than_it_took(forum):
    invitation = InvitationFactory(forum=forum)
    SeatPool.objects.filter(invitation=invitation).update(taken=2)
    ForumSession.objects.filter(forum=forum, part="2부").update(seats_per_organisation=1)

    with pytest.raises(SeatsTakenError) as refusal:
        sync_pools(forum)

    assert refusal.value.name == f"2부 대표자 워크숍 · {invitation.organisation}"


def test_a_session_that_is_new_joins(forum):
    day = forum.sessions.first().starts_at.date()
    forum.sessions.add(public_session(day, part="3부", meal="", sort_order=2))
    forum.save()

    sync_pools(forum)

    assert pools_of(forum)[-1] == ("3부", "session", None, 100, 0)


def test_a_limit_for_a_new_meal_counts_who_registered_before():
    forum = ForumPageFactory(first={"meal": ""})
    make_order(forum, people=("한가람", "두나래"))
    session = ForumSession.objects.filter(forum=forum, part="1부")

    session.update(meal="점심", meal_capacity=1)
    with pytest.raises(SeatsTakenError) as refusal:
        sync_pools(forum)
    assert (refusal.value.name, refusal.value.taken) == ("1부 특별 토론회 · 점심", 2)

    session.update(meal_capacity=2)
    sync_pools(forum)
    assert ("1부", "meal", None, 2, 2) in pools_of(forum)
