"""Somebody whose role is limited to one forum finds no other one, wherever they look."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from freezegun import freeze_time

from campaigns.forums import services
from campaigns.forums.export_sources import SOURCES, ParticipantChoice
from campaigns.forums.models import Door, Invitation, Order, WaitingEntry
from campaigns.forums.panels import todo_items
from campaigns.forums.viewsets.waiting import STEPS as WAITING_STEPS
from campaigns.forums.wagtail_hooks import open_doors_of_the_office, registrations
from privacy.models import AccessEntry
from tests.campaigns.forums.participant import asked
from tests.campaigns.forums.waiter import join
from tests.factories.accounts import GrantFactory, UserFactory
from tests.factories.forums import ForumPageFactory, InvitationFactory
from tests.factories.tree import publish

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ROLE = "행사 담당"
HOME = "/admin/"
EVERYTHING = (Order, Door, Invitation, WaitingEntry)
STEPS = ("cancel", "resend", "full")


@pytest.fixture
def mine(free_state):
    return free_state


@pytest.fixture
def other(campaign_page):
    page = publish(ForumPageFactory(parent=campaign_page, title="남의 행사", free=True))
    InvitationFactory(forum=page)
    services.make_door(page, "뒷문", user=UserFactory())
    state = services.state_of(page)
    services.place_order(state, asked(state, people=["남궁바다"], email="bada@mail.example"))
    join(state)
    return state


@pytest.fixture
def staff(client, mine):
    """In a browser, with the events role in one forum and nowhere else."""
    client.user = UserFactory()
    GrantFactory(
        **{"user": client.user, "group": Group.objects.get(name=ROLE), "scope_kind": "event"},
        **{"scope_key": str(mine.page.pk), "scope_label": mine.page.title},
    )
    client.force_login(client.user)
    return client


def addresses(state):
    """Every screen and step of the office about this forum and its rows."""
    forum = state.page.pk
    order = Order.objects.filter(forum=forum).first()
    keys = {
        "door": Door.objects.filter(forum=forum).first(),
        "invitation": Invitation.objects.filter(forum=forum).first(),
        "waiting": WaitingEntry.objects.filter(forum=forum).first(),
    }
    for pattern in open_doors_of_the_office():
        kind = next((kind for kind in keys if kind in pattern.name), "invitation")
        steps = WAITING_STEPS if "step" in pattern.pattern.converters else [None]
        for step in steps:
            numbers = {"pk": forum, "key": keys[kind] and keys[kind].pk, "step": step}
            needed = {name: numbers[name] for name in pattern.pattern.converters}
            if None not in needed.values():
                yield reverse(pattern.name, kwargs=needed)
    for pattern in registrations.get_urlpatterns():
        needed = set(pattern.pattern.converters)
        name = f"registrations:{pattern.name}"
        if needed == {"forum"}:
            yield reverse(name, kwargs={"forum": forum})
        elif needed == {"pk"}:
            yield reverse(name, args=[order.pk])
        elif needed == {"pk", "step"}:
            yield from (reverse(name, args=[order.pk, step]) for step in STEPS)


def is_refused(response):
    to_the_start = response.status_code == 302 and response["Location"] == HOME
    return to_the_start or response.status_code in (403, 404)


def words():
    return {"reason": "행사 준비", "kind": "list", "label": "문", "seats": "2", "purpose": "check"}


def test_no_address_of_another_forum_opens_or_changes_anything(staff, other):
    found = list(addresses(other))
    assert len(found) >= 24
    before = [list(model.objects.values()) for model in EVERYTHING]

    for address in found:
        assert is_refused(staff.post(address, words())), address
        looked = staff.get(address)
        assert is_refused(looked) or looked.status_code == 405, address

    assert [list(model.objects.values()) for model in EVERYTHING] == before
    assert not AccessEntry.objects.exists()


def test_in_their_own_forum_they_do_their_work(staff, mine):
    order = services.place_order(mine, asked(mine))
    names = ("forum_numbers", "forum_doors", "forum_invitations", "forum_sheets")
    own = [reverse(name, args=[mine.page.pk]) for name in names]
    own += [reverse("registrations:enter_one", args=[mine.page.pk])]
    own += [reverse("registrations:inspect", args=[order.pk])]

    assert {address: staff.get(address).status_code for address in own} == dict.fromkeys(own, 200)
    made = staff.post(reverse("forum_make_door", args=[mine.page.pk]), {"label": "1층 입구"})
    assert 'class="segno"' in made.content.decode()
    printed = staff.post(own[3], {"kind": "list", "reason": "접수대"})
    assert printed["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("name", ["index", "forums", "enter"])
def test_lists_show_their_own_forum_only(staff, mine, other, name):
    services.place_order(mine, asked(mine))

    text = staff.get(reverse(f"registrations:{name}")).content.decode()

    assert mine.page.title in text
    assert other.page.title not in text
    assert "남*" not in text


def test_another_forum_cannot_be_chosen_by_its_number(staff, mine, other):
    address = reverse("registrations:index")

    text = staff.get(address, {"forum": other.page.pk}).content.decode()

    assert other.page.title not in text
    assert Order.objects.get(forum=other.page).reference not in text


def test_a_search_finds_nobody_of_another_forum(staff, other):
    response = staff.post(reverse("registrations:search"), {"query": "남궁바다"}, follow=True)

    assert not response.context["object_list"]


def test_exports_hold_their_own_forum_only(staff, mine, other):
    [source] = [source for source in SOURCES if source.name == "forums.participants"]
    choice = ParticipantChoice({"forum": other.page.pk, "statuses": ["confirmed"]}, user=staff.user)

    assert not choice.is_valid()
    options = {"forum": other.page.pk, "statuses": ["confirmed"]}
    assert source.count(options, staff.user) == 0
    assert list(source.records(options, staff.user)) == []


def test_the_desk_tells_of_their_own_forum_only(staff, mine, other):
    with freeze_time(mine.begins_at - timedelta(days=1)):
        found = [str(item.label) for item in todo_items(staff.user)]

    assert len(found) == 1
    assert mine.page.title in found[0]
