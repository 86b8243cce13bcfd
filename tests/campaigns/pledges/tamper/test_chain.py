"""What the owner of the database could do to the record of an election: the check finds it."""

import pytest
from django.db import connection

from campaigns.pledges.services.chain import EVIDENCE_SUBJECT
from evidence.append_only import drop_statements
from evidence.models import Event, EventValues
from evidence.services import erase_payloads, hash_event, verify_chain

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def chain(agreement, files):
    """The steps of a whole agreement, with nothing left that refuses to change them."""
    with connection.cursor() as cursor:
        for statement in drop_statements(connection.vendor, "evidence_event"):
            cursor.execute(statement)
    return list(Event.objects.filter(subject_type=EVIDENCE_SUBJECT).order_by("sequence"))


def check(chain):
    return verify_chain(EVIDENCE_SUBJECT, chain[0].subject_id)


def edit_kind(event):
    Event.objects.filter(pk=event.pk).update(kind="withdrawn")


def edit_time(event):
    Event.objects.filter(pk=event.pk).update(occurred_at="2020-01-01T00:00:00Z")


def edit_values(event):
    EventValues.objects.filter(pk=event.pk).update(values={"agreement": "another"})


def edit_and_hash_anew(event):
    event.kind = "withdrawn"
    event.hash = hash_event(event)
    event.save()


def delete(event):
    EventValues.objects.filter(pk=event.pk).delete()
    Event.objects.filter(pk=event.pk).delete()


def reorder(event):
    """Change places with the one before."""
    before = Event.objects.get(subject_id=event.subject_id, sequence=event.sequence - 1)
    Event.objects.filter(pk=before.pk).update(sequence=10_000)
    Event.objects.filter(pk=event.pk).update(sequence=before.sequence)
    Event.objects.filter(pk=before.pk).update(sequence=event.sequence)


def test_a_chain_that_nobody_touched_holds(chain):
    kinds = {event.kind for event in chain}
    assert {"signed", "sealed"} <= kinds
    assert check(chain).holds


@pytest.mark.parametrize(
    "change", [edit_kind, edit_time, edit_values, edit_and_hash_anew, delete, reorder]
)
def test_every_change_is_found(chain, change):
    signed = next(event for event in chain if event.kind == "signed")
    change(signed)
    found = check(chain)
    assert not found.holds
    assert found.broken_at <= signed.sequence + 1
    assert found.reason


def test_it_still_holds_when_what_was_said_is_destroyed(chain):
    erase_payloads(EVIDENCE_SUBJECT, chain[0].subject_id)
    assert check(chain).holds
