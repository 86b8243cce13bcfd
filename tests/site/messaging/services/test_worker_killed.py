"""SIGKILL and SIGTERM to a real worker at each point of a mail's way."""

import signal
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from freezegun import freeze_time

from messaging.models import OutboxMessage
from messaging.services import deliver_due
from messaging.services.claims import SENDING_LEASE
from petitions.emails import SIGN_ATTEMPT, attempt_subject
from schedule.models import WorkerHeartbeat
from tests.database.waiting import cut_off_others, others_that_wait, wait_until
from tests.factories.messaging import OutboxMessageFactory
from tests.factories.petitions import SignatureFactory
from tests.site.schedule.worker_process import worker_process

pytestmark = [pytest.mark.postgres, pytest.mark.integration]
State = OutboxMessage.State


@pytest.fixture
def environment(process_environment, mail_server):
    return {**process_environment, "EMAIL_URL": mail_server.url}


@pytest.fixture
def write(transactional_db, petition_page):
    """Write the mail that asks a new signer to confirm."""

    def write(*, bulk=False):
        signature = SignatureFactory(petition=petition_page)
        subject = attempt_subject(petition_page.pk, signature.email_index)
        return OutboxMessageFactory(purpose=SIGN_ATTEMPT, subject=subject, bulk=bulk)

    return write


def state_of(message):
    message.refresh_from_db()
    return message.state


def deliver_after_the_leases():
    with freeze_time(timezone.now() + SENDING_LEASE + timedelta(seconds=1)):
        return deliver_due()


@pytest.mark.parametrize("bulk", [False, True], ids=["personal", "bulk"])
def test_killed_while_a_mail_is_built(environment, mail_server, write, bulk):
    message = write(bulk=bulk)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE petitions_signature IN ACCESS EXCLUSIVE MODE")
        with worker_process(environment) as worker:
            claimed = OutboxMessage.objects.filter(pk=message.pk, claimed_until__isnull=False)
            wait_until(lambda: claimed.exists() and others_that_wait())
            worker.send_signal(signal.SIGKILL)
            worker.wait(timeout=30)
    assert state_of(message) == State.PENDING

    assert deliver_after_the_leases() == 1

    assert state_of(message) == State.SENT
    assert len(mail_server.mails) == 1


@pytest.mark.parametrize(
    ("bulk", "state", "mails"),
    [(False, State.SENT, 1), (True, State.UNCERTAIN, 0)],
    ids=["personal", "bulk"],
)
def test_killed_before_the_server_took_the_mail(
    environment, mail_server, write, bulk, state, mails
):
    message = write(bulk=bulk)
    mail_server.hold = "RCPT"
    with worker_process(environment) as worker:
        mail_server.wait_until_reached()
        worker.send_signal(signal.SIGKILL)
        worker.wait(timeout=30)
    mail_server.let_go()
    assert state_of(message) == State.SENDING

    deliver_after_the_leases()

    assert state_of(message) == state
    assert mail_server.message_ids == [f"<{message.pk}@testserver>"] * mails


@pytest.mark.parametrize(
    ("bulk", "state", "mails"),
    [(False, State.SENT, 2), (True, State.UNCERTAIN, 1)],
    ids=["personal", "bulk"],
)
def test_killed_while_the_server_answers(environment, mail_server, write, bulk, state, mails):
    """The server has the mail and the worker does not know: the same message goes out again."""
    message = write(bulk=bulk)
    mail_server.hold = "DATA"
    with worker_process(environment) as worker:
        mail_server.wait_until_reached()
        worker.send_signal(signal.SIGKILL)
        worker.wait(timeout=30)
    mail_server.let_go()
    assert state_of(message) == State.SENDING

    deliver_after_the_leases()

    assert state_of(message) == state
    assert mail_server.message_ids == [f"<{message.pk}@testserver>"] * mails


def test_killed_before_it_could_write_down_what_it_sent(environment, mail_server, write):
    message = write()
    mail_server.hold = "DATA"
    with worker_process(environment) as worker:
        mail_server.wait_until_reached()
        with transaction.atomic():
            OutboxMessage.objects.select_for_update().get(pk=message.pk)
            mail_server.let_go()
            wait_until(others_that_wait)
            worker.send_signal(signal.SIGKILL)
            worker.wait(timeout=30)
            cut_off_others()
    assert state_of(message) == State.SENDING

    deliver_after_the_leases()

    assert state_of(message) == State.SENT
    assert mail_server.message_ids == [f"<{message.pk}@testserver>"] * 2


def test_the_mails_behind_the_one_in_flight_are_sent_once(environment, mail_server, write):
    messages = [write() for _ in range(10)]
    mail_server.hold = "RCPT"
    with worker_process(environment) as worker:
        mail_server.wait_until_reached()
        worker.send_signal(signal.SIGKILL)
        worker.wait(timeout=30)
    mail_server.let_go()

    assert deliver_after_the_leases() == 10

    assert {state_of(message) for message in messages} == {State.SENT}
    assert sorted(mail_server.message_ids) == sorted(f"<{m.pk}@testserver>" for m in messages)


def test_told_to_end_it_finishes_the_mail_in_flight_and_gives_back_the_rest(
    environment, mail_server, write
):
    messages = [write() for _ in range(3)]
    mail_server.hold = "DATA"
    with worker_process(environment) as worker:
        mail_server.wait_until_reached()
        worker.send_signal(signal.SIGTERM)
        mail_server.let_go()
        assert worker.wait(timeout=30) == 0

    states = [state_of(message) for message in messages]
    assert State.SENT in states
    assert set(states) <= {State.SENT, State.PENDING}
    assert not OutboxMessage.objects.filter(claimed_until__isnull=False).exists()
    assert not WorkerHeartbeat.objects.exists()
    deliver_due()
    assert len(set(mail_server.message_ids)) == len(mail_server.mails) == 3


def test_two_workers_send_each_mail_once(environment, mail_server, write):
    with worker_process(environment), worker_process(environment):
        wait_until(lambda: WorkerHeartbeat.objects.count() == 2)
        messages = [write() for _ in range(25)]
        sent = OutboxMessage.objects.filter(state=State.SENT)
        wait_until(lambda: sent.count() == 25)

    assert sorted(mail_server.message_ids) == sorted(f"<{m.pk}@testserver>" for m in messages)


def test_a_lost_database_is_waited_for(environment, mail_server, write):
    with worker_process(environment) as worker:
        wait_until(WorkerHeartbeat.objects.exists)
        cut_off_others()
        message = write()
        wait_until(lambda: state_of(message) == State.SENT)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=30) == 0

    assert mail_server.message_ids == [f"<{message.pk}@testserver>"]
