"""An offer holds meals as it holds seats, as far as there are any."""

import pytest
from django.db import IntegrityError, transaction

from campaigns.forums import services
from campaigns.forums.exceptions import MealsGoneError, SeatsTakenError, SoldOutError
from campaigns.forums.models import ForumPage, ForumSession, SeatPool, WaitingEntry
from tests.campaigns.forums.participant import asked, person, taken
from tests.campaigns.forums.waiter import State, accept, assert_sound, fill, join, states
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

MEAL = SeatPool.Kind.MEAL


@pytest.fixture
def dinner(make_state):
    """Three seats with two meals, free of charge."""
    first = {"fee_krw": 0, "capacity": 3, "meal_capacity": 2}
    return make_state(first=first, alone=True)


def meals_of(*entries):
    by_key = dict(WaitingEntry.objects.values_list("pk", "meals"))
    return [by_key[entry.pk] for entry in entries]


def come(state, number, *, takes_meal=True):
    people = [person(takes_meal=takes_meal)]
    told = {"email": f"comes{number}@mail.example", "phone": "", "people": people}
    return services.place_order(state, asked(state, **told))


@pytest.mark.sqlite_smoke
def test_a_meal_on_offer_is_nobody_elses(dinner):
    entry = join(dinner, people=2)
    assert (meals_of(entry), taken(dinner, kind=MEAL)) == ([2], 2)

    with pytest.raises(MealsGoneError):
        come(dinner, 1)
    come(dinner, 2, takes_meal=False)

    assert accept(entry).tickets.filter(takes_meal=True).count() == 2
    assert (meals_of(entry), taken(dinner, kind=MEAL)) == ([0], 2)
    assert_sound()


def test_who_accepts_without_a_meal_leaves_it_to_the_next(dinner):
    first = join(dinner, number=1, people=2)
    second = join(dinner, number=2, people=1)
    third = join(dinner, number=3)
    assert meals_of(first, second, third) == [2, 0, 0]
    assert states(second, third) == [State.OFFERED, State.WAITING]

    accept(first, 1, eating=0)

    assert states(third) == [State.OFFERED]
    assert meals_of(second, third) == [0, 1]
    assert_sound()
    accept(second)  # One of the two is still free, and nobody waits for it.
    assert_sound()


@pytest.mark.parametrize("end", [services.decline_offer, services.leave_list])
def test_an_offer_that_ends_gives_its_meals_back(dinner, end):
    entry = join(dinner, people=2)

    end(entry)

    assert (meals_of(entry), taken(dinner, kind=MEAL)) == ([0], 0)
    assert_sound()


def test_what_runs_out_or_is_taken_off_gives_its_meals_back(dinner, clock):
    late, removed = join(dinner, number=1), join(dinner, number=2)
    user = UserFactory()
    services.remove_entry(removed, actor=str(user.pk), reason="전화")
    clock.tick(60 * 60 * 24 * 3)

    services.tend_lists()

    assert states(late, removed) == [State.EXPIRED, State.LEFT]
    assert taken(dinner, kind=MEAL) == 0
    assert_sound()


def test_while_a_forum_is_postponed_no_meal_is_held(dinner):
    entry = join(dinner, people=2)
    page = ForumPage.objects.get(pk=dinner.page.pk)

    services.change_forum(
        page, change=ForumPage.Change.POSTPONED, reason="폭설", user=UserFactory()
    )

    assert states(entry) == [State.WAITING]
    assert (meals_of(entry), taken(dinner, kind=MEAL)) == ([0], 0)
    assert_sound()


def test_nobody_waits_for_a_meal_but_who_waits_for_a_seat_has_it_first(dinner):
    orders = fill(dinner, people=[person(takes_meal=False)])
    pair = join(dinner, people=2)
    services.cancel_order(orders[0])
    [pool] = SeatPool.objects.filter(kind=MEAL)
    assert (pool.taken, pool.kept) == (0, 2)

    services.cancel_order(orders[1])

    assert (states(pair), meals_of(pair)) == ([State.OFFERED], [2])
    assert_sound()


def test_the_office_offers_out_of_turn_with_the_meals_that_are_left(dinner):
    orders = fill(dinner, people=[person(takes_meal=False)])
    pair, single = join(dinner, number=1, people=2), join(dinner, number=2)
    WaitingEntry.objects.filter(pk=pair.pk).update(passed_over=2)  # Seats gather for it.
    services.cancel_order(orders[0])
    user = UserFactory()

    with pytest.raises(SoldOutError):
        services.offer_now(pair, actor=str(user.pk), reason="전화")
    services.offer_now(single, actor=str(user.pk), reason="전화")

    assert meals_of(pair, single) == [0, 1]
    assert_sound()


def test_a_meal_that_comes_later_counts_what_offers_hold(make_state):
    second = {"fee_krw": 0, "audience": "public", "capacity": 3}
    state = make_state(first={"fee_krw": 0, "capacity": 3}, second=second)
    entry = join(state, people=2, sessions=["1부", "2부"])
    assert meals_of(entry) == [2]
    ForumSession.objects.filter(part="2부").update(meal="저녁", meal_capacity=1)
    with pytest.raises(SeatsTakenError), transaction.atomic():
        services.sync_pools(state.page)
    ForumSession.objects.filter(part="2부").update(meal_capacity=2)

    services.sync_pools(state.page)

    assert taken(state, "2부", MEAL) == 2
    accept(entry)
    assert_sound()


def test_the_database_knows_no_meals_beyond_an_offer(dinner):
    entry = join(dinner)
    rows = WaitingEntry.objects.filter(pk=entry.pk)

    for wrong in ({"meals": 2}, {"state": State.DECLINED}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
