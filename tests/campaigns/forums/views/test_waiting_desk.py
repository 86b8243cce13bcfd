"""The office looks at a waiting list, masked; offers, prolongs and removes with a reason."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.defaults import EDITOR
from campaigns.forums import emails, services
from campaigns.forums.apps import EVENTS
from campaigns.forums.models import ForumPage, WaitingEntry
from evidence.services import append_waiting
from messaging.models import OutboxMessage
from privacy.models import AccessEntry
from tests.campaigns.forums.waiter import State, accept, assert_sound, fill, join, states
from tests.factories.accounts import GrantFactory, UserFactory
from tests.factories.forums import ForumPageFactory, InvitationFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NAME, EMAIL, PHONE = "두나래", "waits1@mail.example", "+821000005678"


@pytest.fixture
def staff(client):
    client.user = UserFactory(role=EVENTS)
    client.force_login(client.user)
    return client


@pytest.fixture
def small(make_state):
    return make_state(first={"fee_krw": 0, "capacity": 2, "meal": ""}, alone=True)


@pytest.fixture
def pair(small):
    """Two people who wait together for one free seat."""
    orders = fill(small)
    entry = join(small, number=1, people=2)
    services.cancel_order(orders[0])
    return entry


def address(entry, step=""):
    if not step:
        return reverse("waiting_entry", args=[entry.forum_id, entry.pk])
    if step == "full":
        return reverse("waiting_full", args=[entry.forum_id, entry.pk])
    return reverse("waiting_step", args=[entry.forum_id, entry.pk, step])


def told(response):
    return [str(message) for message in response.context["messages"]]


def test_the_list_is_masked_and_each_look_is_written_down(staff, small, pair):
    single = join(small, number=2)
    taken = join(small, number=3)
    WaitingEntry.objects.filter(pk=taken.pk).update(state=State.LEFT)

    text = staff.get(reverse("waiting_list", args=[small.page.pk])).content.decode()

    assert NAME not in text
    assert EMAIL not in text
    assert "두*래" in text
    for entry in (pair, single, taken):
        assert address(entry) in text
    entries = AccessEntry.objects.get()
    assert entries.data_set == "forums.waiting"


def test_meals_on_offer_stand_beside_the_seats(staff, make_state):
    state = make_state(first={"fee_krw": 0, "meal_capacity": 9}, alone=True)
    join(state, number=1, people=3)

    page = staff.get(reverse("waiting_list", args=[state.page.pk]))

    told = [(name, *numbers) for _pool, name, *numbers in page.context["shown"].sessions]
    assert told == [("1부 특별 토론회", 3, 0), ("1부 특별 토론회 · 점심", 3, 0)]


def test_an_empty_list_is_no_look(staff, small):
    text = staff.get(reverse("waiting_list", args=[small.page.pk])).content.decode()

    assert "기다리는 분이 없습니다" in text
    assert not AccessEntry.objects.exists()


def test_one_entry_in_full_needs_a_reason(staff, small, pair):
    assert NAME not in staff.get(address(pair)).content.decode()
    refused = staff.post(address(pair, "full"), {"reason": ""})
    assert refused.status_code == 422
    assert NAME not in refused.content.decode()

    text = staff.post(address(pair, "full"), {"reason": "전화로 물어야 함"}).content.decode()

    for shown in (NAME, EMAIL, PHONE):
        assert shown in text
    assert AccessEntry.objects.filter(action="full").count() == 1


def test_seats_are_offered_out_of_turn(staff, small, pair):
    WaitingEntry.objects.filter(pk=pair.pk).update(passed_over=2)  # Seats gather for it.
    behind = join(small, number=2)
    assert states(pair, behind) == [State.WAITING, State.WAITING]

    staff.post(address(behind, "offer"), {"reason": "휠체어석"})

    assert states(pair, behind) == [State.WAITING, State.OFFERED]
    assert OutboxMessage.objects.filter(purpose=emails.SEAT_OFFERED).count() == 1
    assert_sound()


def test_what_is_not_free_is_not_offered(staff, pair):
    answer = staff.post(address(pair, "offer"), {"reason": "부탁"}, follow=True)

    assert "그만큼 빈자리가 없습니다" in told(answer)[0]
    assert states(pair) == [State.WAITING]
    assert_sound()


def test_an_offer_is_prolonged_until_the_list_closes(staff, small):
    entry = join(small, number=1)
    before = WaitingEntry.objects.get().offer_until
    assert staff.post(address(entry, "prolong"), {"hours": "99", "reason": "x"}).status_code == 422

    staff.post(address(entry, "prolong"), {"hours": "5", "reason": "입원 중"})
    assert (WaitingEntry.objects.get().offer_until - before).total_seconds() == 5 * 3600
    for _ in range(8):
        staff.post(address(entry, "prolong"), {"hours": "72", "reason": "입원 중"})

    assert WaitingEntry.objects.get().offer_until == small.page.registration_closes_at
    append_waiting()
    text = staff.get(address(entry)).content.decode()
    assert "입원 중" in text
    assert str(staff.user) in text


def test_who_is_taken_off_is_told_and_the_seats_go_on(staff, small):
    entry, pair = join(small, number=1, people=2), join(small, number=2, people=2)

    for _twice in range(2):
        staff.post(address(entry, "remove"), {"reason": "본인 전화"})

    assert states(entry, pair) == [State.LEFT, State.OFFERED]
    assert OutboxMessage.objects.filter(purpose=emails.LIST_LEFT).count() == 1
    staff.post(address(pair, "remove"), {"reason": "본인 전화"})
    assert_sound()


@pytest.mark.parametrize("step", ["offer", "prolong"])
def test_what_is_in_another_state_is_left_alone(staff, small, step):
    entry = join(small, number=1)
    services.leave_list(entry)

    answer = staff.post(address(entry, step), {"hours": "5", "reason": "전화"}, follow=True)

    assert "상태가 달라졌습니다" in told(answer)[0]


def test_nothing_is_offered_once_registration_is_closed(staff, pair):
    ForumPage.objects.update(registration_closes_at=timezone.now())

    answer = staff.post(address(pair, "offer"), {"reason": "전화"}, follow=True)

    assert "마감" in told(answer)[0]


def test_an_entry_without_a_person_is_numbers_only(staff, small):
    entry = join(small, number=1)
    services.forget_waiting(entry.public_id)

    text = staff.get(address(entry)).content.decode()

    assert "—" in text
    assert staff.post(address(entry, "full"), {"reason": "전화"}).status_code == 404
    assert staff.post(address(entry, "remove"), {"reason": "전화"}).status_code == 404


def test_there_is_no_such_step(staff, pair):
    assert staff.post(address(pair, "burn"), {"reason": "전화"}).status_code == 404


def test_a_registration_is_reached_from_its_entry(staff, state):
    code = InvitationFactory(forum=state.page)
    entry = join(state, sessions=["2부"], invitation=code)
    order = accept(entry)

    text = staff.get(address(entry)).content.decode()

    assert reverse("registrations:inspect", args=[order.pk]) in text
    assert str(code.organisation) in text


def test_who_may_not_see_registrations_sees_no_list(client, pair):
    client.force_login(UserFactory(role=EDITOR))

    assert client.get(reverse("waiting_list", args=[pair.forum_id])).status_code == 302
    assert client.post(address(pair, "remove"), {"reason": "x"}).status_code == 302
    assert states(pair) == [State.WAITING]


def test_of_another_forum_nobody_sees_the_list(client, pair):
    other, user = ForumPageFactory(), UserFactory()
    group = Group.objects.get(name=EVENTS)
    GrantFactory(user=user, group=group, scope_kind="event", scope_key=str(other.pk))
    client.force_login(user)

    assert client.get(reverse("waiting_list", args=[pair.forum_id])).status_code in (302, 404)
    assert client.get(reverse("waiting_list", args=[other.pk])).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_however_many_wait(staff, small, number):
    fill(small)
    for n in range(number):
        join(small, number=n)
    url = reverse("waiting_list", args=[small.page.pk])
    staff.get(url)

    with CaptureQueriesContext(connection) as asked_for:
        staff.get(url)

    assert len(asked_for) <= 22, len(asked_for)


def test_numbers_count_who_waits(staff, small, pair):
    page = staff.get(reverse("forum_numbers", args=[small.page.pk]))

    [session] = page.context["numbers"].sessions
    assert (session.offered, session.in_line) == (0, 2)


def test_a_page_with_a_waiting_list_is_not_deleted(staff, small):
    join(small, number=1)
    page = ForumPage.objects.get()

    staff.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    assert ForumPage.objects.filter(pk=page.pk).exists()
