import pytest

from messaging.services import enqueue
from privacy.blind_index import blind_index

SEVEN = "citizen7@mail.example"
INDEX = blind_index("email", SEVEN)


def outcome(message):
    message.refresh_from_db()
    assert message.claimed_until is None
    return message.state, message.attempts, message.last_error


@pytest.fixture
def letter(db, letters):
    return enqueue("tests.letter", "7")


@pytest.fixture
def news(db, letters):
    return enqueue("tests.news", "7")
