import os
import signal
import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from freezegun import freeze_time
from wagtail.models import Page

from messaging.models import OutboxMessage
from messaging.services import enqueue
from schedule.management.commands.worker import Command
from schedule.models import Job, WorkerHeartbeat
from schedule.registry import loops, register_loop, stopping
from schedule.services import LEASE, beat, run_due_jobs
from tests.database.waiting import others_that_wait, wait_until
from tests.factories.home import HomePageFactory
from tests.factories.petitions import SignatureFactory
from tests.site.messaging.mail_server import MailServer
from tests.site.schedule.worker_process import worker_process

PUBLISH = "schedule.publish_scheduled"


@pytest.fixture
def overdue_page(transactional_db):
    """A page that an editor scheduled for a moment that has passed."""
    page = HomePageFactory(live=False)
    page.go_live_at = timezone.now() - timedelta(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    return page


def is_live(page):
    return Page.objects.values_list("live", flat=True).get(pk=page.pk)


@pytest.mark.sqlite_smoke
def test_once_does_all_that_is_due_and_ends(db, overdue_page, home_page):
    call_command("worker", once=True)

    assert is_live(overdue_page)
    ran = Job.objects.exclude(last_finished_at=None)
    assert set(ran.values_list("last_error", flat=True)) == {""}
    assert PUBLISH in set(ran.values_list("name", flat=True))


@pytest.mark.integration
def test_a_worker_process_publishes_what_editors_scheduled(overdue_page, process_environment):
    with worker_process(process_environment):
        wait_until(lambda: is_live(overdue_page))


@pytest.mark.postgres
@pytest.mark.integration
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end_a_worker_ends_clean(transactional_db, process_environment, number):
    with worker_process(process_environment) as worker:
        wait_until(WorkerHeartbeat.objects.exists)
        worker.send_signal(number)

        assert worker.wait(timeout=30) == 0
        assert "Traceback" not in worker.stdout.read()
    assert not WorkerHeartbeat.objects.exists()
    assert not Job.objects.exclude(claimed_by="").exists()


@pytest.mark.postgres
@pytest.mark.integration
def test_the_job_of_a_killed_worker_is_taken_over(overdue_page, process_environment):
    """The page is locked, so that the job is in the middle of its work when its worker dies."""
    job = Job.objects.filter(pk=PUBLISH).exclude(claimed_by="")
    with transaction.atomic():
        Page.objects.select_for_update().get(pk=overdue_page.pk)
        with worker_process(process_environment) as worker:
            wait_until(lambda: job.exists() and others_that_wait())
            worker.send_signal(signal.SIGKILL)
            worker.wait(timeout=30)
    assert job.exists()
    run_due_jobs("second")
    assert job.exists()

    with freeze_time(timezone.now() + LEASE + timedelta(seconds=1)):
        run_due_jobs("second")

    assert not job.exists()
    assert is_live(overdue_page)


@pytest.mark.postgres
@pytest.mark.integration
def test_what_takes_too_long_is_left_to_be_repaired(
    transactional_db, petition_page, process_environment
):
    server = MailServer()
    server.start()
    server.hold = "DATA"
    SignatureFactory(petition=petition_page)
    write_mail(petition_page)
    try:
        with worker_process(process_environment | {"EMAIL_URL": server.url}) as worker:
            server.wait_until_reached()
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(timeout=30) == 0
    finally:
        server.stop()

    assert WorkerHeartbeat.objects.exists()
    assert OutboxMessage.objects.get().state == OutboxMessage.State.SENDING


def write_mail(petition):
    signature = petition.signatures.get()
    index = bytes(signature.email_index).hex()
    enqueue("petitions.sign_attempt", f"{petition.pk}:{index}")


@pytest.fixture
def _own_signals():
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)
    stopping.clear()


@pytest.fixture
def command(_own_signals):
    command = Command()
    command.name = "this worker"
    return command


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_everything_runs_side_by_side_until_the_end(command):
    """A loop that never ends by itself delays nothing else, and hears when it has to end."""
    seen = {}

    def step():
        wait_until(WorkerHeartbeat.objects.exists)
        wait_until(Job.objects.filter(pk=PUBLISH).exclude(last_finished_at=None).exists)
        seen.update(alive=True)
        os.kill(os.getpid(), signal.SIGTERM)
        assert stopping.wait(timeout=30)
        seen.update(heard=True)
        return 0.0

    register_loop("tests.loop", step)
    try:
        command.run()
    finally:
        del loops["tests.loop"]

    assert seen == {"alive": True, "heard": True}
    assert not WorkerHeartbeat.objects.exists()
    assert not [t for t in threading.enumerate() if t.name == "tests.loop"]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (OperationalError("locked"), "a loop waits for the database: OperationalError"),
        (ZeroDivisionError(), "a loop failed"),
    ],
)
def test_no_fault_ends_a_loop(transactional_db, command, caplog, fault, said):
    steps = []

    def step():
        steps.append(1)
        stopping.set()
        raise fault

    stopping.clear()
    command.repeat("a loop", step)

    assert steps == [1]
    assert said in caplog.text


def test_a_database_that_is_away_at_the_end_ends_nothing_else(transactional_db, command, caplog):
    def refuse(*_arguments):
        raise OperationalError("away")

    beat("this worker")
    with connection.execute_wrapper(refuse):
        command.leave()

    assert "The database is away at the end: OperationalError" in caplog.text
    assert WorkerHeartbeat.objects.exists()
