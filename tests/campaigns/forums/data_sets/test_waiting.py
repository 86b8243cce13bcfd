"""Entries of waiting lists on /my/: everything told, put right, taken elsewhere, forgotten."""

from datetime import datetime, time, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from campaigns.forums import emails, services
from campaigns.forums.data_sets import WAITING
from campaigns.forums.models import WaitingEntry
from campaigns.forums.services import waiting_periods
from evidence.models import EventValues
from evidence.services import append_waiting
from home.dates import months_after
from messaging.models import OutboxMessage
from privacy.fields import EncryptedTextField
from privacy.models import Token
from rights.registry import MoveRefusedError, NotTheirsError
from rights.services import destroy_due
from tests.campaigns.forums.participant import taken
from tests.campaigns.forums.waiter import State, accept, fill, join, states

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

EMAIL = "waits0@mail.example"
# What a holding does not tell as a fact of its own, and why.
NOT_TOLD = {
    "id": "a number of the database's; public_id names the row",
    "public_id": "the holding's key",
    "forum": "the holding's title and address",
    "form_key": "made from the form by a secret key",
    "email_index": "made from the address by a secret key",
    "email_rule": "by which rule the index was made: the site's, not the person's",
    "anonymised_at": "empty as long as anything is held",
}


@pytest.fixture
def small(make_state):
    return make_state(first={"fee_krw": 0, "capacity": 1, "meal": ""}, alone=True)


@pytest.fixture
def entry(small):
    fill(small)
    return join(small, organisation="누리협동조합")


def key(entry):
    return str(entry.public_id)


def test_every_field_is_told(entry):
    [holding] = WAITING.find(EMAIL)

    fields = {field.name for field in WaitingEntry._meta.get_fields() if not field.auto_created}
    told = {fact.name for fact in holding.facts}
    assert told | NOT_TOLD.keys() - {"id"} == fields
    facts = {fact.name: fact.value for fact in holding.facts}
    assert facts["name"] == "두나래"
    assert facts["organisation"] == "누리협동조합"
    assert WAITING.find("nobody@mail.example") == []


def test_what_happened_is_told_without_staff_names(entry, small):
    append_waiting()
    [holding] = WAITING.find(EMAIL)

    assert [step.who for step in holding.steps] == ["본인"]
    assert holding.withdrawal
    services.leave_list(entry)
    assert WAITING.find(EMAIL)[0].withdrawal is None


def test_facts_are_put_right(entry):
    data = QueryDict("name=두루미&organisation=&phone=010-0000-9999")
    form = WAITING.correction_form(EMAIL, key(entry), data)
    assert form.is_valid(), form.errors

    WAITING.correct(EMAIL, key(entry), form.cleaned_data)
    WAITING.correct(EMAIL, key(entry), form.cleaned_data)

    entry.refresh_from_db()
    assert (entry.name, entry.organisation, entry.phone) == ("두루미", None, "+821000009999")


def test_it_goes_to_another_address_with_a_link_of_its_own(entry):
    old = emails.waiting_path(entry)

    for _twice in range(2):
        services.move_waiting(entry.public_id, "new@mail.example")

    assert WAITING.find(EMAIL) == []
    assert len(WAITING.find("new@mail.example")) == 1
    assert not Token.objects.filter(purpose=emails.WAITING_TOKEN).exists()
    assert old
    last = OutboxMessage.objects.order_by("created_at").last()
    assert (last.purpose, last.subject) == (emails.LIST_JOINED, key(entry))


def test_nobody_stands_twice_in_a_line_by_moving(small, entry):
    other = join(small, number=1)

    with pytest.raises(MoveRefusedError):
        WAITING.move(EMAIL, key(entry), other.email)
    WAITING.move(EMAIL, key(entry), "new@mail.example")
    assert WAITING.find("new@mail.example")


def test_leaving_gives_held_seats_to_the_next_and_forgets(small):
    held, behind = join(small), join(small, number=1)

    for _twice in range(2):
        services.forget_waiting(held.public_id)

    assert states(held, behind) == [State.DECLINED, State.OFFERED]
    held.refresh_from_db()
    for field in WaitingEntry._meta.get_fields():
        if isinstance(field, EncryptedTextField):
            assert getattr(held, field.name) is None
    assert taken(small) == 1


def test_leaving_by_the_button_of_my_data(entry):
    WAITING.erase(EMAIL, key(entry))

    assert WAITING.find(EMAIL) == []


@pytest.mark.parametrize("what", ["1f0e", "6f1f1d62-6a3e-4f0c-9f7b-3d1c0a9f3b11"])
def test_what_is_not_theirs(entry, what):
    with pytest.raises(NotTheirsError):
        WAITING.erase(EMAIL, what)
    with pytest.raises(NotTheirsError):
        WAITING.move("other@mail.example", key(entry), "new@mail.example")


def test_what_is_forgotten_meanwhile_is_not_changed(entry, monkeypatch):
    known = WaitingEntry.objects.get()
    services.forget_waiting(entry.public_id)
    monkeypatch.setattr("campaigns.forums.data_sets.waiting._one", lambda *_: known)

    with pytest.raises(NotTheirsError):
        WAITING.correct(EMAIL, key(entry), {"name": "x"})
    with pytest.raises(NotTheirsError):
        WAITING.move(EMAIL, key(entry), "new@mail.example")


def test_everybody_can_be_told(entry):
    [member] = WAITING.members("", 10)

    assert WAITING.address_of(member) == EMAIL
    assert WAITING.members(member, 10) == []
    assert WAITING.address_of("999999") is None


@pytest.mark.sqlite_smoke
def test_three_months_after_the_forum_nobody_is_known(small, clock):
    entry = join(small)
    order = accept(entry)
    emails.waiting_path(entry)
    last = months_after(timezone.localdate(small.page.ends_at), 3)

    def due(days):
        moment = timezone.make_aware(datetime.combine(last + timedelta(days=days), time(3, 20)))
        return waiting_periods.waiting_due(moment, held=(), after="", limit=10)

    assert due(0) == []
    assert [row.key for row in due(1)] == [str(entry.pk)]
    [outlook] = waiting_periods.waiting_outlook(last + timedelta(days=1))
    assert outlook.count == 1
    assert [*waiting_periods.waiting_outlook(last)] == []
    append_waiting()
    clock.move_to(timezone.make_aware(datetime.combine(last + timedelta(days=1), time(3, 20))))
    destroy_due()

    entry.refresh_from_db()
    assert entry.anonymised_at
    assert (entry.name, entry.email_index, entry.people) == (None, None, 1)
    assert entry.order_id == order.pk
    assert not Token.objects.filter(purpose=emails.WAITING_TOKEN).exists()
    assert not EventValues.objects.filter(event__subject_id=key(entry)).exists()
