"""What the record says under a number: always its state as it is now."""

import unicodedata
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from freezegun import freeze_time

from campaigns.pledges.models import Candidacy, PledgeAgreement
from campaigns.pledges.presenters.proofs import prove_agreement
from campaigns.pledges.services.endings import withdraw_agreement
from evidence.models import Event, EventValues
from evidence.services import close_day
from tests.factories.accounts import UserFactory
from tests.factories.pledge_agreements import respondent_of, signed_agreement
from tests.factories.pledge_countersigning import conclude, waiting_agreement
from tests.factories.pledge_countersigning import respondent_of as plain_respondent

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
NUMBER = pgettext("pledge agreement", "Number")
FULL_WIDTH = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}


@pytest.fixture
def agreement(election):
    return signed_agreement(respondent_of(election))


def rows(agreement):
    return {str(label): str(value) for label, value in prove_agreement(agreement.number).rows}


def test_a_number_that_is_not_ours_proves_nothing(election):
    assert prove_agreement("2026-지방-AAAAAA") is None
    assert prove_agreement("7K3D-92QF") is None


@pytest.mark.parametrize(
    "written",
    [
        str.lower,
        lambda number: f" {number} ",
        lambda number: number.replace("-", " "),
        lambda number: number.replace("-", ""),
        lambda number: number.replace("-", "–"),
        lambda number: unicodedata.normalize("NFD", number),
        lambda number: "".join(FULL_WIDTH.get(sign, sign) for sign in number),
    ],
)
def test_a_real_number_is_known_however_it_was_typed(agreement, written):
    assert dict(prove_agreement(written(agreement.number)).rows)[NUMBER] == agreement.number


def test_a_candidacy_that_ended_is_told(agreement):
    assert _("Candidacy") not in rows(agreement)
    status = Candidacy.Status.WITHDRAWN
    Candidacy.objects.update(status=status)
    assert str(status.label) in rows(agreement)[_("Candidacy")]


def test_one_that_was_superseded_leads_to_what_took_its_place(agreement):
    PledgeAgreement.objects.update(state="superseded", ended_at=agreement.signed_at)
    assert _("In its place") not in rows(agreement)
    newer = PledgeAgreement.objects.create(
        number="2026-지방-NEWER2",
        respondent=agreement.respondent,
        response=agreement.response,
        text=agreement.text,
        text_sha256=agreement.text_sha256,
        supersedes=agreement,
        signed_at=timezone.now(),
    )
    assert f"?number={newer.number}" in rows(agreement)[_("In its place")]


def test_one_that_was_withdrawn_says_why(agreement, user):
    withdraw_agreement(agreement, "뜻이 바뀌었습니다.", user=user)
    proof = prove_agreement(agreement.number)
    assert (proof.holds, proof.note) == (False, "뜻이 바뀌었습니다.")


def test_both_sides_are_told_by_how_they_are_known(election):
    agreement = waiting_agreement(plain_respondent(election))
    conclude(agreement, UserFactory(role="연대회의 대표", factor=True))
    found = rows(agreement)
    known = [
        value for label, value in found.items() if label.startswith(_("Identity: %(side)s")[:4])
    ]
    assert len(known) == 2
    assert _("Concluded on") in found


def test_the_day_that_holds_the_newest_event_is_named(agreement):
    label = _("Daily seal over it")
    assert rows(agreement)[label] == _("It is made in the coming night.")
    with freeze_time(timezone.now() + timedelta(days=1)):
        head = close_day()
    assert head.hash in rows(agreement)[label]


def test_a_record_whose_words_were_destroyed_names_no_place(agreement):
    assert Event.objects.exists()
    EventValues.objects.all().delete()
    assert _("Daily seal over it") not in rows(agreement)
