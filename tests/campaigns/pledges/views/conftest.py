import pytest
from django.urls import reverse

from campaigns.pledges.tokens import mint_token
from tests.factories.pledge_agreements import invited, respondent_of
from tests.factories.pledge_board import board_of, everybody

from .candidate import code_of_last_mail


@pytest.fixture
def board(campaign_page):
    return board_of(campaign_page)


@pytest.fixture
def people(board):
    return everybody(board.election)


@pytest.fixture
def invitation(election):
    return invited(respondent_of(election))


@pytest.fixture
def at(client, invitation):
    """The address of one of the pages."""
    token = mint_token(invitation)
    return lambda name="open-invitation", *args: reverse(f"pledges:{name}", args=[token, *args])


@pytest.fixture
def known(client, at):
    """A browser in which the code was typed."""
    client.post(at())
    client.post(at("enter-code"), {"code": code_of_last_mail()})
    return client
