import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from home.publishing import forget_everything
from petitions.models import Signature
from petitions.tasks import take_back_attempt
from schedule.queue import run_queued_task
from tests.conftest import publish
from tests.petitions.citizen import EMAIL, typed

pytestmark = [pytest.mark.integration, pytest.mark.sqlite_smoke]

PETITION = "/campaigns/basic-act/petition/"
CORRECT = f"{PETITION}check-mail/correct/"
NEW_EMAIL = "garam@other.example"


@pytest.fixture(autouse=True)
def _queue(transactional_db, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def correct(client, petition_page):
    """Signs once, then corrects the address to each of those given."""
    client.post(f"{PETITION}sign/", typed())

    def post(*emails):
        for email in emails:
            assert client.post(CORRECT, {"email": email}).status_code == 303

    return post


def run_all():
    while run_queued_task("worker"):
        pass


def emails():
    return [row.email for row in Signature.objects.order_by("pk")]


def test_the_request_leaves_the_mistyped_row_to_the_worker(correct):
    first = Signature.objects.get()

    correct(NEW_EMAIL)

    assert emails() == [EMAIL, NEW_EMAIL]
    queued = DBTaskResult.objects.get()
    assert queued.args_kwargs == {"args": [str(first.public_id)], "kwargs": {}}
    run_all()
    assert emails() == [NEW_EMAIL]


@pytest.mark.parametrize(
    ("corrections", "left"),
    [
        ([EMAIL], [EMAIL]),
        ([NEW_EMAIL, EMAIL], [EMAIL]),
        ([NEW_EMAIL, "third@mail.example"], ["third@mail.example"]),
    ],
    ids=["to itself", "and back", "twice"],
)
def test_the_address_typed_last_stays_however_late_the_worker_is(correct, corrections, left):
    correct(*corrections)

    run_all()

    assert emails() == left


def test_a_task_that_runs_twice_takes_back_once(correct):
    correct(NEW_EMAIL)
    run_all()
    DBTaskResult.objects.update(status="READY", started_at=None, finished_at=None)

    run_all()

    assert emails() == [NEW_EMAIL]
    assert DBTaskResult.objects.get().task_path == take_back_attempt.module_path


def test_a_refused_correction_queues_nothing(client, correct, petition_page):
    petition_page.closes_at = timezone.now()
    publish(petition_page)
    forget_everything()

    assert client.post(CORRECT, {"email": NEW_EMAIL}).status_code == 409

    queued = DBTaskResult.objects.filter(task_path=take_back_attempt.module_path)
    assert not queued.exists()
