"""A candidate names a delegate on the page; the delegate answers and signs behind their own link."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from campaigns.pledges.models import (
    AgreementSignature,
    Delegation,
    IdentityCheck,
    Invitation,
    PledgeAgreement,
)
from campaigns.pledges.services.identity import A_DAY
from campaigns.pledges.services.signing import sign_agreement
from campaigns.pledges.views.links import FILE_LIMIT
from tests.factories.pledge_agreements import act_of, contact_of, invited, passed, respondent_of
from tests.factories.pledge_agreements import answered as answered_by
from tests.factories.pledge_pages import enter, last_code, pages_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
PDF = b"%PDF-1.7\npower of attorney\n%%EOF\n"
NAMED = {"name": "라온제나", "title": "정책실장", "email": "policy@camp.example"}
BY_CODE = {**NAMED, "proof": "own_address"}


@pytest.fixture
def invitation(election):
    return invited(respondent_of(election))


@pytest.fixture
def at(invitation):
    return pages_of(invitation)


@pytest.fixture
def known(client, at):
    return enter(client, at)


def by_file(content=PDF, name="power.pdf"):
    return {**NAMED, "proof": "document", "document": SimpleUploadedFile(name, content)}


def test_from_the_first_page_a_code_leads_to_naming_a_delegate(client, at):
    assert 'value="delegate"' in client.get(at("open-invitation")).content.decode()
    sent = client.post(at("open-invitation"), {"then": "delegate"})
    assert sent["Location"] == f"{at('enter-code')}?then=delegate"
    again = client.post(sent["Location"], {"do": "again"})
    assert again["Location"] == sent["Location"]
    assert client.post(sent["Location"], {"code": last_code()})["Location"] == at("delegate")
    assert client.get(at("delegate")).status_code == 200


def test_without_a_code_nobody_is_named(client, at):
    assert client.post(at("delegate"), BY_CODE)["Location"].startswith(at("open-invitation"))
    assert not Delegation.objects.exists()


@pytest.mark.parametrize(
    "missing", [{"name": " "}, {"title": ""}, {"email": "no address"}, {"proof": ""}]
)
def test_what_is_missing_is_asked_and_nothing_is_lost(known, at, missing):
    answer = known.post(at("delegate"), {**BY_CODE, **missing})
    assert answer.status_code == 422
    kept = {name: value for name, value in NAMED.items() if name not in missing}
    page = answer.content.decode()
    assert all(value in page for value in kept.values())


def test_a_proof_by_file_needs_a_whole_file(known, at):
    no_file = {**NAMED, "proof": "document"}
    assert known.post(at("delegate"), no_file).status_code == 422
    assert known.post(at("delegate"), by_file(b"")).status_code == 422
    assert known.post(at("delegate"), by_file(b"x" * (10 * 1024**2 + 1))).status_code == 422
    assert known.post(at("delegate"), by_file(b"GIF89a")).status_code == 409
    assert not Delegation.objects.exists()


def test_a_body_beyond_all_files_is_not_read(known, at):
    answer = known.generic("POST", at("delegate"), b"", CONTENT_LENGTH=str(FILE_LIMIT + 1))
    assert answer.status_code == 413


def test_an_address_that_wants_no_mail_is_refused(known, at, invitation):
    contact_of(invitation.respondent, NAMED["email"], state="stopped")
    assert known.post(at("delegate"), BY_CODE).status_code == 409


def test_the_candidate_confirms_with_a_code(known, at):
    assert known.post(at("delegate"), BY_CODE)["Location"] == at("delegate")
    assert known.post(at("delegate"), BY_CODE)["Location"] == at("delegate")
    assert known.post(at("delegate"), {"do": "code"})["Location"].endswith("?sent=1#confirm")
    wrong = f"{(int(last_code()) + 1) % 1_000_000:06}"
    code = last_code()
    assert known.post(at("delegate"), {"do": "confirm", "code": wrong}).status_code == 422
    assert known.post(at("delegate"), {"do": "confirm", "code": ""}).status_code == 422
    known.post(at("delegate"), {"do": "confirm", "code": code})
    assert Delegation.objects.get().is_proved
    assert 'value="confirm"' not in known.get(at("delegate")).content.decode()


def test_a_delegation_is_taken_back(known, at):
    known.post(at("delegate"), by_file())
    assert known.post(at("delegate"), {"do": "end"})["Location"] == at("delegate")
    assert Delegation.objects.get().invitation.state == "revoked"
    assert known.post(at("delegate"), {"do": "confirm", "code": "1"})["Location"] == at("delegate")
    assert 'name="email"' in known.get(at("delegate")).content.decode()


def test_after_too_many_codes_the_page_says_so(known, at):
    known.post(at("delegate"), BY_CODE)
    for _time in range(A_DAY):
        answer = known.post(at("delegate"), {"do": "code"})
    assert answer.status_code == 429


@pytest.fixture
def delegate(election, client):
    """The invitation of a delegate whom nobody confirmed yet; everything is accepted."""
    own = answered_by(respondent_of(election, name="도담비"), email="own@camp.example")
    enter(client, pages_of(own)).post(pages_of(own)("delegate"), BY_CODE)
    client.cookies.clear()
    return Invitation.objects.get(role="delegate")


def test_a_delegate_names_nobody_else(client, delegate):
    at = pages_of(delegate)
    enter(client, at)
    assert client.get(at("delegate"))["Location"] == at("show-answers")
    page = client.get(at("open-invitation")).content.decode()
    assert at("delegate") not in page


def test_a_delegate_signs_once_confirmed_under_their_own_name(client, delegate):
    at = pages_of(delegate)
    enter(client, at)
    assert "signature" not in client.get(at("sign")).context["form"].errors
    assert 'value="code"' not in client.get(at("sign")).content.decode()
    Delegation.objects.update(confirmed_at=delegate.made_at)
    client.post(at("sign"), {"do": "code"})
    page = client.get(at("sign"), {"sent": 1})
    assert "정책실장" in page.content.decode()
    consents = {field.html_name: "on" for _c, field in page.context["form"].consent_fields}
    data = {**consents, "text_sha256": page.context["digest"], "code": last_code()}
    assert client.post(at("sign"), {**data, "name": "도담비"}).status_code == 422
    assert client.post(at("sign"), {**data, "name": "라온제나"})["Location"] == at("show-done")
    agreement = PledgeAgreement.objects.get()
    assert agreement.signatures.get().side == "delegate"
    assert IdentityCheck.objects.get(purpose="sign").invitation == delegate


def test_each_reads_who_signed_and_nobody_is_told_that_they_did_who_did_not(client, delegate):
    Delegation.objects.update(confirmed_at=delegate.made_at)
    delegate.refresh_from_db()
    sign_agreement(delegate, passed(delegate), act_of(delegate, name="라온제나"))
    own = Invitation.objects.get(role="self")
    for invitation, told in ((delegate, _("You signed")), (own, _("Your delegate signed"))):
        at = pages_of(invitation)
        assert f"<h1>{told}</h1>" in enter(client, at).get(at("show-done")).content.decode()
        client.cookies.clear()
    AgreementSignature.objects.update(side="candidate", title="")
    at = pages_of(delegate)
    page = enter(client, at).get(at("show-done")).content.decode()
    assert f"<h1>{_('The candidate signed')}</h1>" in page
