"""Rare turns of a waiting list: nobody to write to, a full quota, the last day."""

import pytest
from django.utils import timezone

from campaigns.forums import services
from campaigns.forums.models import SeatPool, WaitingEntry
from campaigns.forums.services.line import MOST_PASSED, Line
from messaging.models import OutboxMessage
from tests.campaigns.forums.participant import taken
from tests.campaigns.forums.waiter import State, fill, join, states
from tests.factories.forums import InvitationFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def small(make_state):
    return make_state(first={"capacity": 2, "fee_krw": 0}, alone=True)


@pytest.fixture
def nameless(small):
    """Seats are offered to somebody whose address was forgotten."""
    entry = join(small)
    WaitingEntry.objects.update(email=None, email_index=None)
    OutboxMessage.objects.all().delete()
    entry.refresh_from_db()
    assert entry.state == State.OFFERED
    return entry


def test_who_cannot_be_written_to_gets_no_mail(nameless):
    services.prolong_offer(nameless, hours=3, actor="1", reason="전화")
    assert not OutboxMessage.objects.exists()

    services.decline_offer(nameless)

    assert states(nameless) == [State.DECLINED]
    assert not OutboxMessage.objects.exists()


def test_who_is_off_the_list_moves_without_a_mail(small):
    fill(small)
    entry = join(small)
    services.leave_list(entry)
    OutboxMessage.objects.all().delete()

    services.move_waiting(entry.public_id, "other@mail.example")

    entry.refresh_from_db()
    assert entry.email == "other@mail.example"
    assert not OutboxMessage.objects.exists()


def test_who_still_waits_is_removed_and_no_seat_moves(small):
    fill(small)
    first, second = join(small), join(small, number=2)

    services.remove_entry(first, actor="1", reason="전화")

    assert states(first, second) == [State.LEFT, State.WAITING]
    assert taken(small) == 2


def line_of(state):
    pools = list(SeatPool.objects.filter(forum=state.page))
    return Line(state.page, pools, timezone.now()), pools


def test_late_money_of_a_full_organisation_keeps_nothing(state):
    invitation = InvitationFactory(forum=state.page)
    own = SeatPool.objects.get(invitation=invitation)
    SeatPool.objects.filter(pk=own.pk).update(taken=own.capacity)
    line, _pools = line_of(state)

    line.keep_for_late({own.pk: 1})

    assert not line.ahead
    assert not line.awaited


def test_on_the_last_day_nothing_gathers_for_who_was_passed_over(small):
    fill(small)
    entry = join(small, people=2)
    entry.passed_over = MOST_PASSED
    line, _pools = line_of(small)
    line.gathers = False

    line.serve(entry)

    assert not line.ahead
    assert not line.passable
