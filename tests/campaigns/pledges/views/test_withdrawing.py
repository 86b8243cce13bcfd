"""A candidate takes the agreement back from the page behind their link."""

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.pledges.emails.agreements import tell_note
from campaigns.pledges.exceptions import IdentityStaleError
from campaigns.pledges.models import (
    AgreementSignature,
    Delegation,
    IdentityCheck,
    Invitation,
    PledgeAgreement,
    PublicNote,
)
from campaigns.pledges.services.endings import withdraw_own, withdrawable
from campaigns.pledges.services.identity import A_DAY
from messaging.models import OutboxMessage
from tests.factories.pledge_agreements import passed, respondent_of, signed_agreement
from tests.factories.pledge_pages import enter, last_code, pages_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
WITHDRAW = IdentityCheck.Purpose.WITHDRAW
REASON = "당론과 달라 더는 함께할 수 없습니다."


@pytest.fixture
def agreement(election):
    return signed_agreement(respondent_of(election))


@pytest.fixture
def pages(agreement):
    return pages_of(agreement.respondent.invitations.get())


@pytest.fixture
def at(pages):
    return lambda name="withdraw": pages(name)


@pytest.fixture
def known(client, pages):
    """A browser in which the code was typed."""
    return enter(client, pages)


def test_the_way_out_is_the_last_link_of_the_page(known, at):
    page = known.get(at("show-done")).content.decode()
    assert page.rindex(f'href="{at()}"') > page.index("02-000-0000")


def test_the_page_says_what_happens_and_changes_nothing(known, at, agreement):
    page = known.get(at()).content.decode()
    assert agreement.number in page
    assert _("You can take back what you signed at any time.") in page
    assert PledgeAgreement.objects.get().state == "signed"
    assert not IdentityCheck.objects.filter(purpose=WITHDRAW).exists()


def test_without_a_code_in_this_browser_the_page_is_closed(client, at):
    assert client.get(at())["Location"].startswith(at("open-invitation"))
    assert client.post(at(), {"reason": REASON, "code": "000000"}).status_code == 303
    assert PledgeAgreement.objects.get().state == "signed"


def test_a_candidate_withdraws_for_all_to_read(known, at, agreement):
    assert known.post(at(), {"do": "code"})["Location"] == f"{at()}?sent=1#act"
    answer = known.post(at(), {"reason": REASON, "code": last_code()})
    assert answer["Location"] == at("show-done")
    agreement.refresh_from_db()
    assert (agreement.state, agreement.text["respondent"]["name"]) == ("withdrawn", "한가람")
    note = PublicNote.objects.get()
    assert (note.reason, note.noted_on, note.made_by) == (REASON, timezone.localdate(), None)
    page = known.get(at("show-done")).content.decode()
    assert REASON in page
    assert at() not in page


def test_a_mail_confirms_the_withdrawal(known, at):
    known.post(at(), {"do": "code"})
    known.post(at(), {"reason": REASON, "code": last_code()})
    message = OutboxMessage.objects.get(purpose="pledges.note_published")
    assert REASON in tell_note(message.subject).text


def test_twice_is_harmless(known, at):
    known.post(at(), {"do": "code"})
    data = {"reason": REASON, "code": last_code()}
    known.post(at(), data)
    assert known.post(at(), data)["Location"] == at("show-done")
    assert known.post(at(), {"do": "code"})["Location"] == at("show-done")
    assert PublicNote.objects.count() == 1


@pytest.mark.parametrize("data", [{"code": ""}, {"reason": "  "}, {"code": "12"}])
def test_what_is_missing_or_wrong_is_asked_and_nothing_is_lost(known, at, data):
    known.post(at(), {"do": "code"})
    answer = known.post(at(), {"reason": REASON, "code": "", **data})
    assert answer.status_code == 422
    assert (REASON in answer.content.decode()) is ("reason" not in data)
    assert PledgeAgreement.objects.get().state == "signed"


def test_a_new_code_keeps_the_reason(known, at):
    page = known.post(at(), {"do": "code", "reason": REASON})
    assert REASON in page.content.decode()
    assert known.post(at(), {"reason": REASON, "code": last_code()}).status_code == 303


def test_after_too_many_codes_the_page_says_so(known, at):
    for _number in range(A_DAY):
        answer = known.post(at(), {"do": "code"})
    assert answer.status_code == 429


def test_a_code_for_something_else_withdraws_nothing(agreement):
    invitation = agreement.respondent.invitations.get()
    with pytest.raises(IdentityStaleError):
        withdraw_own(invitation, passed(invitation), REASON)
    assert withdraw_own(invitation, passed(invitation, WITHDRAW), REASON) == 1
    assert withdraw_own(invitation, passed(invitation, WITHDRAW), REASON) == 0


def test_a_delegate_takes_back_only_what_a_delegate_signed(agreement):
    invitation = agreement.respondent.invitations.get()
    invitation.pk, invitation.role = None, Invitation.Role.DELEGATE
    invitation.public_id = "4a3c5d5e-8f0e-4a39-9d39-0a9a3f4b1c11"
    invitation.save(force_insert=True)
    assert not withdrawable(invitation).exists()
    delegation = Delegation.objects.create(
        invitation=invitation, name="김위임", title="정책실장", proof="own_address"
    )
    AgreementSignature.objects.update(side="delegate")
    assert not withdrawable(invitation).exists()
    delegation.confirmed_at = timezone.now()
    delegation.save()
    assert list(withdrawable(invitation)) == [agreement]
