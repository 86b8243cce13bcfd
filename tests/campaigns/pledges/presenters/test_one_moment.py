"""Pages that are read while the coalition signs, or a candidate withdraws."""

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.pledges.models import PledgeAgreement, Respondent, Response
from campaigns.pledges.presenters import proofs
from campaigns.pledges.presenters.board import RespondentPresenter, respondent
from campaigns.pledges.presenters.board.rows import asked_rows
from campaigns.pledges.presenters.proofs import prove_agreement
from campaigns.pledges.services.endings import withdraw_agreement
from tests.factories.accounts import UserFactory
from tests.factories.pledge_agreements import respondent_of, signed_agreement
from tests.factories.pledge_board import board_of
from tests.factories.pledge_countersigning import conclude

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def board(campaign_page):
    return board_of(campaign_page)


@pytest.fixture
def agreement(board):
    agreement = signed_agreement(respondent_of(board.election))
    Response.objects.update(published_at=timezone.now())
    return agreement


def the_coalition_signs(agreement):
    conclude(agreement, UserFactory(role="연대회의 대표", factor=True))
    agreement.refresh_from_db()


class Meanwhile:
    """Rows whose first answer is read before something happens."""

    def __init__(self, rows, happens):
        self.rows, self.happens = rows, happens

    def filter(self, **lookups):
        return Meanwhile(self.rows.filter(**lookups), self.happens)

    def first(self):
        row = self.rows.first()
        self.happens()
        return row

    def get(self):
        return self.rows.get()


def page_read_while(board, agreement, happens, monkeypatch):
    def rows(election):
        return Meanwhile(asked_rows(election), happens)

    monkeypatch.setattr(respondent, "asked_rows", rows)
    return RespondentPresenter(board, agreement.respondent.public_id)


@pytest.mark.sqlite_smoke
def test_the_label_and_the_agreements_are_of_one_moment(board, agreement, monkeypatch):
    page = page_read_while(board, agreement, lambda: the_coalition_signs(agreement), monkeypatch)
    assert page.respondent.standing == Respondent.Standing.AGREED
    assert [row.pk for row, _facts in page.agreements] == [agreement.pk]


def test_who_withdraws_meanwhile_is_not_shown_as_agreed(board, agreement, monkeypatch):
    the_coalition_signs(agreement)
    page = page_read_while(
        board, agreement, lambda: withdraw_agreement(agreement, "다시 봅니다."), monkeypatch
    )
    assert page.respondent.standing == Respondent.Standing.WITHDRAWN
    assert [row.state for row, _facts in page.agreements] == ["withdrawn"]


def test_no_proof_shows_a_signature_and_says_that_it_is_missing(agreement, monkeypatch):
    waiting = PledgeAgreement.State.SIGNED
    before = proofs._agreements().get(pk=agreement.pk)
    the_coalition_signs(agreement)
    monkeypatch.setattr(before, "state", waiting)
    proof = proofs._proof_of(before)
    assert proof == prove_agreement(agreement.number)
    assert proof.note != _("The candidate signed; the coalition has not signed yet.")
