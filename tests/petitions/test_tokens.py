import base64
import json
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from petitions.tokens import LIFETIME, PURPOSE, Attempt, open_attempt, seal_attempt
from privacy.encryption import encrypt
from tests.petitions.citizen import EMAIL, NAME, cleaned

pytestmark = pytest.mark.unit


@pytest.fixture
def attempt(clock):
    now = timezone.now()
    return Attempt(
        uuid.uuid4(), 7, now, now + timedelta(seconds=1), cleaned(form_version="0123456789abcdef")
    )


def test_a_sealed_attempt_opens_as_it_was(attempt):
    opened = open_attempt(seal_attempt(attempt), 7)

    assert opened == attempt
    assert opened.email == EMAIL


def test_a_sealed_attempt_shows_nothing(attempt):
    sealed = seal_attempt(attempt)
    raw = base64.urlsafe_b64decode(sealed.partition(":")[2])

    for word in (NAME, EMAIL):
        assert word not in sealed
        assert word.encode() not in raw


def test_seals_of_equal_attempts_are_equally_long(attempt):
    assert len(seal_attempt(attempt)) == len(seal_attempt(attempt))
    assert seal_attempt(attempt) != seal_attempt(attempt)


def test_the_largest_attempt_fits_into_a_cookie(attempt):
    values = cleaned(
        form_version="0" * 16,
        name="👩" * 39 + "가",
        email="a" * 200 + "@mail.example",
        comment="😀" * 200,
    )

    assert (
        len(seal_attempt(Attempt(uuid.uuid4(), 7, attempt.signed_at, attempt.mailed_at, values)))
        < 3800
    )


@pytest.mark.parametrize("petition_id", [8, 0, -7])
def test_an_attempt_of_another_petition_is_none(attempt, petition_id):
    assert open_attempt(seal_attempt(attempt), petition_id) is None


def test_an_attempt_lasts_an_hour(attempt, clock):
    sealed = seal_attempt(attempt)
    clock.tick(LIFETIME)
    assert open_attempt(sealed, 7) == attempt

    clock.tick(timedelta(seconds=1))
    assert open_attempt(sealed, 7) is None


def test_sending_again_does_not_make_it_last_longer(attempt, clock):
    clock.tick(LIFETIME)
    renewed = Attempt(attempt.public_id, 7, attempt.signed_at, timezone.now(), attempt.values)
    clock.tick(timedelta(seconds=1))

    assert open_attempt(seal_attempt(renewed), 7) is None


@pytest.mark.parametrize("forged", ["", "x", "a:b", "한글:값", "0" * 5000, '{"petition": 7}', ":"])
def test_a_forged_attempt_is_none(attempt, forged):
    assert open_attempt(forged, 7) is None


def test_a_changed_attempt_is_none(attempt):
    sealed = seal_attempt(attempt)
    changed = sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]

    assert open_attempt(changed, 7) is None


def test_what_was_sealed_for_something_else_is_none(attempt):
    assert open_attempt(encrypt("petitions.Signature.name", json.dumps({"petition": 7})), 7) is None


def test_a_seal_of_something_else_is_none():
    assert open_attempt(encrypt(PURPOSE, "no json"), 7) is None


def test_a_seal_under_a_lost_key_is_none(attempt, settings):
    sealed = seal_attempt(attempt)
    settings.FIELD_ENCRYPTION_KEYS = [base64.b64encode(b"z" * 32).decode()]

    assert open_attempt(sealed, 7) is None
