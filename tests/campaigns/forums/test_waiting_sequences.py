"""Whatever happens in whatever order: no seat twice, none lost, the line in its order."""

import random
from contextlib import suppress

import pytest

from campaigns.forums import services
from campaigns.forums.exceptions import ForumError, MealsGoneError
from campaigns.forums.models import ForumPage, ForumSession, Order, SeatPool, WaitingEntry
from tests.campaigns.forums.participant import asked, person
from tests.campaigns.forums.waiter import (
    State,
    accept,
    assert_nobody_waits_for_a_free_seat,
    assert_sound,
    join,
)
from tests.factories.forums import InvitationFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

STEPS = 60


class Story:
    """A forum with two sessions for everybody and one by invitation, and all that befalls it."""

    def __init__(self, state, seed):
        self.chance = random.Random(seed)  # noqa: S311 (a test that can be repeated)
        self.state = state
        self.codes = [InvitationFactory(forum=state.page) for _ in range(2)]
        self.numbers = iter(range(10**6))

    def step(self):
        ways = (self.come, self.come, self.wait, self.wait, self.cancel, self.answer, self.grow)
        with suppress(ForumError):  # Refused, as it may be.
            self.chance.choice(ways)()

    def where(self):
        parts, code = self.chance.choice(
            [(["1부"], 0), (["1부"], 0), (["2부"], 1), (["1부", "2부"], 1)]
        )
        return {"sessions": parts, "invitation": self.chance.choice(self.codes) if code else None}

    def come(self):
        email = f"c{next(self.numbers)}@mail.example"
        people = [person(takes_meal=self.chance.random() < 0.7)]
        told = {"email": email, "phone": "", "people": people, **self.where()}
        services.place_order(self.state, asked(self.state, **told))

    def wait(self):
        people = self.chance.choice([1, 1, 1, 2])
        join(self.state, number=next(self.numbers), people=people, **self.where())

    def cancel(self):
        if orders := list(Order.objects.holding()):
            services.cancel_order(self.chance.choice(orders))

    def answer(self):
        if entries := list(WaitingEntry.objects.on_the_list()):
            entry = self.chance.choice(entries)
            ways = (self.accept, services.decline_offer, services.leave_list)
            self.chance.choice(ways)(entry)

    def accept(self, entry):
        """Some eat, some come; who has an offer with meals for them is never refused."""
        coming = self.chance.randint(1, entry.people)
        eating = self.chance.randint(0, coming)
        try:
            accept(entry, coming, eating=eating)
        except MealsGoneError:
            assert eating > entry.meals, "A meal that was held is gone."
            raise

    def grow(self):
        if self.chance.random() < 0.2:
            session = self.chance.choice(list(ForumSession.objects.all()))
            ForumSession.objects.filter(pk=session.pk).update(capacity=session.capacity + 1)
            services.sync_pools(ForumPage.objects.get(pk=self.state.page.pk))


MEALS = {
    "without a meal": ({"meal": ""}, {}),
    "more meals than seats": ({"meal_capacity": 3}, {"meal": "저녁"}),
    "fewer meals than seats": ({"meal_capacity": 1}, {"meal": "저녁", "meal_capacity": 2}),
}


@pytest.mark.parametrize("meals", MEALS)
@pytest.mark.parametrize("seed", range(6))
def test_after_every_step_the_list_is_sound(make_state, seed, meals):
    first, second = MEALS[meals]
    state = make_state(
        first={"fee_krw": 0, "capacity": 2, **first}, second={"capacity": 3, **second}
    )
    story = Story(state, seed)

    for _ in range(STEPS):
        story.step()
        assert_sound()
        assert_in_order()
    services.tend_lists()
    SeatPool.objects.update(kept=0)
    services.tend_lists()

    assert_sound()
    assert WaitingEntry.objects.exclude(state=State.WAITING).exists()


def assert_in_order():
    """Of two who want the same for as many people, the first was offered first."""
    seen = {}
    rows = WaitingEntry.objects.order_by("pk").prefetch_related("sessions")
    for entry in rows:
        if entry.state in (State.LEFT, State.CLOSED):
            continue
        want = (entry.people, entry.invitation_id, *sorted(s.pk for s in entry.sessions.all()))
        waits = entry.state == State.WAITING
        assert waits or not seen.get(want), "Somebody was passed by an equal."
        seen[want] = seen.get(want) or waits


def test_every_seat_is_offered_when_only_single_people_wait(make_state):
    state = make_state(first={"fee_krw": 0, "capacity": 2, "meal": ""}, alone=True)
    chance = random.Random(7)  # noqa: S311 (the same)
    for number in range(12):
        join(state, number=number)
    for _ in range(30):
        offered = list(WaitingEntry.objects.offered())
        held = list(Order.objects.holding())
        if offered and chance.random() < 0.6:
            chance.choice((accept, services.decline_offer))(chance.choice(offered))
        elif held:
            services.cancel_order(chance.choice(held))
        assert_sound()
        assert_nobody_waits_for_a_free_seat()
