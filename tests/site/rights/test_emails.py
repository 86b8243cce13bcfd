import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from home.dates import korean_date
from messaging.registry import purposes
from messaging.services import stop_news
from privacy.text import clean_text
from privacy.tokens import TokenExpiredError, read_token
from rights import emails, services, tokens
from rights.dates import end_of_term
from tests.factories.rights import AddressChangeFactory, MailboxFactory, RequestFactory
from tests.petitions.citizen import EMAIL

pytestmark = pytest.mark.unit

STRANGER = "haram@mail.example"


def answer(email):
    services.remember_mailbox(email)
    return emails.answer_my_link(services.index_of(email).hex())


def link(mail, letter):
    return re.search(rf"/t/{letter}/([\w-]+)/", mail.text)[1]


@pytest.mark.sqlite_smoke
def test_who_is_known_gets_a_link_for_an_hour(signature, clock):
    mail = answer(EMAIL.upper())

    assert mail.to == EMAIL.upper()
    index = services.index_of(EMAIL).hex()
    assert read_token(tokens.MY_TOKEN, link(mail, "m")) == index
    assert link(mail, "m") in mail.html
    clock.tick(timedelta(minutes=61))
    with pytest.raises(TokenExpiredError):
        read_token(tokens.MY_TOKEN, link(mail, "m"))


def test_who_is_not_known_is_told_so_without_a_link(signature):
    mail = answer(STRANGER)

    assert mail.to == STRANGER
    assert "/t/" not in mail.text + mail.html
    assert "/my/" in mail.text


def test_somebody_who_only_stopped_news_is_known(db):
    stop_news(services.index_of(STRANGER))

    assert "/t/m/" in answer(STRANGER).text


def test_after_a_day_nobody_waits_for_the_link(db):
    old = MailboxFactory(asked_at=timezone.now() - timedelta(hours=25))

    assert emails.answer_my_link(bytes(old.email_index).hex()) is None
    assert emails.answer_my_link("00") is None


def test_the_new_mailbox_is_asked_and_the_old_one_told(db):
    change = AddressChangeFactory()
    subject = str(change.public_id)

    asked = emails.ask_new_mailbox(subject)

    assert (asked.to, read_token(tokens.MOVE_TOKEN, link(asked, "a"))) == (
        change.new_email,
        subject,
    )
    assert change.old_email not in asked.text
    assert emails.tell_old_mailbox(subject) is None
    change.made_at = timezone.now()
    change.save()
    told = emails.tell_old_mailbox(subject)
    assert (told.to, change.new_email in told.text) == (change.old_email, False)
    assert emails.ask_new_mailbox(subject) is None


@pytest.mark.parametrize("build", [emails.ask_new_mailbox, emails.tell_old_mailbox])
def test_a_forgotten_change_is_told_to_nobody(db, build):
    assert build(str(uuid.uuid4())) is None


def test_each_step_of_a_request_is_told(db):
    request = RequestFactory()
    subject = str(request.public_id)
    received = emails.acknowledge_request(subject)
    assert clean_text(korean_date(request.due_on)) in received.text
    services.extend_request(request.pk, actor="7", reason="자료가 <많습니다>.")
    extended = emails.tell_extension(subject)
    assert "자료가 <많습니다>." in extended.text
    assert clean_text(korean_date(end_of_term(request.due_on, 10))) in extended.text
    services.finish_request(request.pk, actor="7", answer="보내 드렸습니다.")
    done = emails.answer_request(subject)

    assert "보내 드렸습니다." in done.text
    assert "/my/request/" not in done.text
    for mail in (received, extended, done):
        assert (mail.to, request.reference in mail.text, request.reference in mail.html) == (
            request.contact,
            True,
            True,
        )


def test_a_refusal_says_why_and_how_to_object(db):
    request = RequestFactory()
    services.refuse_request(request.pk, actor="7", answer="본인인지 알 수 없습니다.")

    mail = emails.answer_request(str(request.public_id))

    for text in (mail.text, mail.html):
        assert "본인인지 알 수 없습니다." in text
        assert "/my/request/" in text
        assert "1833-6972" in text


def test_who_gave_a_phone_number_gets_no_mail(db):
    by_phone = RequestFactory(contact="+821012345678", contact_index=b"0" * 32)

    assert emails.acknowledge_request(str(by_phone.public_id)) is None
    assert emails.answer_request(str(uuid.uuid4())) is None


def test_every_mail_has_a_name_for_the_staff_s_list():
    assert all(purposes[name].label != name for name in emails.MAILS)
