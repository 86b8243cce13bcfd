import pytest

from schedule import registry


@pytest.fixture
def no_jobs():
    """The registry without the jobs of the rooms."""
    before = dict(registry.jobs)
    registry.jobs.clear()
    yield registry.jobs

    registry.jobs.clear()
    registry.jobs.update(before)
