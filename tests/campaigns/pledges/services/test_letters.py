"""A letter to whoever has no address: who asks and why, and a QR that is no secret."""

import subprocess

import pytest
from django.utils import timezone

from campaigns.pledges.exceptions import AnswersClosedError, TooManyLettersError
from campaigns.pledges.models import ContactPoint, PledgeRound, Respondent
from campaigns.pledges.services import letters
from campaigns.pledges.services.letters import print_letters, without_address
from tests.factories.pledge_agreements import contact_of, invited, respondent_of
from tests.factories.pledge_demands import pledge_round

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def respondent(election):
    pledge_round(election)
    return respondent_of(election)


def texts(content):
    """The text of each page."""
    read = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True
    )
    return read.stdout.decode().split("\f")[:-1]


def test_a_letter_says_to_whom_who_asks_why_until_when_and_where(respondent, settings):
    contact_of(respondent, "서울시 종로구 어느길 1, 3층", kind="address")
    (text,) = texts(print_letters(respondent.election, [respondent]))
    plain = "".join(text.split())
    for said in (
        *("한가람", str(respondent.candidacy.contest.post), "서울시종로구어느길1,3층"),
        *(respondent.election.round.purpose, "02-000-0000"),
        f"{settings.SITE_URL}/pledges/contact/{respondent.public_id}/",
    ):
        assert "".join(said.split()) in plain


def test_no_link_to_answer_stands_in_a_letter(respondent):
    invitation = invited(respondent)
    (text,) = texts(print_letters(respondent.election, [respondent]))
    assert "/t/" not in text
    assert str(invitation.public_id) not in text


def test_a_page_for_each_and_a_party_is_addressed_as_one(respondent, election):
    party = Respondent.objects.create(
        election=election, kind="party", party_name="가온당", standing_on=election.vote_on
    )
    pages = texts(print_letters(election, [respondent, party]))
    assert len(pages) == 2
    assert "가온당 귀중" in pages[1]


def test_without_time_to_answer_or_anybody_nothing_is_printed(respondent, election):
    with pytest.raises(AnswersClosedError):
        print_letters(election, [])
    PledgeRound.objects.update(answers_until=timezone.now())
    with pytest.raises(AnswersClosedError):
        print_letters(election, [respondent])


def test_without_a_round_nothing_is_printed(election):
    with pytest.raises(AnswersClosedError):
        print_letters(election, [respondent_of(election)])


def test_a_print_has_an_end(respondent, election):
    with pytest.raises(TooManyLettersError):
        print_letters(election, [respondent] * (letters.MOST + 1))


def test_only_who_cannot_be_reached_otherwise_is_written_to(respondent):
    rows = Respondent.objects.all()
    contact_of(respondent, "010-0000-1234", kind="phone")
    assert list(without_address(rows)) == [respondent]
    contact = contact_of(respondent)
    assert list(without_address(rows)) == []
    ContactPoint.objects.filter(pk=contact.pk).update(state="bounced")
    assert list(without_address(rows)) == [respondent]
    ContactPoint.objects.filter(pk=contact.pk).update(state="stopped")
    assert list(without_address(rows)) == []
    ContactPoint.objects.filter(pk=contact.pk).delete()
    Respondent.objects.update(standing="answered")
    assert list(without_address(rows)) == []
