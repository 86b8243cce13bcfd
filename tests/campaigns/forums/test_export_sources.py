"""Who of a forum leaves the site in a file, and who never does."""

import pytest

from campaigns.forums import services
from campaigns.forums.export_sources import PARTICIPANTS, SOURCES, ParticipantChoice
from campaigns.forums.models import CheckIn, Order
from exports.registry import source_named
from tests.campaigns.forums.participant import EMAIL, NAME, asked, person
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def user(db):
    return UserFactory(administrator=True)


def exported(state, user, *statuses):
    options = {"forum": state.page.pk, "statuses": list(statuses) or ["confirmed"]}
    rows = list(PARTICIPANTS.records(options, user))
    assert PARTICIPANTS.count(options, user) == len(rows)
    assert all(len(row.cells) == len(PARTICIPANTS.columns(options)) for row in rows)
    return [list(row.cells) for row in rows]


def test_one_line_for_each_person_with_session_meal_and_coming(free_state, user):
    people = [
        person(organisation="가온연합회", meal_note="채식"),
        person("남궁바다", takes_meal=False),
    ]
    order = services.place_order(free_state, asked(free_state, people=people))
    door, raw = services.make_door(free_state.page, "입구", user=user)
    services.enrol_phone(raw)
    code = order.tickets.get(number=1).code
    services.check_in(door, free_state.sessions[0].pk, code=code)

    first, second = exported(free_state, user)

    status = str(Order.Status.CONFIRMED.label)
    assert first[:9] == [
        *(order.reference, NAME, "가온연합회", EMAIL, "010-0000-1234", status),
        *("1부", "점심", "채식"),
    ]
    assert CheckIn.objects.count() == 1
    assert first[9].startswith("20")
    assert second[1] == "남궁바다"
    assert second[7:] == ["", "", ""]


def test_who_cancelled_or_has_not_paid_is_left_out(state, user):
    services.place_order(state, asked(state))
    gone = services.place_order(state, asked(state, email="b@mail.example"))
    services.cancel_order(gone)

    assert exported(state, user) == []
    assert len(exported(state, user, "confirmed", "waiting")) == 1


def test_without_the_right_nobody_is_in_it(free_state):
    services.place_order(free_state, asked(free_state))

    assert exported(free_state, UserFactory()) == []


def test_the_choice_names_nobody(forum, user):
    form = ParticipantChoice({"forum": forum.pk, "statuses": ["waiting"]}, user=user)

    assert form.is_valid()
    assert form.options() == {"forum": forum.pk, "statuses": ["waiting"]}
    assert source_named("forums.participants") == PARTICIPANTS
    assert [source_named(source.name) for source in SOURCES] == list(SOURCES)
