"""Phones at several gates of one forum, and what they tell of their time without network."""

import uuid
from datetime import UTC, datetime, timedelta

from campaigns.forums import services
from tests.factories.accounts import UserFactory

MORNING = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # Ten o'clock in Seoul.


def gate_of(state, label="A문"):
    """A phone that was let in; its door."""
    _door, raw = services.make_door(state.page, label, user=UserFactory())
    return services.door_of(services.enrol_phone(raw))


def at(minute):
    return MORNING + timedelta(minutes=minute)


def let_in(ticket, minute=3, *, session=None, nonce=None):
    """As a phone keeps it."""
    session_id = session or ticket.seats.get().session_id
    return services.Admission(nonce or uuid.uuid4(), ticket.public_id, session_id, at(minute))
