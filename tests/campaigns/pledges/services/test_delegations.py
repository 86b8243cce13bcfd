"""Who answers and signs for another, and by what right."""

import io
import re
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import connection
from django.utils import timezone
from PIL import Image

from campaigns.pledges.emails import (
    DELEGATE_SIGNED,
    invite,
    tell_delegate_named,
    tell_delegate_signed,
)
from campaigns.pledges.exceptions import (
    ContactRefusedError,
    DelegateNamedError,
    DelegationUnprovedError,
    DocumentUnreadableError,
    IdentityStaleError,
)
from campaigns.pledges.models import (
    ContactPoint,
    Delegation,
    IdentityCheck,
    Invitation,
    PledgeAgreement,
    PowerOfAttorney,
)
from campaigns.pledges.services.answers import submit_answers
from campaigns.pledges.services.delegations import (
    Named,
    check_delegation,
    confirm_delegate,
    delegation_of,
    document_of,
    end_delegation,
    name_delegate,
)
from campaigns.pledges.services.endings import withdrawable
from campaigns.pledges.services.outreach import remind_respondents
from campaigns.pledges.services.signing import sign_agreement
from campaigns.pledges.tokens import find_invitation
from evidence.models import Event
from messaging.models import OutboxMessage
from tests.factories.accounts import UserFactory
from tests.factories.pledge_agreements import (
    EMAIL,
    act_of,
    answered,
    contact_of,
    invited,
    passed,
    respondent_of,
)

pytestmark = [pytest.mark.unit, pytest.mark.django_db]
PDF = b"%PDF-1.7\npower of attorney\n%%EOF\n"
DELEGATE = IdentityCheck.Purpose.DELEGATE


def named(**values):
    given = {"name": "라온제나", "title": "정책실장", "email": "policy@camp.example"}
    return Named(**{**given, **values})


@pytest.fixture
def own(election):
    """The invitation of the candidate, everything accepted, nothing handed in."""
    return answered(respondent_of(election))


def test_a_delegate_is_invited_and_the_own_address_is_told(own):
    delegation = name_delegate(own, named())
    theirs = delegation.invitation
    assert (theirs.role, theirs.state, theirs.expires_at) == ("delegate", "sent", own.expires_at)
    told = {(row.purpose, row.subject) for row in OutboxMessage.objects.all()}
    assert ("pledges.invited", str(theirs.public_id)) in told
    assert ("pledges.delegate_named", str(delegation.pk)) in told
    mail = tell_delegate_named(str(delegation.pk))
    assert (mail.to, "라온제나 · 정책실장" in mail.text) == (EMAIL, True)
    mail = invite(str(theirs.public_id))
    assert (mail.to, "한가람" in mail.text) == ("policy@camp.example", True)


def test_the_chain_names_nobody(own):
    name_delegate(own, named())
    event = Event.objects.get(kind="delegate_named")
    assert "라온제나" not in str(event.payload)
    assert "policy@" not in str(event.payload)


def test_nobody_is_told_once_the_own_invitation_is_dead(own):
    delegation = name_delegate(own, named())
    Invitation.objects.filter(pk=own.pk).update(state="revoked")
    assert tell_delegate_named(str(delegation.pk)) is None
    assert tell_delegate_named("0") is None


@pytest.mark.sqlite_smoke
def test_without_proof_a_delegate_answers_and_does_not_sign(own):
    theirs = name_delegate(own, named()).invitation
    with pytest.raises(DelegationUnprovedError):
        sign_agreement(theirs, passed(theirs), act_of(theirs))
    assert submit_answers(theirs).state == "submitted"


@pytest.mark.sqlite_smoke
def test_the_own_address_proves_a_delegate(own):
    delegation = name_delegate(own, named())
    confirm_delegate(delegation, passed(own, DELEGATE))
    confirm_delegate(delegation, passed(own, DELEGATE))
    theirs = delegation.invitation
    agreement = sign_agreement(theirs, passed(theirs), act_of(theirs, name="라온제나"))
    signature = agreement.signatures.get()
    assert (signature.side, signature.title) == ("delegate", "정책실장")
    assert agreement.text["signer"] == {"role": "delegate"}
    assert "라온제나" not in str(agreement.text)
    assert Event.objects.filter(kind="delegation_proved").count() == 1


def signed_by_delegate(own):
    delegation = name_delegate(own, named())
    confirm_delegate(delegation, passed(own, DELEGATE))
    theirs = delegation.invitation
    return sign_agreement(theirs, passed(theirs), act_of(theirs, name="라온제나"))


def test_the_own_address_is_told_who_signed_and_can_take_it_back(own):
    agreement = signed_by_delegate(own)
    subject = OutboxMessage.objects.get(purpose=DELEGATE_SIGNED).subject
    mail = tell_delegate_signed(subject)
    assert (mail.to, subject) == (EMAIL, str(agreement.public_id))
    assert "라온제나 · 정책실장" in mail.text
    token = re.search(r"/([\w-]{40,})/", mail.text)[1]
    assert find_invitation(token) == own
    assert list(withdrawable(own)) == [agreement]


def test_who_signed_is_told_to_nobody_where_nobody_reads_the_own_address(own):
    agreement = signed_by_delegate(own)
    Invitation.objects.filter(pk=own.pk).update(state="revoked")
    assert tell_delegate_signed(str(agreement.public_id)) is None
    assert tell_delegate_signed("4e2f1dc2-3f2e-4f2a-9d53-4d6c54b5b2a1") is None


def test_whoever_signs_for_themselves_is_told_once(own):
    sign_agreement(own, passed(own), act_of(own))
    assert not OutboxMessage.objects.filter(purpose=DELEGATE_SIGNED).exists()
    assert tell_delegate_signed(str(PledgeAgreement.objects.get().public_id)) is None


def test_only_a_code_for_this_act_typed_by_the_own_address_proves(own, election):
    delegation = name_delegate(own, named())
    other = invited(respondent_of(election, name="도담비"), email="other@camp.example")
    for check in (
        passed(own),
        passed(other, DELEGATE),
        passed(delegation.invitation, DELEGATE),
    ):
        with pytest.raises(IdentityStaleError):
            confirm_delegate(delegation, check)
    assert not Delegation.objects.get().is_proved


def test_a_document_is_kept_sealed_and_proves_after_two_looks(own):
    delegation = name_delegate(own, named(document=PDF))
    assert document_of(delegation) == PDF
    assert delegation.document_sha256 == sha256(PDF).hexdigest()
    confirm_delegate(delegation, passed(own, DELEGATE))
    assert not Delegation.objects.get().is_proved
    for _ in range(2):
        delegation = check_delegation(delegation, user=UserFactory())
    assert delegation.is_proved


def test_the_document_is_unreadable_in_the_database(own):
    name_delegate(own, named(document=PDF))
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM pledges_powerofattorney")
        stored = cursor.fetchone()[0]
    assert "JVBER" not in stored
    assert "%PDF" not in stored


def test_a_photograph_becomes_a_pdf(own):
    photo = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(photo, "JPEG")
    assert document_of(name_delegate(own, named(document=photo.getvalue()))).startswith(b"%PDF-")


@pytest.mark.parametrize("document", [b"no document", b"%PDF-1.7\n/JavaScript\n%%EOF", b"%PDF-1.7"])
def test_what_cannot_be_looked_at_is_refused_and_changes_nothing(own, document):
    with pytest.raises(DocumentUnreadableError):
        name_delegate(own, named(document=document))
    assert not Delegation.objects.exists()
    assert not PowerOfAttorney.objects.exists()


def test_one_delegate_at_a_time_until_taken_back(own):
    first = name_delegate(own, named())
    with pytest.raises(DelegateNamedError):
        name_delegate(own, named(name="도담비", email="second@camp.example"))
    end_delegation(own.respondent)
    end_delegation(own.respondent)
    assert delegation_of(own.respondent) is None
    assert invite(str(first.invitation.public_id)) is None
    second = name_delegate(own, named(name="도담비"))
    assert delegation_of(own.respondent) == second
    assert ContactPoint.objects.filter(respondent=own.respondent).count() == 2


@pytest.mark.parametrize("state", ["stopped", "refused", "bounced"])
def test_an_address_that_wants_no_mail_gets_none(own, state):
    contact_of(own.respondent, "policy@camp.example", state=state)
    with pytest.raises(ContactRefusedError):
        name_delegate(own, named())


def test_an_address_that_waited_for_a_call_is_vouched_for(own):
    waiting = contact_of(own.respondent, "policy@camp.example", state="waiting")
    assert name_delegate(own, named()).invitation.contact == waiting
    waiting.refresh_from_db()
    assert waiting.state == "approved"


def test_once_the_delegate_answered_nobody_is_reminded(own):
    theirs = name_delegate(own, named()).invitation
    submit_answers(theirs)
    Invitation.objects.update(invited_at=timezone.now() - timedelta(days=6))
    noon = timezone.localtime().replace(hour=12)
    assert remind_respondents(noon) == 0
