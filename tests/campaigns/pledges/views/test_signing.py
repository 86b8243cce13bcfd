"""The exact text, the act, and what there is instead of a signature."""

from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.pledges.emails import send_receipt
from campaigns.pledges.models import (
    PledgeAgreement,
    Response,
)
from campaigns.pledges.presenters import InvitationPresenter
from campaigns.pledges.services.documents import document_of, values_of
from campaigns.pledges.services.seals import run_seals
from campaigns.pledges.services.verdicts import Finding, judge_file

from .candidate import accept_everything, code_of_last_mail, filled, sign_page

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_from_reading_everything_to_a_signature(known, at):
    assert accept_everything(known, at)["Location"] == at("sign")
    page = sign_page(known, at)
    answer = known.post(at("sign"), filled(page))
    assert answer["Location"] == at("show-done")
    agreement = PledgeAgreement.objects.get()
    assert agreement.text_sha256 == page.context["digest"]
    assert agreement.number in known.get(at("show-done")).content.decode()


def test_who_signed_gets_the_sealed_file_by_its_number_and_what_the_seal_is(known, at):
    accept_everything(known, at)
    known.post(at("sign"), filled(sign_page(known, at)))
    run_seals()
    assert reverse("pledges:explain-seal") in known.get(at("show-done")).content.decode()
    file = known.get(at("download-agreement"))
    number = PledgeAgreement.objects.get().number
    assert unquote(file["Content-Disposition"]).endswith(f"{number}-1.pdf")
    assert judge_file(file.content, named=number).finding == Finding.ORIGINAL


def test_a_wrong_press_loses_nothing(known, at):
    accept_everything(known, at)
    page = sign_page(known, at)
    data = filled(page, name="다른 이름")
    answer = known.post(at("sign"), data)
    assert answer.status_code == 422
    assert "다른 이름" in answer.content.decode()
    assert not PledgeAgreement.objects.exists()
    assert known.post(at("sign"), {**data, "name": "한 가람"}).status_code == 303


def test_a_text_changed_meanwhile_is_read_again_first(known, at):
    accept_everything(known, at)
    data = filled(sign_page(known, at))
    known.post(at("answer", 1), {"choice": "decline"})
    answer = known.post(at("sign"), data)
    assert answer.status_code == 409
    assert not PledgeAgreement.objects.exists()
    # The code was right just before: it serves the next press, too.
    page = known.get(at("sign"), {"sent": 1})
    assert (
        known.post(at("sign"), {**data, "text_sha256": page.context["digest"]}).status_code == 303
    )


DRAWN = "M10 10L300 150L590 20M20 180L80 190"


def test_whoever_draws_need_not_type(known, at):
    accept_everything(known, at)
    page = sign_page(known, at)
    answer = known.post(at("sign"), filled(page, name="", drawing=DRAWN))
    assert answer["Location"] == at("show-done")
    agreement = PledgeAgreement.objects.get()
    signature = agreement.signatures.get()
    assert (signature.name, signature.drawing) == ("한가람", DRAWN)
    assert DRAWN in values_of(agreement)["drawing"]
    assert document_of(agreement) != document_of(without_drawing(signature))


def without_drawing(signature):
    signature.drawing = None
    signature.save(update_fields=["drawing"])
    return signature.agreement


@pytest.mark.parametrize(
    "drawing",
    ["", 'M1 2L3 4"/><script>', "M1 2", "L3 4", "M1 2L3 4000", "M1 2" + "L3 4" * 6000],
)
def test_what_is_no_drawing_signs_nothing(known, at, drawing):
    accept_everything(known, at)
    page = sign_page(known, at)
    assert known.post(at("sign"), filled(page, name="", drawing=drawing)).status_code == 422
    assert not PledgeAgreement.objects.exists()


def test_both_consents_apart(known, at):
    accept_everything(known, at)
    page = sign_page(known, at)
    data = filled(page)
    del data["consent_pledge-publication"]
    assert known.post(at("sign"), data).status_code == 422


def test_signing_twice_leads_to_the_one_agreement(known, at):
    accept_everything(known, at)
    data = filled(sign_page(known, at))
    for _time in range(2):
        assert known.post(at("sign"), data)["Location"] == at("show-done")
    assert PledgeAgreement.objects.count() == 1


@pytest.mark.parametrize(
    ("ticked", "told"), [({}, "답하셨다는 사실만 싣습니다"), ({"publish": "on"}, "그대로")]
)
def test_answers_can_be_handed_in_without_a_signature(known, at, ticked, told):
    accept_everything(known, at)
    known.post(at("sign"), {"do": "answers", **ticked})
    response = Response.objects.get()
    assert response.state == Response.State.SUBMITTED
    assert (response.publication_agreed_at is not None) is bool(ticked)
    assert told in known.get(at("show-done")).content.decode()
    assert not PledgeAgreement.objects.exists()


def test_who_signs_nothing_says_so_in_own_words(known, at):
    answer = known.post(at("decline"), {"statement": "서명하지 않는 것이 제 원칙입니다."})
    assert answer["Location"] == at("show-done")
    assert "서명하지 않는 것이 제 원칙입니다." in known.get(at("show-done")).content.decode()


def test_the_page_stays_when_the_receipt_is_mailed(known, at):
    accept_everything(known, at)
    known.post(at("sign"), filled(sign_page(known, at)))
    assert send_receipt(str(PledgeAgreement.objects.get().public_id))
    run_seals()
    assert known.get(at("show-done")).status_code == 200
    assert known.get(at("download-agreement")).status_code == 200


def test_answers_changed_on_another_device_are_not_handed_in_unread(known, at):
    accept_everything(known, at)
    seen = known.get(at("sign")).context["shown"].revision
    known.post(at("answer", 1), {"choice": "decline"})
    refused = known.post(at("sign"), {"do": "answers", "publish": "on", "seen": seen}, follow=True)
    assert _("An answer was changed meanwhile") in refused.content.decode()
    assert Response.objects.get().state == Response.State.IN_PROGRESS
    read = {"do": "answers", "seen": refused.context["shown"].revision}
    assert known.post(at("sign"), read)["Location"] == at("show-done")


def test_a_new_text_taken_up_in_that_moment_leads_to_the_list(known, at, monkeypatch):
    """Between looking whether all is answered, and reading the text."""
    known.get(at("show-answers"))
    monkeypatch.setattr(InvitationPresenter, "is_complete", True)
    to_the_list = at("show-answers") + "?told=incomplete"
    assert known.get(at("sign"))["Location"] == to_the_list
    assert known.post(at("sign"), {"do": "answers"})["Location"] == to_the_list
    assert known.post(at("sign"), {"name": ""})["Location"] == to_the_list


def test_a_new_code_loses_nothing_of_what_was_typed_and_ticked(known, at):
    accept_everything(known, at)
    data = filled(sign_page(known, at), name="한가람", drawing=DRAWN)
    page = known.post(at("sign"), {**data, "do": "code"})
    html = page.content.decode()
    assert 'value="한가람"' in html
    assert DRAWN in html
    assert "error-summary" not in html
    assert all(field.value() == "on" for _consent, field in page.context["form"].consent_fields)
    fresh = {**data, "code": code_of_last_mail()}
    assert known.post(at("sign"), fresh)["Location"] == at("show-done")


def test_what_was_typed_stays_when_no_more_codes_are_sent(known, at):
    accept_everything(known, at)
    data = filled(sign_page(known, at))
    for _time in range(9):
        page = known.post(at("sign"), {**data, "do": "code"})
    assert page.status_code == 429
    assert 'value="한가람"' in page.content.decode()
