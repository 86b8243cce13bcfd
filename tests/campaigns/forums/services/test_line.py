"""Whose are the seats that get free: in order, whole parties, nobody forgotten."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.forums import emails, services
from campaigns.forums.exceptions import SoldOutError
from campaigns.forums.models import ForumPage, SeatPool, WaitingEntry
from campaigns.forums.services.line import make_offer
from messaging.models import OutboxMessage
from tests.campaigns.forums.participant import asked, taken
from tests.campaigns.forums.waiter import State, assert_sound, fill, join, states
from tests.factories.forums import InvitationFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def small(make_state):
    """Three seats, free of charge, all taken."""
    return make_state(first={"fee_krw": 0, "capacity": 3, "meal": ""}, alone=True)


def cancel(*orders):
    for order in orders:
        services.cancel_order(order)


def offers_mailed():
    rows = OutboxMessage.objects.filter(purpose=emails.SEAT_OFFERED).order_by("created_at")
    return list(rows.values_list("subject", flat=True))


def kept(state):
    return SeatPool.objects.get(forum=state.page, session__part="1부", kind="session").kept


def test_the_first_in_line_has_the_seat_that_gets_free(small):
    orders = fill(small)
    first, second = join(small, number=1), join(small, number=2)

    cancel(orders[0])

    assert states(first, second) == [State.OFFERED, State.WAITING]
    assert offers_mailed() == [str(first.public_id)]
    assert taken(small) == 3
    assert_sound()


def test_who_comes_now_cannot_have_what_is_held(small):
    orders = fill(small)
    join(small, number=1)
    cancel(orders[0])

    with pytest.raises(SoldOutError):
        services.place_order(small, asked(small))


def test_who_comes_now_cannot_have_what_is_too_little_for_who_waits(small):
    orders = fill(small)
    pair = join(small, number=1, people=2)
    cancel(orders[0])

    with pytest.raises(SoldOutError):
        services.place_order(small, asked(small))
    cancel(orders[1])

    assert states(pair) == [State.OFFERED]
    assert kept(small) == 0


def test_a_large_party_is_passed_over_twice_and_then_seats_gather_for_it(small):
    orders = fill(small)
    pair = join(small, number=1, people=2)
    singles = [join(small, number=n) for n in (2, 3, 4)]

    for order in orders:
        cancel(order)

    # Two singles were served before the pair; the third seat is kept for it.
    assert states(pair, *singles) == [State.WAITING, State.OFFERED, State.OFFERED, State.WAITING]
    services.decline_offer(singles[0])
    assert states(pair, singles[2]) == [State.OFFERED, State.WAITING]
    assert_sound()


def test_on_the_last_day_no_seat_stays_empty_for_a_party_that_does_not_fit(small):
    orders = fill(small)
    pair = join(small, number=1, people=2)
    cancel(orders[0])
    assert kept(small) == 1
    soon = timezone.now() + timedelta(hours=20)
    ForumPage.objects.filter(pk=small.page.pk).update(registration_closes_at=soon)

    services.tend_lists()

    assert kept(small) == 0
    assert services.place_order(services.state_of(fresh(small)), asked(small)).pk
    assert states(pair) == [State.WAITING]


def fresh(state):
    return ForumPage.objects.get(pk=state.page.pk)


def test_several_sessions_are_offered_together_or_not_at_all(make_state):
    state = make_state(
        first={"fee_krw": 0, "capacity": 1, "meal": ""},
        second={"audience": "public", "seats_per_organisation": None, "capacity": 1},
    )
    first, second = fill(state)
    both = join(state, sessions=["1부", "2부"])
    cancel(first)
    assert states(both) == [State.WAITING]
    with pytest.raises(SoldOutError):
        services.place_order(state, asked(state, sessions=["1부"]))

    cancel(second)

    assert states(both) == [State.OFFERED]
    assert_sound()


def test_a_session_nobody_waits_for_stays_open(make_state):
    state = make_state(
        first={"fee_krw": 0, "capacity": 1, "meal": ""},
        second={"audience": "public", "seats_per_organisation": None, "capacity": 5},
    )
    services.place_order(state, asked(state, sessions=["1부"]))
    join(state, sessions=["1부"])

    assert services.place_order(state, asked(state, sessions=["2부"])).pk


def test_the_seat_of_an_organisation_goes_to_its_own_people(state):
    ours, theirs = InvitationFactory(forum=state.page), InvitationFactory(forum=state.page)
    seats = [
        services.place_order(
            state,
            asked(state, sessions=["2부"], invitation=ours, email=f"a{n}@gaon.example", phone=""),
        )
        for n in range(2)
    ]
    mine = join(state, sessions=["2부"], invitation=ours)
    assert states(mine) == [State.WAITING]
    # Whoever waits for a seat of their own organisation keeps nobody else from one.
    told = {"sessions": ["2부"], "invitation": theirs, "phone": ""}
    assert services.place_order(state, asked(state, email="b@han.example", **told)).pk

    cancel(seats[0])

    assert states(mine) == [State.OFFERED]
    assert taken(state, "2부", SeatPool.Kind.ORGANISATION) == 3
    assert_sound()


def test_seats_that_editors_add_are_offered(small):
    fill(small)
    waits = [join(small, number=n) for n in (1, 2)]
    page = ForumPage.objects.get(pk=small.page.pk)
    page.sessions.update(capacity=4)

    services.sync_pools(page)

    assert states(*waits) == [State.OFFERED, State.WAITING]
    assert_sound()


def test_a_registration_that_is_not_paid_frees_its_seat_for_the_list(make_state):
    state = make_state(first={"capacity": 1}, alone=True)
    [order] = fill(state)
    waits = join(state)

    services.lapse_order(str(order.public_id))

    assert states(waits) == [State.OFFERED]


def test_an_offer_that_nobody_answers_goes_to_the_next(small, clock):
    [order, *_others] = fill(small)
    first, second = join(small, number=1), join(small, number=2)
    cancel(order)
    first.refresh_from_db()
    clock.move_to(first.offer_until)

    services.tend_lists()

    assert states(first, second) == [State.EXPIRED, State.OFFERED]
    asked_for = OutboxMessage.objects.filter(purpose=emails.OFFER_EXPIRED)
    assert [row.subject for row in asked_for] == [str(first.public_id)]
    assert services.tend_lists() == 1
    assert_sound()


def test_the_list_ends_with_the_registration(small, clock):
    fill(small)
    waits = join(small)
    clock.move_to(small.page.registration_closes_at)

    services.tend_lists()

    assert states(waits) == [State.CLOSED]
    assert services.tend_lists() == 0


def test_what_was_left_undone_is_found(small):
    """As if the process had been killed between the seat and its offer, with no transaction."""
    fill(small)
    waits = join(small)
    SeatPool.objects.filter(forum=small.page).update(capacity=4, kept=0)

    services.tend_lists()

    assert states(waits) == [State.OFFERED]


def test_a_seat_is_kept_for_nobody_when_nobody_waits(small):
    fill(small)
    SeatPool.objects.filter(forum=small.page).update(capacity=5, kept=2)

    services.tend_lists()

    assert kept(small) == 0
    assert not WaitingEntry.objects.exists()


def test_who_is_served_in_another_session_passes_nobody(make_state):
    state = make_state(
        first={"fee_krw": 0, "capacity": 1, "meal": ""},
        second={"audience": "public", "seats_per_organisation": None, "capacity": 5},
    )
    services.place_order(state, asked(state, sessions=["1부"]))
    first = join(state, number=1, sessions=["1부"])

    second = join(state, number=2, sessions=["2부"])

    assert states(first, second) == [State.WAITING, State.OFFERED]
    assert WaitingEntry.objects.get(pk=first.pk).passed_over == 0


def test_an_offer_beyond_the_seats_is_refused_by_the_database(small):
    fill(small)
    entry, pool = join(small), SeatPool.objects.get(session__part="1부", kind="session")

    with pytest.raises(RuntimeError):
        make_offer(entry, small.page, [pool], 0, timezone.now())
