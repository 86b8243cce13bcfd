"""Whatever people and staff do, in whatever order, the count is the number of confirmed rows."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from petitions import services
from petitions.exceptions import PetitionError
from petitions.models import CountDelta, Signature, Tally
from petitions.services.sign import Attempt
from rights.services import destroy_due
from tests.petitions.citizen import cleaned

pytestmark = [pytest.mark.unit, pytest.mark.django_db(transaction=True)]

PEOPLE = 4


class Crowd:
    """A few people and staff of one petition; each step may be refused."""

    def __init__(self, states):
        self.states = states
        self.name = uuid.uuid4().hex[:8]
        self.attempts = {}

    def step(self, verb, person):
        try:
            getattr(self, verb)(person)
        except PetitionError:
            return

    def sign(self, person, state=0):
        email = f"{person}-{self.name}@mail.example"
        values = cleaned(email=email, form_version=self.states[state].form_version)
        attempt = services.sign_petition(self.states[state], values)
        self.attempts.setdefault(person, attempt)

    def sign_at_once(self, person):
        self.sign(person, state=1)

    def correct(self, person):
        attempt = self._attempt(person)
        email = f"{uuid.uuid4().hex}@mail.example"
        self.attempts[person] = services.correct_address(self.states[0], attempt, email)

    def confirm(self, person):
        services.confirm_signature(self._attempt(person).public_id)

    def confirm_by_staff(self, person):
        public_id = self._attempt(person).public_id
        services.confirm_by_staff(public_id, actor="1", reason="전화로 확인")

    def withdraw(self, person):
        services.withdraw_signature(self._attempt(person).public_id)

    def deny(self, person):
        services.deny_signature(self._attempt(person).public_id)

    def invalidate(self, person):
        public_id = self._attempt(person).public_id
        services.invalidate_signature(public_id, actor="1", reason="중복")

    def undo(self, person):
        services.undo_status_change(self._attempt(person).public_id, actor="1")

    def fold(self, _person):
        services.fold_counts()

    def purge(self, person):
        mine = Signature.objects.filter(public_id=self._attempt(person).public_id)
        mine.update(created_at=timezone.now() - timedelta(days=31))
        destroy_due()

    def _attempt(self, person):
        nobody = Attempt(
            uuid.uuid4(), 0, None, None, cleaned(email="x@mail.example", form_version="")
        )
        return self.attempts.get(person, nobody)


VERBS = (
    *("sign", "sign_at_once", "correct", "confirm", "confirm_by_staff"),
    *("withdraw", "deny", "invalidate", "undo", "fold", "purge"),
)
STEPS = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(1, PEOPLE)), max_size=25)


@pytest.fixture
def states(state):
    """The petition with and without confirmation by mail."""
    page = type(state.page).objects.get(pk=state.petition_id)
    page.confirmation_required = False
    return state, services.state_of(page)


def the_count_holds(petition_id):
    assert services.recount() == {}
    services.fold_counts()
    assert not CountDelta.objects.exists()
    confirmed = Signature.objects.filter(petition_id=petition_id).confirmed().count()
    assert services.live_count(petition_id).confirmed == confirmed
    assert services.recount() == {}


@pytest.mark.sqlite_smoke
def test_the_count_holds_whatever_is_done(states):
    examples = 80 if connection.vendor == "postgresql" else 15

    @settings(max_examples=examples, deadline=None, database=None, derandomize=True)
    @given(STEPS)
    def run(steps):
        crowd = Crowd(states)
        for verb, person in steps:
            crowd.step(verb, person)
        the_count_holds(states[0].petition_id)

    run()
    assert Signature.objects.exists()


@pytest.mark.postgres
def test_the_count_holds_with_two_folders_and_two_actors_at_once(states):
    with folding(2):

        @settings(
            max_examples=40,
            deadline=None,
            database=None,
            suppress_health_check=[HealthCheck.too_slow],
        )
        @given(STEPS, STEPS)
        def run(first, second):
            crowd = Crowd(states)
            for person in range(1, PEOPLE + 1):
                crowd.step("sign", person)
            side_by_side([crowd, crowd], [first, second])

        run()

    the_count_holds(states[0].petition_id)
    assert Tally.objects.get().online > 0


class folding:  # noqa: N801 (reads as a verb)
    """Threads that fold the counts without a pause; what one of them raised is raised."""

    def __init__(self, number):
        self.stop = threading.Event()
        self.threads = ThreadPoolExecutor(number)
        self.running = [self.threads.submit(self._fold) for _ in range(number)]

    def _fold(self):
        try:
            while not self.stop.wait(0.002):
                services.fold_counts()
        finally:
            connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.stop.set()
        self.threads.shutdown()
        for folder in self.running:
            folder.result()


def side_by_side(crowds, courses):
    def run(crowd, steps):
        try:
            for verb, person in steps:
                crowd.step(verb, person)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(courses)) as threads:
        list(threads.map(run, crowds, courses))
