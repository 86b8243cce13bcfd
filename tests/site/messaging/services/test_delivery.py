import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.db import connection
from django.utils import timezone

from messaging.models import OutboxMessage
from messaging.registry import Email
from messaging.services import deliver_due, enqueue, stop_news
from privacy.blind_index import blind_index
from schedule.registry import stopping
from tests.factories.messaging import OutboxMessageFactory

from .conftest import INDEX, SEVEN, outcome

State = OutboxMessage.State


@pytest.mark.sqlite_smoke
def test_a_due_mail_reaches_its_reader(letter, mail_server, settings):
    settings.SITE_URL = "https://yeondae.example"

    assert deliver_due() == 1

    mail = mail_server.mails[0]
    assert mail["To"] == SEVEN
    assert mail["Subject"] == "제목"
    assert mail.get_content().replace("\r\n", "\n") == "본문\n"
    assert mail["Message-ID"] == f"<{letter.pk}@yeondae.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] is None
    assert parsedate_to_datetime(mail["Date"]).utcoffset() == timedelta(hours=9)
    assert outcome(letter) == (State.SENT, 1, "")
    assert letter.sent_at is not None


def test_what_is_sent_is_not_sent_again(letter, mail_server):
    deliver_due()

    assert deliver_due() == 0
    assert len(mail_server.mails) == 1


def test_many_mails_go_over_one_connection(db, letters, mail_server):
    for number in range(20):
        enqueue("tests.letter", str(number))

    assert [deliver_due(limit=15), deliver_due(limit=15)] == [15, 5]

    assert len(set(mail_server.message_ids)) == len(mail_server.mails) == 20
    assert mail_server.sessions == 2


def test_what_is_due_later_waits(db, letters, mail_server, clock):
    enqueue("tests.letter", "7", timezone.now() + timedelta(minutes=5))

    assert deliver_due() == 0
    clock.tick(timedelta(minutes=5))
    assert deliver_due() == 1


def test_what_has_no_longer_anything_to_tell_is_dropped(letter, letters, mail_server):
    letters["7"] = None

    assert deliver_due() == 1

    assert outcome(letter) == (State.DROPPED, 1, "")
    assert mail_server.mails == []


def test_a_mail_that_cannot_be_built_stops_no_other(letter, letters, mail_server, caplog):
    letters["7"] = KeyError("citizen7@mail.example")
    other = enqueue("tests.letter", "8")

    assert deliver_due() == 2

    assert outcome(letter) == (State.PENDING, 1, "KeyError")
    assert outcome(other)[0] == State.SENT
    assert "citizen7" not in caplog.text


def test_a_purpose_that_no_room_has_any_more_waits(db, mail_server):
    message = OutboxMessageFactory(purpose="tests.unknown")

    deliver_due()

    assert outcome(message) == (State.PENDING, 1, "UnknownPurposeError")


@pytest.mark.parametrize("subject", ["제목\nBcc: all@mail.example", "제목\r\nX: y"])
def test_no_subject_adds_a_header(letter, letters, mail_server, subject):
    letters["7"] = Email(SEVEN, subject, "본문\n")

    deliver_due()

    assert mail_server.mails[0]["Subject"] == " ".join(subject.split())
    assert mail_server.mails[0]["Bcc"] is None


def test_an_address_that_no_mail_can_have_fails(letter, letters, mail_server):
    letters["7"] = Email("a@b.kr\nBcc: all@mail.example", "제목", "본문\n")

    deliver_due()

    assert outcome(letter) == (State.FAILED, 1, "ValueError")
    assert mail_server.mails == []


def test_a_worker_told_to_end_gives_back_what_it_has_not_begun(letter, mail_server):
    stopping.set()
    try:
        assert deliver_due() == 0
    finally:
        stopping.clear()

    assert outcome(letter) == (State.PENDING, 0, "")
    assert mail_server.sessions == 0


def test_bulk_mail_can_be_stopped_by_one_click(news, mail_server, client):
    deliver_due()

    mail = mail_server.mails[0]
    address = mail["List-Unsubscribe"].strip(" <>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    response = client.post(
        address.removeprefix("http://testserver"), {"List-Unsubscribe": "One-Click"}
    )
    assert response.status_code == 200
    again = enqueue("tests.news", "7", timezone.now() + timedelta(minutes=2))
    OutboxMessage.objects.filter(pk=again.pk).update(next_attempt_at=timezone.now())
    deliver_due()
    assert outcome(again) == (State.DROPPED, 1, "suppressed")


def test_who_stopped_news_still_gets_personal_mail(letter, news, mail_server):
    stop_news(INDEX)

    deliver_due()

    assert outcome(letter)[0] == State.SENT
    assert outcome(news) == (State.DROPPED, 1, "suppressed")


def test_a_mailbox_is_known_by_its_canonical_address(news, letters, mail_server):
    letters["7"] = Email("Citizen.7+news@GMAIL.com", "제목", "본문\n")
    stop_news(blind_index("email", "citizen7@gmail.com"))

    deliver_due()

    assert outcome(news) == (State.DROPPED, 1, "suppressed")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_several_workers_send_each_mail_once(letters, mail_server):
    for number in range(40):
        enqueue("tests.letter", str(number))
        enqueue("tests.news", str(number))
    together = threading.Barrier(4)

    def work(_number):
        together.wait(timeout=30)
        try:
            return sum(iter(lambda: deliver_due(limit=9), 0))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(work, range(4)))

    assert sum(done) == 80
    assert len(set(mail_server.message_ids)) == len(mail_server.mails) == 80
    assert set(OutboxMessage.objects.values_list("state", "attempts")) == {(State.SENT, 1)}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_mail_that_another_worker_took_over_is_left_to_it(letters, mail_server, settings):
    """The first worker hangs in one mail so long that the lease of its second ends."""
    first, second = enqueue("tests.letter", "1"), enqueue("tests.letter", "2")
    mail_server.hold = "DATA"

    def work():
        try:
            return deliver_due()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(work)
        mail_server.wait_until_reached()
        waiting = OutboxMessage.objects.filter(state=State.PENDING)
        waiting.update(claimed_until=timezone.now() - timedelta(seconds=1))
        mail_server.hold = ""
        assert deliver_due() == 1
        mail_server.let_go()
        assert slow.result(timeout=30) == 2

    assert outcome(first)[:2] == outcome(second)[:2] == (State.SENT, 1)
    assert len(mail_server.mails) == 2
