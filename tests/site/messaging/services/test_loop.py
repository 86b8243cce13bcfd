from datetime import timedelta

import pytest

from messaging.models import OutboxMessage
from messaging.services import DeliveryLoop, enqueue
from messaging.services.loop import IDLE_SECONDS, PAUSES
from schedule.registry import loops, stopping

State = OutboxMessage.State


def test_the_worker_runs_it():
    assert loops["messaging.deliver"].step.__self__.__class__ is DeliveryLoop


def test_it_goes_on_at_once_while_there_is_mail(db, letters, mail_server):
    enqueue("tests.letter", "7")
    loop = DeliveryLoop()

    assert [loop.step(), loop.step()] == [0.0, IDLE_SECONDS]


def test_it_rests_when_the_worker_ends(db, letters, mail_server):
    enqueue("tests.letter", "7")
    stopping.set()
    try:
        assert DeliveryLoop().step() == IDLE_SECONDS
    finally:
        stopping.clear()


def test_its_pauses_grow_while_there_is_no_server_and_start_anew(db, letters, mail_server, caplog):
    enqueue("tests.letter", "7")
    loop = DeliveryLoop()
    mail_server.stop()

    assert [loop.step() for _ in range(9)] == [*PAUSES, PAUSES[-1], PAUSES[-1]]
    assert "No mail server (ConnectionRefusedError); next try in 60.0 s" in caplog.text

    mail_server.start()
    assert loop.step() == 0.0
    mail_server.stop()
    enqueue("tests.letter", "8")
    assert loop.step() == PAUSES[0]


@pytest.mark.parametrize("fault", ["down", "deferring", "dropping"])
def test_an_hour_of_faults_loses_nothing_and_doubles_nothing(
    db, letters, mail_server, clock, fault
):
    """People go on signing: a mail is written each minute, personal and bulk by turns."""
    loop, written, waited = DeliveryLoop(), 0, timedelta()
    break_server(mail_server, fault)
    while waited < timedelta(hours=1):
        enqueue(
            "tests.letter" if written % 2 or fault == "dropping" else "tests.news", str(written)
        )
        mail_server.data[f"citizen{written}@mail.example"] = mail_server.default
        written += 1
        clock.tick(pause := timedelta(seconds=max(loop.step(), 60)))
        waited += pause
    assert mail_server.mails == []

    mend_server(mail_server)
    for _ in range(70):  # The longest pause between two attempts is an hour.
        while not loop.step():
            continue
        clock.tick(timedelta(minutes=1))

    assert len(set(mail_server.message_ids)) == len(mail_server.mails) == written == 60
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {State.SENT}


def break_server(server, fault):
    server.default = "451 4.3.0 Not now" if fault == "deferring" else "250 OK"
    server.drop = "before" if fault == "dropping" else ""
    if fault == "down":
        server.stop()


def mend_server(server):
    server.drop = ""
    server.data.clear()
    if server.controller is None:
        server.start()
