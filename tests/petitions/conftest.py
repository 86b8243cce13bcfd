import pytest

from home.publishing import forget_everything
from petitions import services
from petitions.models import Signature
from tests.conftest import publish
from tests.server import Server

from .citizen import cleaned


@pytest.fixture
def state(petition_page):
    """The published petition as the sign form knows it."""
    return services.petition_state("campaigns/basic-act/petition")


@pytest.fixture
def state_at_once(petition_page):
    """The same petition when it counts signatures without confirmation."""
    petition_page.confirmation_required = False
    publish(petition_page)
    forget_everything()
    return services.petition_state("campaigns/basic-act/petition")


@pytest.fixture
def signature(state):
    """An unconfirmed signature as the write path makes it."""
    attempt = services.sign_petition(state, cleaned())
    return Signature.objects.get(public_id=attempt.public_id)


@pytest.fixture
def counted_signature(signature):
    """The same after its owner has confirmed it and the count was folded."""
    services.confirm_signature(signature.public_id)
    services.fold_counts()
    signature.refresh_from_db()
    return signature


@pytest.fixture
def server(process_environment, petition_page, tmp_path):
    """The site behind a real HTTP server, once it is started."""
    server = Server(process_environment, tmp_path)
    yield server
    server.stop()
