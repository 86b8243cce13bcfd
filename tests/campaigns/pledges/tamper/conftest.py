import pytest

from campaigns.pledges.gateways.signing_keys import read_keys
from campaigns.pledges.services.seals import queue_seal, run_seals
from tests.factories.pledge_agreements import respondent_of, signed_agreement


@pytest.fixture
def keys(settings, tmp_path):
    settings.SIGNING_KEYS_DIR = tmp_path / "signing"
    return read_keys()


def seal_both(agreement):
    """Have both revisions made; their bytes, the received one first."""
    queue_seal(agreement, 2)
    run_seals()
    return [bytes(row.content) for row in agreement.documents.order_by("revision")]


@pytest.fixture
def agreement(election, keys):
    return signed_agreement(respondent_of(election))


@pytest.fixture
def files(agreement):
    return seal_both(agreement)


@pytest.fixture
def received(files):
    return files[0]


@pytest.fixture
def original(files):
    return files[1]
