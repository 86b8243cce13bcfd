"""The waiting list of a forum leaves through the one export job, and in its own order."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from accounts.defaults import DIRECTOR
from campaigns.forums import services
from campaigns.forums.apps import EVENTS
from campaigns.forums.export_sources import WAITING_LIST, WaitingChoice
from campaigns.forums.models import WaitingEntry
from exports.models import ExportJob
from exports.registry import source_named
from exports.services import run_export
from privacy.models import AccessEntry
from tests.campaigns.forums.waiter import State, fill, join
from tests.factories.accounts import GrantFactory, UserFactory
from tests.factories.forums import ForumPageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ON_THE_LIST = ["waiting", "offered"]


@pytest.fixture
def user(db):
    return UserFactory(role=EVENTS)


@pytest.fixture
def small(make_state):
    return make_state(first={"fee_krw": 0, "capacity": 2, "meal": ""}, alone=True)


def exported(state, user, states=ON_THE_LIST):
    options = {"forum": state.page.pk, "states": list(states)}
    rows = list(WAITING_LIST.records(options, user))
    assert WAITING_LIST.count(options, user) == len(rows)
    assert all(len(row.cells) == len(WAITING_LIST.columns(options)) for row in rows)
    return [list(row.cells) for row in rows]


def stamp(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def test_one_line_for_each_entry_with_its_place_and_until_when_an_offer_stands(small, user):
    orders = fill(small)
    first = join(small, number=1, organisation="가온연합회")
    second, third = join(small, number=2, people=2), join(small, number=3)
    services.cancel_order(orders[0])
    first.refresh_from_db()

    rows = exported(small, user)

    waits, offered = str(State.WAITING.label), str(State.OFFERED.label)
    assert rows[0] == [
        *("", "1부", "두나래", "010-0000-5678", "waits1@mail.example", "가온연합회", "1", offered),
        *(stamp(first.created_at), stamp(first.offer_until)),
    ]
    assert [row[0] for row in rows] == ["", "1", "2"]
    assert [row[6:8] for row in rows[1:]] == [["2", waits], ["1", waits]]
    assert [row[8:] for row in rows[1:]] == [[stamp(e.created_at), ""] for e in (second, third)]


def test_who_is_through_is_in_it_only_if_asked_for_and_who_is_forgotten_never(small, user):
    fill(small)
    gone, forgotten = join(small, number=1), join(small, number=2)
    services.leave_list(gone)
    services.forget_waiting(forgotten.public_id)

    assert exported(small, user) == []
    assert [row[4] for row in exported(small, user, State.values)] == ["waits1@mail.example"]


def test_a_batch_goes_on_where_the_last_one_ended(small, user, monkeypatch):
    monkeypatch.setattr("campaigns.forums.export_sources.waiting.BATCH", 2)
    fill(small)
    for number in range(5):
        join(small, number=number)

    assert [row[0] for row in exported(small, user)] == ["1", "2", "3", "4", "5"]


def test_without_the_right_or_in_another_forum_nobody_is_in_it(small, user):
    join(small)
    elsewhere = UserFactory()
    group = Group.objects.get(name=EVENTS)
    other = ForumPageFactory()
    GrantFactory(user=elsewhere, group=group, scope_kind="event", scope_key=str(other.pk))
    chosen = {"forum": small.page.pk, "states": ON_THE_LIST}

    assert exported(small, UserFactory()) == []
    assert exported(small, elsewhere) == []
    assert not WaitingChoice(chosen, user=elsewhere).is_valid()
    form = WaitingChoice(chosen, user=user)
    assert form.is_valid()
    assert form.options() == {"forum": small.page.pk, "states": ["offered", "waiting"]}
    assert source_named("forums.waiting") == WAITING_LIST


def test_from_the_screen_to_a_file_that_is_logged_and_needs_a_reason(client, small, user):
    fill(small)
    join(small, number=1)
    client.force_login(user)
    text = client.get(reverse("waiting_list", args=[small.page.pk])).content.decode()
    address = reverse("exports:start", args=["forums.waiting"])
    assert f"{address}?forum={small.page.pk}&amp;states=waiting&amp;states=offered" in text
    told = {"forum": small.page.pk, "states": ON_THE_LIST, "format": "csv"}
    told["purpose"] = ExportJob.Purpose.values[0]

    page = client.get(address, {"forum": small.page.pk, "states": ON_THE_LIST})
    assert page.context["count"] == 1
    assert client.post(address, {**told, "reason": ""}).status_code == 422
    assert client.post(address, {**told, "reason": "전화 안내"}).status_code == 302

    job = ExportJob.objects.get()
    run_export(job.public_id)
    logged = AccessEntry.objects.get(action="export", data_set="forums.waiting")
    assert logged.reason == "전화 안내"


def test_who_may_not_export_sees_no_button(client, small):
    fill(small)
    join(small, number=1)
    client.force_login(UserFactory(role=DIRECTOR))

    response = client.get(reverse("waiting_list", args=[small.page.pk]))

    assert "forums.waiting" not in response.content.decode()


def test_an_offer_that_was_answered_tells_no_deadline(small, user):
    entry = join(small, number=1)
    services.decline_offer(entry)
    WaitingEntry.objects.update(offer_until=timezone.now() + timedelta(days=1))

    assert exported(small, user, [State.DECLINED])[0][-1] == ""
