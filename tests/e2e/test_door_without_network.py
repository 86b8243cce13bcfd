"""Two phones at two gates lose their network, let people in, and tell the site afterwards."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from campaigns.forums import services
from campaigns.forums.models import CheckIn, Door, DoorIncident
from privacy.models import AccessAction, AccessEntry
from tests.campaigns.forums.participant import asked, person
from tests.factories.forums import ForumPageFactory
from tests.factories.tree import publish

from .axe import violations
from .conftest import PHONE
from .test_staff_at_the_door import enrol, office, phone_with_camera, supervisor, type_code
from .test_staff_can_use_it import WAGTAIL

__all__ = [
    "office",
    "phone_with_camera",
    "supervisor",
]  # fixtures of the same story, with a network

NAME, OTHER = "한가람", "두나래"
EVERYTHING = """async () => {
  const told = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const one of await cache.keys()) {
      told.push(one.url);
      if (one.url.includes("/door/")) told.push(await (await cache.match(one)).text());
    }
  }
  const request = indexedDB.open("door");
  const database = await new Promise((done) => (request.onsuccess = () => done(request.result)));
  const all = (store, what) => new Promise((done) => {
    const found = database.transaction(store).objectStore(store)[what]();
    found.onsuccess = () => done(found.result);
  });
  const written = (value) => value instanceof CryptoKey ? `key ${value.extractable}`
    : JSON.stringify(value, (_, one) => one instanceof ArrayBuffer
      ? new TextDecoder("utf-8").decode(one) : one);
  for (const store of database.objectStoreNames)
    told.push(store, ...(await all(store, "getAllKeys")), ...(await all(store, "getAll")).map(written));
  return told.join("\\n");
}"""


@pytest.fixture
def state(campaign_page):
    page = publish(ForumPageFactory(parent=campaign_page, slug="forum", free=True))
    return services.state_of(page)


@pytest.fixture
def ticket(state):
    people = [person(NAME, organisation="가온연합회")]
    return services.place_order(state, asked(state, people=people)).tickets.get()


@pytest.fixture
def at_gate(open_page, state, supervisor, ticket):
    """``at_gate(label)``: a phone of a helper, let in, that has its list by now."""

    def make(label):
        phone = open_page(PHONE, has_touch=True, is_mobile=True)
        _door, raw = services.make_door(state.page, label, user=supervisor)
        enrol(phone, f"/t/b/{raw}/")
        expect_state(phone, "ready")
        phone.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        return phone

    return make


def expect_state(phone, way):
    expect(phone.locator(f"[data-door-network][data-way={way}]")).to_be_visible(timeout=15_000)


def lose_network(phone):
    phone.context.set_offline(True)
    expect_state(phone, "offline")


def find_network(phone):
    phone.context.set_offline(False)
    expect(phone.locator("[data-door-queue]")).to_be_hidden(timeout=15_000)
    expect_state(phone, "ready")


def keeps(phone):
    """All that the browser of this phone has stored, as text."""
    return phone.evaluate(EVERYTHING)


def test_two_gates_without_network_report_a_double_admission(at_gate, office, ticket, state):
    front, back = at_gate("A문"), at_gate("B문")
    assert AccessEntry.objects.filter(action=AccessAction.EXPORT).count() == 2
    assert violations(front) == []
    for phone in (front, back):
        lose_network(phone)
        phone.reload()
        expect_state(phone, "offline")
    assert violations(front) == []

    told = type_code(front, ticket.code)
    expect(front.locator("[data-door-told] .alert--success")).to_be_visible()
    expect(told.locator(".door__name")).to_have_text(NAME)
    expect(front.locator("[data-door-queue]")).to_contain_text("1")
    expect(front.locator("[aria-current] strong")).to_have_text("1 / 1")
    assert violations(front) == []
    type_code(front, ticket.code)
    expect(front.locator("[data-door-told] .alert--info")).to_contain_text("A문")

    back.fill("#door-query", NAME[:1])
    back.click("[role=search] .btn")
    expect(back.locator(".door__people strong")).to_have_text(NAME)
    assert violations(back) == []
    back.click(".door__people button")
    expect(back.locator("[data-door-told] .alert--success")).to_be_visible()
    assert not CheckIn.objects.exists()

    find_network(back)
    find_network(front)
    for phone in (front, back):
        line = phone.locator("[data-door-incidents] li")
        expect(line).to_contain_text(re.compile(r"A문 \d\d:\d\d, B문 \d\d:\d\d"))
        assert violations(phone) == []
    came, second = CheckIn.objects.get(), DoorIncident.objects.get()
    assert (came.door.label, second.door.label) == ("A문", "B문")
    assert came.checked_in_at < second.admitted_at

    office.goto(reverse("forum_doors", args=[state.page.pk]))
    expect(office.locator("main")).to_contain_text(re.compile(r"A문 \d\d:\d\d, B문 \d\d:\d\d"))
    assert violations(office, known=WAGTAIL) == []


def test_the_camera_reads_a_ticket_without_network(phone_with_camera, state, supervisor, ticket):
    """Its reader is fetched when the camera is switched on: it is on the phone already."""
    phone = phone_with_camera(ticket.code)
    _door, raw = services.make_door(state.page, "A문", user=supervisor)
    enrol(phone, f"/t/b/{raw}/")
    expect_state(phone, "ready")
    phone.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    lose_network(phone)

    phone.click("[data-door-camera]")

    expect(phone.locator(".door__name")).to_have_text(NAME)
    expect(phone.locator("[data-door-queue]")).to_contain_text("1")
    phone.wait_for_timeout(1_000)  # The ticket is still held there: it is read once, not again.
    expect(phone.locator("[data-door-told] .alert--success")).to_be_visible()
    phone.click("[data-door-camera]")
    expect(phone.locator("[data-door-video]")).to_be_hidden()


def test_nothing_personal_lies_open_on_the_phone(at_gate, ticket):
    phone = at_gate("A문")
    lose_network(phone)
    type_code(phone, ticket.code)
    expect(phone.locator(".door__name")).to_have_text(NAME)

    kept = keeps(phone)

    assert "key false" in kept
    assert "/door/shell/" in kept
    assert str(ticket.public_id) in kept  # the queue's
    for secret in (NAME, "가온연합회", ticket.code):
        assert secret not in kept


def test_at_midnight_the_list_goes_and_what_was_saved_is_still_sent(at_gate, ticket):
    phone = at_gate("A문")
    lose_network(phone)
    type_code(phone, ticket.code)
    expect(phone.locator("[data-door-queue]")).to_contain_text("1")
    phone.clock.install(time=timezone.now() + timedelta(days=1))
    phone.reload()
    expect_state(phone, "none")
    assert "\nlist\n" not in keeps(phone)
    assert "key false" not in keeps(phone)
    type_code(phone, ticket.code)
    assert phone.locator("[data-door-told] .door__name").count() == 0

    Door.objects.update(ends_at=timezone.now() - timedelta(minutes=1))
    phone.context.set_offline(False)
    phone.goto("/door/")

    expect(phone.locator("[data-door-ended] [data-door-state]")).to_be_visible()
    expect(phone.locator("[data-door-ended] [data-door-queue]")).to_be_hidden()
    assert violations(phone) == []
    assert CheckIn.objects.get().seat.ticket == ticket
    phone.wait_for_function("async () => !(await caches.keys()).length")


def test_the_timer_wipes_a_page_that_stays_open(at_gate, ticket):
    phone = at_gate("A문")
    phone.clock.install()
    phone.reload()
    expect_state(phone, "ready")
    lose_network(phone)

    phone.clock.fast_forward(int(timedelta(days=1).total_seconds() * 1000))

    expect_state(phone, "none")
    assert "key false" not in keeps(phone)


def test_the_list_is_erased_by_hand_and_by_the_office(at_gate, ticket):
    phone = at_gate("A문")
    phone.click("[data-door-erase]")
    expect_state(phone, "none")
    phone.reload()
    expect_state(phone, "none")
    assert "key false" not in keeps(phone)
    assert violations(phone) == []
    phone.click("[data-door-load]")
    expect_state(phone, "ready")

    services.close_door(Door.objects.get())
    type_code(phone, ticket.code)

    expect(phone.locator("[data-door-ended]")).to_be_visible()
    expect(phone.locator("[data-door-ended] [data-door-state]")).to_be_visible()
    assert "key false" not in keeps(phone)
    assert not CheckIn.objects.exists()


def test_a_walk_in_is_refused_in_words_without_network(at_gate):
    phone = at_gate("A문")
    lose_network(phone)

    phone.click("a[href*='walk-in']")

    expect(phone.locator("[data-door-told] .alert--warning")).to_be_visible()
    expect_state(phone, "offline")
    assert violations(phone) == []


def test_with_a_network_the_site_answers_and_the_phone_remembers(at_gate, state, ticket):
    phone = at_gate("A문")
    late = services.place_order(state, asked(state, people=[OTHER], email="b@mail.example"))

    type_code(phone, late.tickets.get().code)
    expect(phone.locator(".door__name")).to_have_text(OTHER)
    assert CheckIn.objects.get().nonce
    expect(phone.locator("#door-code")).to_have_value("")
    type_code(phone, ticket.code)
    expect(phone.locator(".door__name")).to_have_text(NAME)

    lose_network(phone)
    type_code(phone, ticket.code)

    expect(phone.locator("[data-door-told] .alert--info")).to_contain_text("A문")
    expect(phone.locator("[data-door-queue]")).to_be_hidden()


def test_without_a_script_the_door_works_as_ever(
    phone_without_javascript, state, supervisor, ticket
):
    phone = phone_without_javascript
    _door, raw = services.make_door(state.page, "A문", user=supervisor)
    phone.goto(f"/t/b/{raw}/")
    phone.click("main button")

    type_code(phone, ticket.code)

    expect(phone.locator(".door__name")).to_have_text(NAME)
    expect(phone.locator("[data-door-network]")).to_be_hidden()
