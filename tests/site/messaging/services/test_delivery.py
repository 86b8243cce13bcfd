import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.db import connection
from django.utils import timezone

from messaging.exceptions import MailServerDownError
from messaging.models import OutboxMessage, Suppression
from messaging.registry import Email
from messaging.services import deliver_due, enqueue, stop_news
from messaging.services.delivery import MAX_ATTEMPTS, RETRY_MINUTES
from privacy.blind_index import blind_index
from schedule.registry import stopping
from tests.factories.messaging import OutboxMessageFactory

State = OutboxMessage.State
SEVEN = "citizen7@mail.example"
INDEX = blind_index("email", SEVEN)


def outcome(message):
    message.refresh_from_db()
    assert message.claimed_until is None
    return message.state, message.attempts, message.last_error


def minutes_until_next_attempt(message):
    message.refresh_from_db()
    return (message.next_attempt_at - timezone.now()) / timedelta(minutes=1)


@pytest.fixture
def letter(db, letters):
    return enqueue("tests.letter", "7")


@pytest.fixture
def news(db, letters):
    return enqueue("tests.news", "7")


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


@pytest.mark.parametrize("answer", ["450 4.2.0 Greylisted", "421 4.3.2 Later", "452 4.2.2 Full"])
def test_a_recipient_refused_for_now_is_tried_again(clock, letter, mail_server, answer):
    mail_server.rcpt[SEVEN] = answer

    deliver_due()

    assert outcome(letter) == (State.PENDING, 1, answer[:3])
    assert minutes_until_next_attempt(letter) == 1
    del mail_server.rcpt[SEVEN]
    clock.tick(timedelta(minutes=1))
    deliver_due()
    assert outcome(letter) == (State.SENT, 2, "")
    assert mail_server.message_ids == [f"<{letter.pk}@testserver>"]


def test_the_pauses_grow_and_end_after_three_days(clock, letter, mail_server, caplog):
    mail_server.data[SEVEN] = "451 4.3.0 Not now"
    pauses = []

    while deliver_due():
        if outcome(letter)[0] == State.FAILED:
            break
        pauses.append(minutes_until_next_attempt(letter))
        clock.tick(timedelta(minutes=pauses[-1]))

    assert pauses == [*RETRY_MINUTES, *[60] * (MAX_ATTEMPTS - 1 - len(RETRY_MINUTES))]
    assert timedelta(days=2.9) < timedelta(minutes=sum(pauses)) < timedelta(days=3)
    assert outcome(letter) == (State.FAILED, MAX_ATTEMPTS, "451")
    assert "failed: 451" in caplog.text


@pytest.mark.parametrize("answer", ["550 5.1.1 No such user", "550 5.2.1 Disabled"])
def test_a_mailbox_that_is_gone_gets_no_mail_for_a_month(clock, letter, mail_server, answer):
    mail_server.rcpt[SEVEN] = answer

    deliver_due()

    assert outcome(letter) == (State.FAILED, 1, "550")
    hold = Suppression.objects.get()
    assert (bytes(hold.email_index), hold.scope, hold.reason) == (INDEX, "all", "bounced")
    assert hold.expires_at == timezone.now() + timedelta(days=30)
    clock.tick(timedelta(minutes=2))
    del mail_server.rcpt[SEVEN]
    again = enqueue("tests.letter", "7")
    deliver_due()
    assert outcome(again) == (State.DROPPED, 1, "suppressed")
    clock.tick(timedelta(days=30))
    last = enqueue("tests.letter", "7")
    deliver_due()
    assert outcome(last)[0] == State.SENT


@pytest.mark.parametrize(
    "answer",
    [
        "550 5.7.1 Blocked using a list",
        "550 Blocked",
        "552 5.2.2 Full",
        "553 5.1.8 Bad sender",
        "554 no",
    ],
)
def test_a_refusal_that_may_be_about_us_holds_no_address(letter, mail_server, answer):
    mail_server.rcpt[SEVEN] = answer

    deliver_due()

    assert outcome(letter) == (State.FAILED, 1, answer[:3])
    assert not Suppression.objects.exists()


def test_a_mail_refused_for_its_content_fails(letter, mail_server):
    mail_server.data[SEVEN] = "554 5.6.0 Not like this"

    deliver_due()

    assert outcome(letter) == (State.FAILED, 1, "554")
    assert not Suppression.objects.exists()


def test_one_refusal_stops_no_other_mail(letter, mail_server):
    mail_server.rcpt[SEVEN] = "550 5.1.1 No such user"
    others = [enqueue("tests.letter", str(number)) for number in (8, 9)]

    assert deliver_due() == 3

    assert [outcome(other)[0] for other in others] == [State.SENT, State.SENT]


def test_a_connection_lost_before_the_mail_was_taken(clock, letter, mail_server):
    mail_server.drop = "before"
    deliver_due()
    assert outcome(letter) == (State.PENDING, 1, "SMTPServerDisconnected")

    mail_server.drop = ""
    clock.tick(timedelta(minutes=1))
    deliver_due()

    assert outcome(letter)[0] == State.SENT
    assert mail_server.message_ids == [f"<{letter.pk}@testserver>"]


def test_a_connection_lost_after_the_mail_was_taken_sends_the_same_message(
    clock, letter, mail_server
):
    mail_server.drop = "after"
    deliver_due()
    assert outcome(letter)[0] == State.PENDING

    mail_server.drop = ""
    clock.tick(timedelta(minutes=1))
    deliver_due()

    assert mail_server.message_ids == [f"<{letter.pk}@testserver>"] * 2


@pytest.mark.parametrize("drop", ["before", "after"])
def test_bulk_mail_is_not_sent_again_after_a_lost_connection(clock, news, mail_server, drop):
    mail_server.drop = drop

    deliver_due()

    assert outcome(news) == (State.UNCERTAIN, 1, "SMTPServerDisconnected")
    mail_server.drop = ""
    clock.tick(timedelta(days=1))
    assert deliver_due() == 0


def test_a_server_that_does_not_answer_counts_as_perhaps(letter, mail_server, settings):
    settings.EMAIL_TIMEOUT = 0.2
    mail_server.hold = "DATA"

    deliver_due()

    assert outcome(letter) == (State.PENDING, 1, "SMTPServerDisconnected")
    assert mail_server.message_ids == [f"<{letter.pk}@testserver>"]


def test_after_a_lost_connection_the_others_go_over_a_new_one(letter, letters, mail_server):
    other = enqueue("tests.letter", "8")
    mail_server.rcpt[SEVEN] = "421 4.3.2 Closing"

    assert deliver_due() == 2

    assert {outcome(letter)[0], outcome(other)[0]} == {State.PENDING, State.SENT}
    assert mail_server.sessions == 2


def test_without_a_server_everything_waits_untouched(letter, news, mail_server):
    mail_server.stop()

    with pytest.raises(MailServerDownError, match="ConnectionRefusedError"):
        deliver_due()

    assert outcome(letter) == outcome(news) == (State.PENDING, 0, "")
    mail_server.start()
    assert deliver_due() == 2
    assert len(mail_server.mails) == 2


def test_a_refused_log_in_is_no_mails_fault(letter, mail_server, settings):
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = "wrong"

    with pytest.raises(MailServerDownError, match="SMTPNotSupportedError"):
        deliver_due()

    assert outcome(letter) == (State.PENDING, 0, "")


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
