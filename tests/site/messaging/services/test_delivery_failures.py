from datetime import timedelta

import pytest
from django.utils import timezone

from messaging.exceptions import MailServerDownError
from messaging.models import OutboxMessage, Suppression
from messaging.services import deliver_due, enqueue
from messaging.services.delivery import MAX_ATTEMPTS, RETRY_MINUTES

from .conftest import INDEX, SEVEN, outcome

State = OutboxMessage.State


def minutes_until_next_attempt(message):
    message.refresh_from_db()
    return (message.next_attempt_at - timezone.now()) / timedelta(minutes=1)


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
