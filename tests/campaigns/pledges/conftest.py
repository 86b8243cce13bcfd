import pytest

from campaigns.pledges import services
from campaigns.pledges.models import CandidateImport
from tests.factories.accounts import UserFactory
from tests.factories.pledges import DAY, SOURCE, ElectionFactory, csv_file, jongno

Stage = CandidateImport.Stage


@pytest.fixture
def election(db):
    """The local elections of 3 June 2026; there are Seoul and one of its districts."""
    jongno()
    return ElectionFactory()


@pytest.fixture
def user(db):
    return UserFactory()


@pytest.fixture
def send_in(election, user):
    """Send in a list; what waits for a decision."""

    def send(content=None, *, stage=Stage.REGISTERED, office="", retrieved_on=DAY):
        return services.request_import(
            election,
            csv_file() if content is None else content,
            file_name="candidates.csv",
            stage=stage,
            office=office,
            source=SOURCE,
            retrieved_on=retrieved_on,
            user=user,
        )

    return send


@pytest.fixture
def take_over(send_in, user):
    """Send in a list and take it over as it stands."""

    def take(content=None, *, lapse_missing=False, **options):
        job = send_in(content, **options)
        digest = services.plan_import(job).digest
        return services.apply_import(job, digest, lapse_missing=lapse_missing, user=user)

    return take
