from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.forums.exceptions import OtherOrganisationError
from campaigns.forums.models import SeatPool
from campaigns.forums.services.seats import count_wanted, read_pools
from tests.factories.forums import ForumPageFactory, InvitationFactory, members_session
from tests.factories.orders import make_order

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

SESSION = SeatPool.Kind.SESSION


@pytest.fixture
def forum():
    """Two parts for members; the first has one seat."""
    day = timezone.localdate() + timedelta(days=14)
    sizes = {"1부": 1, "2부": 60}
    sessions = [
        members_session(day, part=part, capacity=size, sort_order=size)
        for part, size in sizes.items()
    ]
    return ForumPageFactory(day=day, sessions=sessions, programme=[])


@pytest.fixture
def invitation(forum):
    return InvitationFactory(forum=forum)


def taken(forum):
    pools = SeatPool.objects.filter(forum=forum, kind=SESSION).order_by("session__sort_order")
    return list(pools.values_list("taken", flat=True))


def test_who_is_invited_waits_at_the_first_closed_part_and_takes_nothing_there(forum, invitation):
    gate, second = SeatPool.objects.filter(forum=forum, kind=SESSION).order_by("pk")
    pools = read_pools([second.session_id], invitation.pk, forum.pk)

    wanted = count_wanted(pools, {second.session_id: 1}, {})

    own = SeatPool.objects.get(session=second.session_id, invitation=invitation)
    assert wanted == {gate.pk: 0, second.pk: 1, own.pk: 1}


def test_a_part_that_is_full_keeps_nobody_from_another(forum, invitation):
    make_order(forum, parts=["1부"], invitation=invitation)

    make_order(forum, parts=["2부"], invitation=invitation)

    assert taken(forum) == [1, 1]


def test_one_person_represents_one_organisation_in_all_parts(forum, invitation):
    make_order(forum, parts=["1부"], invitation=invitation)

    with pytest.raises(OtherOrganisationError):
        make_order(forum, parts=["2부"], invitation=InvitationFactory(forum=forum))

    assert taken(forum) == [1, 0]
