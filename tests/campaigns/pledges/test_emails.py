"""Mails to those who are asked: the link and the code are made when the mail is."""

import re

import pytest

from campaigns.pledges.emails import invite, remind, send_code, send_receipt
from campaigns.pledges.models import IdentityCheck, Invitation
from campaigns.pledges.services.identity import ask_code, pass_code
from campaigns.pledges.tokens import find_invitation, mint_token, revoke_invitation
from privacy.tokens import TokenInvalidError
from tests.factories.pledge_agreements import (
    BROWSER,
    EMAIL,
    invited,
    respondent_of,
    signed_agreement,
)

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
OPEN = IdentityCheck.Purpose.OPEN


@pytest.fixture
def invitation(election):
    return invited(respondent_of(election))


def link_in(mail):
    return re.search(r"/t/g/([\w-]+)/", mail.text)[1]


def test_an_invitation_says_who_asks_and_where_the_address_is_from(invitation):
    mail = invite(str(invitation.public_id))
    assert mail.to == EMAIL
    assert "선거사무소 누리집" in mail.text
    assert invitation.respondent.election.round.purpose in mail.text
    assert find_invitation(link_in(mail)) == invitation


def test_a_second_mail_makes_the_first_link_worthless(invitation):
    first, second = (link_in(invite(str(invitation.public_id))) for _ in range(2))
    with pytest.raises(TokenInvalidError):
        find_invitation(first)
    assert find_invitation(second) == invitation


def test_a_mail_that_comes_by_itself_takes_the_page_from_nobody(invitation):
    first = link_in(invite(str(invitation.public_id)))
    assert find_invitation(link_in(remind(str(invitation.public_id)))) == invitation
    assert find_invitation(first) == invitation


def test_a_code_by_mail_is_the_one_that_passes(invitation):
    mail = send_code(str(ask_code(invitation, OPEN, BROWSER).pk))
    code = re.search(r"^\d{6}$", mail.text, re.MULTILINE)[0]
    assert code not in mail.subject
    assert pass_code(invitation, OPEN, code, BROWSER)


@pytest.mark.parametrize(
    ("purpose", "word"),
    [("open", "답변"), ("sign", "서명"), ("delegate", "대리인"), ("withdraw", "철회")],
)
def test_the_subject_says_what_the_code_is_for(invitation, purpose, word):
    check = ask_code(invitation, IdentityCheck.Purpose(purpose), BROWSER)
    assert word in send_code(str(check.pk)).subject


def test_a_receipt_leads_to_the_agreement(election):
    agreement = signed_agreement(respondent_of(election))
    mail = send_receipt(str(agreement.public_id))
    assert agreement.number in mail.subject
    assert find_invitation(link_in(mail)).respondent == agreement.respondent


def test_nothing_is_mailed_where_nobody_is_meant(invitation):
    check = ask_code(invitation, OPEN, BROWSER)
    IdentityCheck.objects.update(passed_at=check.asked_at)
    assert send_code(str(check.pk)) is None
    invitation.contact.state = "stopped"
    invitation.contact.save()
    assert invite(str(invitation.public_id)) is None
    Invitation.objects.update(state="revoked")
    assert invite(str(invitation.public_id)) is None
    assert send_receipt("00000000-0000-0000-0000-000000000000") is None


def test_a_revoked_link_leads_nowhere(invitation):
    token = mint_token(invitation)
    revoke_invitation(invitation)
    with pytest.raises(TokenInvalidError):
        find_invitation(token)
