import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from petitions import emails, services
from petitions.models import Signature
from privacy.blind_index import address_index
from privacy.models import Token
from privacy.tokens import TokenExpiredError, read_token
from tests.factories.petitions import BlockedAddressFactory
from tests.petitions.citizen import EMAIL, NAME, attempt_key, cleaned

pytestmark = pytest.mark.unit

LINK = re.compile(r"http://testserver(/t/([csd])/([\w-]+)/)")
PURPOSES = {"c": emails.CONFIRM_TOKEN, "s": emails.SIGNER_TOKEN, "d": emails.DENY_TOKEN}


def links(email):
    """The secret behind each link of a mail by its letter; the same in text and HTML."""
    found = {letter: token for _path, letter, token in LINK.findall(email.text)}
    assert found == {letter: token for _path, letter, token in LINK.findall(email.html)}
    return found


def leads_to(email):
    return {letter: read_token(PURPOSES[letter], token) for letter, token in links(email).items()}


def test_a_new_signature_is_asked_to_be_confirmed(signature, petition_page):
    email = emails.answer_sign_attempt(attempt_key(petition_page))

    subject = str(signature.public_id)
    assert leads_to(email) == {"c": subject, "d": subject}
    assert email.to == EMAIL
    assert email.headers == {}
    for text in (email.text, email.html):
        assert NAME in text
        assert petition_page.title in text


def test_a_repeated_attempt_is_asked_again(signature, petition_page, state):
    services.sign_petition(state, cleaned(name="남의이름"))

    email = emails.answer_sign_attempt(attempt_key(petition_page))

    assert set(links(email)) == {"c", "d"}
    assert NAME in email.text
    assert "남의이름" not in email.text


def test_an_attempt_after_confirmation_hears_that_the_signature_is_registered(
    counted_signature, petition_page
):
    email = emails.answer_sign_attempt(attempt_key(petition_page))

    subject = str(counted_signature.public_id)
    assert leads_to(email) == {"s": subject, "d": subject}
    assert "/t/c/" not in email.text + email.html


def test_a_signature_that_counts_at_once_hears_that_it_is_registered(state_at_once):
    attempt = services.sign_petition(state_at_once, cleaned())

    email = emails.answer_sign_attempt(attempt_key(state_at_once.page))

    subject = str(attempt.public_id)
    assert leads_to(email) == {"s": subject, "d": subject}
    assert "이미" not in email.subject + email.text


@pytest.mark.parametrize(
    "leave",
    [
        lambda pk: services.withdraw_signature(pk),
        lambda pk: services.deny_signature(pk),
    ],
    ids=["withdrawn", "denied"],
)
def test_there_is_nothing_to_tell_once_a_signature_is_gone(counted_signature, petition_page, leave):
    leave(counted_signature.public_id)

    assert emails.answer_sign_attempt(attempt_key(petition_page)) is None
    assert emails.thank_signer(str(counted_signature.public_id)) is None
    assert not Token.objects.exists()


def test_the_owner_of_an_invalidated_signature_hears_only_that_it_is_stored(
    counted_signature, petition_page
):
    services.invalidate_signature(counted_signature.public_id, actor="1", reason="중복")

    email = emails.answer_sign_attempt(attempt_key(petition_page))

    subject = str(counted_signature.public_id)
    assert leads_to(email) == {"s": subject, "d": subject}
    assert email.subject.endswith("서명 안내")
    for claim in ("집계", "등록", "무효"):
        assert claim not in email.text
    assert emails.thank_signer(subject) is None


def test_a_blocked_address_gets_no_mail(state, petition_page):
    BlockedAddressFactory(email_index=address_index(EMAIL))
    services.sign_petition(state, cleaned())

    assert emails.answer_sign_attempt(attempt_key(petition_page)) is None


def test_a_confirmed_signature_is_thanked(counted_signature, petition_page):
    email = emails.thank_signer(str(counted_signature.public_id))

    subject = str(counted_signature.public_id)
    assert leads_to(email) == {"s": subject, "d": subject}
    assert email.to == EMAIL
    assert f"{settings.SITE_URL}/campaigns/basic-act/petition/" in email.text


def test_a_signature_not_confirmed_yet_is_not_thanked(signature):
    assert emails.thank_signer(str(signature.public_id)) is None


def test_each_mail_has_links_of_its_own(signature, petition_page):
    first, second = (emails.answer_sign_attempt(attempt_key(petition_page)) for _ in range(2))

    assert not set(links(first).values()) & set(links(second).values())


@pytest.mark.parametrize(
    ("letter", "lifetime"), [("c", timedelta(days=3)), ("d", timedelta(days=730))]
)
def test_links_end(signature, petition_page, clock, letter, lifetime):
    clock.move_to(timezone.now() + timedelta(days=1))
    token = links(emails.answer_sign_attempt(attempt_key(petition_page)))[letter]
    clock.tick(lifetime - timedelta(seconds=1))
    assert read_token(PURPOSES[letter], token) == str(signature.public_id)

    clock.tick(timedelta(seconds=1))
    with pytest.raises(TokenExpiredError):
        read_token(PURPOSES[letter], token)


def test_names_are_escaped_in_html_only(state, petition_page):
    services.sign_petition(state, cleaned(name="<b>가람</b> & 'O\"Neil"))

    email = emails.answer_sign_attempt(attempt_key(petition_page))

    assert "<b>가람</b> & 'O\"Neil" in email.text
    assert "&lt;b&gt;가람&lt;/b&gt;" in email.html
    assert "<b>가람" not in email.html


def test_the_subject_is_one_line_whatever_the_petition_is_called(signature, petition_page):
    type(petition_page).objects.update(title="의결해\r\nBcc: x@y.kr")

    email = emails.answer_sign_attempt(attempt_key(petition_page))

    assert "\n" not in email.subject
    assert "\r" not in email.subject


def test_the_outbox_key_names_no_person(petition_page):
    key = emails.attempt_subject(petition_page.pk, address_index(EMAIL))

    assert key == f"{petition_page.pk}:{address_index(EMAIL).hex()}"
    assert len(key) <= 160
    assert not Signature.objects.exists()
