"""Joining, answering, and what the forum's own changes mean for who waits."""

import pytest

from campaigns.forums import emails, services
from campaigns.forums.exceptions import (
    NotInvitedError,
    OfferGoneError,
    PartyTooLargeError,
    RegistrationClosedError,
)
from campaigns.forums.models import ForumPage, ForumSession, Order, SeatPool, WaitingEntry
from evidence.models import Event
from evidence.services import append_waiting, verify_chain
from messaging.models import OutboxMessage
from messaging.services import deliver_due
from tests.campaigns.forums.participant import taken
from tests.campaigns.forums.waiter import State, accept, assert_sound, fill, join, states, wish
from tests.factories.accounts import UserFactory
from tests.factories.forums import InvitationFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def small(make_state):
    return make_state(first={"fee_krw": 0, "capacity": 2, "meal": ""}, alone=True)


def mailed(purpose):
    rows = OutboxMessage.objects.filter(purpose=purpose).order_by("pk")
    return sorted(rows.values_list("subject", flat=True))


WAYS = {
    "a cancellation": lambda state, orders: services.cancel_order(orders[0]),
    "one of two people": lambda state, orders: services.cancel_order(
        orders[0], tickets=[orders[0].tickets.get().pk]
    ),
    "leaving on /my/": lambda state, orders: services.leave_order(orders[0].public_id),
    "a registration that lapsed": lambda state, orders: lapse(orders[0]),
    "more seats": lambda state, orders: grow(state),
}


def lapse(order):
    Order.objects.filter(pk=order.pk).update(status=Order.Status.WAITING)
    services.lapse_order(str(order.public_id))


def grow(state):
    ForumSession.objects.update(capacity=3)
    services.sync_pools(state.page)


@pytest.mark.sqlite_smoke
@pytest.mark.parametrize("way", WAYS)
def test_each_way_to_free_a_seat_offers_it_in_the_same_moment(small, way, mailoutbox, clock):
    orders = fill(small)
    waits = join(small)
    deliver_due()
    mailoutbox.clear()

    WAYS[way](small, orders)
    deliver_due()

    assert states(waits) == [State.OFFERED]
    assert [mail.to for mail in mailoutbox if "자리가 났습니다" in mail.subject] == [[waits.email]]
    assert_sound()


def test_what_is_free_is_offered_at_once(small):
    entry = join(small)

    assert entry.state == State.OFFERED
    assert mailed(emails.LIST_JOINED) == []
    assert mailed(emails.SEAT_OFFERED) == [str(entry.public_id)]


def test_an_address_stands_in_one_line_once_and_may_come_again(small):
    fill(small)
    first = join(small)
    assert join(small).pk == first.pk
    services.leave_list(first)
    services.leave_list(first)

    second = join(small)

    assert second.pk != first.pk
    assert states(first, second) == [State.LEFT, State.WAITING]


def test_a_second_mail_comes_after_a_while(small, clock):
    fill(small)
    join(small)
    clock.tick(services.waiting.TOLD_LATELY)
    join(small)

    assert len(mailed(emails.LIST_JOINED)) == 2


def test_a_form_that_comes_twice_makes_one_entry(small):
    fill(small)
    same = wish(small)
    entry = services.join_list(small, same)
    services.leave_list(entry)

    assert services.join_list(small, same).pk == entry.pk


def test_nobody_waits_for_what_there_is_not(small):
    with pytest.raises(PartyTooLargeError):
        join(small, people=3)
    with pytest.raises(RegistrationClosedError):
        join(small, session_ids=())
    with pytest.raises(RegistrationClosedError):
        join(small, session_ids=(999_999,))
    assert not WaitingEntry.objects.exists()


def test_a_code_without_seats_of_its_own_opens_no_line(state):
    code = InvitationFactory(forum=state.page)
    code.pools.all().delete()

    with pytest.raises(NotInvitedError):
        join(state, sessions=["2부"], invitation=code)


def test_who_has_a_code_and_wants_the_public_part_waits_with_everybody(state):
    code = InvitationFactory(forum=state.page)

    assert join(state, sessions=["1부"], invitation=code).invitation is None


def test_an_offer_is_answered_once(small):
    entry = join(small)
    services.decline_offer(entry)
    services.decline_offer(entry)
    with pytest.raises(OfferGoneError):
        accept(entry)
    assert mailed(emails.OFFER_DECLINED) == [str(entry.public_id)]
    assert taken(small) == 0


def test_who_waits_has_nothing_to_answer(small):
    fill(small)
    entry = join(small)
    for answer in (accept, services.decline_offer):
        with pytest.raises(OfferGoneError):
            answer(entry)


def test_leaving_with_an_offer_declines_it(small):
    entry = join(small)

    services.leave_list(entry)

    assert states(entry) == [State.DECLINED]
    assert taken(small) == 0


def test_more_names_than_seats_are_not_taken(small):
    entry = join(small)

    order = accept(entry, people=2)

    assert order.tickets.count() == taken(small) == 1


def test_a_postponed_forum_gives_offers_back_to_the_line(small):
    held, waits = join(small, number=1, people=2), join(small, number=2)
    user = UserFactory()

    services.change_forum(small.page, change="postponed", reason="폭설", user=user)

    assert states(held, waits) == [State.WAITING, State.WAITING]
    assert taken(small) == 0
    assert mailed(emails.LIST_CHANGED) == sorted(str(e.public_id) for e in (held, waits))
    services.tend_lists()
    assert states(held, waits) == [State.WAITING, State.WAITING]
    services.change_forum(fresh(small), change="", reason="", user=user)
    assert states(held, waits) == [State.OFFERED, State.WAITING]
    assert_sound()


def fresh(state):
    return ForumPage.objects.get(pk=state.page.pk)


def test_a_forum_that_is_called_off_has_no_line(small):
    held, waits = join(small, number=1, people=2), join(small, number=2)

    services.change_forum(small.page, change="cancelled", reason="폭설", user=UserFactory())

    assert states(held, waits) == [State.CLOSED, State.CLOSED]
    assert len(mailed(emails.LIST_CHANGED)) == 2
    assert taken(small) == SeatPool.objects.get(kind="session").kept == 0


def test_a_code_that_is_revoked_ends_the_waiting_of_its_people(state):
    code = InvitationFactory(forum=state.page, seats=1)
    told = {"sessions": ["2부"], "invitation": code}
    held, waits = join(state, number=1, **told), join(state, number=2, **told)
    assert states(held, waits) == [State.OFFERED, State.WAITING]

    services.revoke_invitation(code)
    services.revoke_invitation(code)

    assert states(held, waits) == [State.CLOSED, State.CLOSED]
    assert taken(state, "2부") == 0
    assert len(mailed(emails.LIST_CLOSED)) == 2


def test_a_session_that_is_taken_away_ends_its_line(small):
    fill(small)
    entry = join(small)
    entry.sessions.clear()

    services.tend_lists()

    assert states(entry) == [State.CLOSED]


def test_what_happened_is_on_the_chain_without_a_name(small):
    orders = fill(small)
    entry = join(small)
    services.cancel_order(orders[0])
    accept(entry)
    append_waiting()

    events = Event.objects.filter(subject_type="forums.waiting", subject_id=str(entry.public_id))
    told = list(events.order_by("sequence").values_list("kind", "actor"))
    assert told == [
        ("list_joined", "participant"),
        ("seat_offered", "site"),
        ("offer_taken", "participant"),
    ]
    assert "두나래" not in str([event.payload.values for event in events])
    assert verify_chain("forums.waiting", str(entry.public_id)).holds


def test_an_unlimited_session_needs_no_line(make_state):
    state = make_state(first={"fee_krw": 0, "capacity": None, "meal": ""}, alone=True)

    assert join(state, people=10).state == State.OFFERED
    assert taken(state) == 10
