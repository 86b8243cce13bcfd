"""The link opened again: after the last moment, after handing in, after taking a signature back."""

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.pledges.models import Invitation, PledgeAgreement, PledgeRound, Response
from campaigns.pledges.services.endings import withdraw_agreement

from .candidate import accept_everything, code_of_last_mail, filled, sign_page

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
IN = _("Your answers are in")


@pytest.fixture
def time_is_over():
    def end():
        Invitation.objects.update(expires_at=timezone.now())
        PledgeRound.objects.update(answers_until=timezone.now())

    return end


def test_what_was_not_handed_in_is_never_said_to_be_in(known, at, time_is_over):
    accept_everything(known, at)
    time_is_over()
    for name, args in (("show-answers", ()), ("show-done", ()), ("answer", (1,)), ("sign", ())):
        page = known.get(at(name, *args), follow=True)
        assert page.redirect_chain[-1][0] == at()
        assert IN not in page.content.decode()
        assert _("The time to answer is over") in page.content.decode()


def test_an_old_link_says_so_and_not_that_answers_are_in(known, at):
    Invitation.objects.update(expires_at=timezone.now())
    page = known.get(at("show-answers"), follow=True)
    assert IN not in page.content.decode()
    assert 'value="renew"' in page.content.decode()


def test_who_handed_in_reads_it_after_the_last_moment_on_any_device(known, at, time_is_over):
    accept_everything(known, at)
    known.post(at("sign"), {"do": "answers"})
    time_is_over()
    known.cookies.clear()
    assert IN in known.get(at()).content.decode()
    known.post(at())
    answer = known.post(at("enter-code"), {"code": code_of_last_mail()})
    assert answer["Location"] == at("show-done")
    assert IN in known.get(at("show-done")).content.decode()


def test_who_signs_nothing_is_not_asked_to_go_on(known, at):
    known.post(at("decline"), {"statement": ""})
    page = known.get(at()).content.decode()
    assert _("You sign no agreements") in page
    assert at("show-done") in page
    assert at("show-answers") not in page


def test_who_took_the_signature_back_can_sign_anew_while_there_is_time(known, at, time_is_over):
    accept_everything(known, at)
    known.post(at("sign"), filled(sign_page(known, at)))
    withdraw_agreement(PledgeAgreement.objects.get(), "다시 살펴보겠습니다.")
    assert at("sign") in known.get(at("show-done")).content.decode()
    time_is_over()
    assert at("sign") not in known.get(at("show-done")).content.decode()


def test_an_agreement_in_force_is_seen_once_reopened_answers_were_left_alone(
    known, at, time_is_over
):
    accept_everything(known, at)
    known.post(at("sign"), filled(sign_page(known, at)))
    Response.objects.update(state=Response.State.REOPENED)
    assert known.get(at("show-done"))["Location"] == at("show-answers")
    time_is_over()
    number = PledgeAgreement.objects.get().number
    assert number in known.get(at("show-done")).content.decode()
